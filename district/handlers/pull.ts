import type { z } from "zod";
import type { DeskError } from "#shared/errors.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { PullAnswer, pullRequestSchema } from "#shared/protocol/messages.ts";
import type { Device } from "../auth/devices.ts";
import type { Context } from "../context.ts";

/** Gives a desk what is new in its street; with nothing new, the answer waits up to `waitMs` for it. */
export async function pull(
  context: Context,
  device: Device,
  request: z.infer<typeof pullRequestSchema>,
  gone: AbortSignal,
): Promise<Result<PullAnswer, DeskError>> {
  const now = () => context.pull(device, request);
  const first = await now();
  if (first.ops.length + first.own.length > 0 || request.waitMs === 0) return ok(first);
  // A cursor beyond the head comes from before a restore: the desk must hear at once.
  if (request.after > (await context.head())) return ok(first);
  await context.bell.wait(device.street, device.id, request.waitMs, gone);
  return ok(await now());
}
