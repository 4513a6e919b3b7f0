import type { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { PushAnswer, pushRequestSchema } from "#shared/protocol/messages.ts";
import type { Device } from "../auth/devices.ts";
import type { Context } from "../context.ts";

/**
 * Judges and writes down what a desk recorded, and tells the other desks of its street. A push that was quicker than the
 * one before it waits for its turn; `arrived` is told then, so that the desk knows that its bytes are here.
 */
export async function push(
  context: Context,
  device: Device,
  request: z.output<typeof pushRequestSchema>,
  gone: AbortSignal,
  arrived: () => void = () => {},
): Promise<Result<PushAnswer, DeskError>> {
  const { ops, ahead, hold, more, epoch } = request;
  const foreign = ops.findIndex((op) => op.device !== device.id);
  if (foreign >= 0) return fail(deskError("input.invalid", undefined, `ops.${foreign}.device`));
  const from = ops[0]?.seq ?? 1;
  // From before a restore: their numbers have other ops by now, and a late copy of a request is no fork of its desk.
  if (epoch !== undefined && epoch !== context.identity.epoch) {
    const later = { outcome: "later", waitMs: 0 } as const;
    return ok({ from, results: ops.map(() => later), nextSeq: await context.nextSeq(device.id) });
  }
  if (hold && from > (await context.nextSeq(device.id))) {
    arrived();
    await context.gate.wait(device.id, from, gone);
    // Nobody hears the answer any more: what was given up is sent again, in its order.
    if (gone.aborted) return fail(deskError("link.busy"));
  }
  const { results, nextSeq } = await context.push(device, ops, context.now(), ahead);
  context.gate.passed(device.id, nextSeq);
  if (results.some((result) => result.outcome === "accepted"))
    context.bell.ring(device.street, more ? device.id : undefined);
  return ok({ from, results: results.map(({ opId: _, ...result }) => result), nextSeq });
}
