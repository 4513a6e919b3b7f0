import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { WitnessAnswer, WitnessRequest } from "#shared/protocol/messages.ts";
import type { Device } from "../auth/devices.ts";
import type { Context } from "../context.ts";

/** PR-20: a desk shows the head of a log of its own street and gets a receipt. */
export async function witness(
  context: Context,
  device: Device,
  request: WitnessRequest,
): Promise<Result<WitnessAnswer, DeskError>> {
  if (!request.stream.startsWith(`${device.street}/`)) return fail(deskError("op.other_street"));
  return ok(await context.witness(device.id, request, context.now()));
}
