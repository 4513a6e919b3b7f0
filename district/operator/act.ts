import { v7 } from "uuid";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type BodyOf, type OpKind, opKinds } from "#shared/op/kinds.ts";
import { districtDevice, type Op } from "#shared/op/op.ts";
import { districtSeq } from "../auth/devices.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";

export const newId = (context: Pick<Context, "randomId" | "now">): string =>
  v7({ random: Buffer.from(context.randomId(), "hex"), msecs: context.now() });

/**
 * OP-5: the district itself writes into a street's order, judged like everyone, and wakes the desks that wait.
 * Errors: `setup.unknown_street`, the rule's.
 */
export function actAsDistrict<K extends OpKind>(
  context: Context,
  street: string,
  kind: K,
  body: BodyOf<K>,
): Result<{ readonly opId: string; readonly no: number; readonly confirmedAt: number }, DeskError> {
  if (!streetOf(context.db, street)) return fail(deskError("setup.unknown_street", undefined, "street"));
  const at = context.now();
  const device = districtDevice(street);
  const seq = districtSeq(context.db, street, at);
  const op: Op = { id: newId(context), kind, v: opKinds[kind].v, street, device, seq, at, by: "district", body };
  const [result] = context.push({ id: device, street }, [op], at);
  if (result?.outcome !== "accepted")
    return fail(result?.outcome === "refused" ? (result.error as DeskError) : deskError("bug"));
  context.bell.ring(street);
  return ok({ opId: op.id, no: result.no, confirmedAt: result.confirmedAt });
}
