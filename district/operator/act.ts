import { v7 } from "uuid";
import { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type BodyOf, type OpKind, opKinds } from "#shared/op/kinds.ts";
import { districtDevice, type Op } from "#shared/op/op.ts";
import { districtSeq } from "../auth/devices.ts";
import type { Context } from "../context.ts";
import { takeOps } from "../ledger/push.ts";
import { streetOf } from "../store/meta.ts";
import type { Db } from "../store/open.ts";

/** Who acts at the district, as streets read it. */
export const operatorSchema = z.string().trim().min(1).max(60).default("区中心");

export const newId = (context: Pick<Context, "randomId" | "now">): string =>
  v7({ random: Buffer.from(context.randomId(), "hex"), msecs: context.now() });

/**
 * OP-5: the district itself writes into a street's order, judged like everyone, and wakes the desks that wait. A body that
 * hangs on what stands there is made within the transaction. Errors: `setup.unknown_street`, the rule's.
 */
export async function actAsDistrict<K extends OpKind>(
  context: Context,
  street: string,
  kind: K,
  body: BodyOf<K> | ((db: Db) => Promise<BodyOf<K>>),
): Promise<Result<{ readonly opId: string; readonly no: number; readonly confirmedAt: number }, DeskError>> {
  const { store, audit } = context;
  if (!(await streetOf(store.db, street))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const at = context.now();
  const device = districtDevice(street);
  const id = newId(context);
  const { results } = await store.write(async (db) => {
    await store.holdStreet(db, street);
    const seq = await districtSeq(db, street, at);
    const made = typeof body === "function" ? await body(db) : body;
    const op: Op = { id, kind, v: opKinds[kind].v, street, device, seq, at, by: "district", body: made };
    return takeOps(db, audit, { id: device, street }, [op], at, false);
  });
  const [result] = results;
  if (result?.outcome !== "accepted")
    return fail(result?.outcome === "refused" ? (result.error as DeskError) : deskError("bug"));
  context.bell.ring(street);
  return ok({ opId: id, no: result.no, confirmedAt: result.confirmedAt });
}
