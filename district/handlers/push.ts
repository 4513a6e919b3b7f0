import type { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { pushAnswerSchema, pushRequestSchema } from "#shared/protocol/messages.ts";
import type { Device } from "../auth/devices.ts";
import type { Context } from "../context.ts";

/** Judges and writes down what a desk recorded, and tells the other desks of its street. */
export function push(
  context: Context,
  device: Device,
  request: z.infer<typeof pushRequestSchema>,
): Result<z.infer<typeof pushAnswerSchema>, DeskError> {
  const foreign = request.ops.findIndex((op) => op.device !== device.id);
  if (foreign >= 0) return fail(deskError("input.invalid", undefined, `ops.${foreign}.device`));
  const results = context.push(device, request.ops, context.now());
  if (results.some((result) => result.outcome === "accepted")) context.bell.ring(device.street);
  return ok({ results });
}
