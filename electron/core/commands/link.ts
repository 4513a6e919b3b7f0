import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type BodyOf, isOpKind, type OpKind, opKinds } from "#shared/op/kinds.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { bodyAgain, bodyEdited, refusedRow } from "../queries/conflict.ts";
import { linkStatus } from "../queries/link.ts";
import { sql } from "../store/database.ts";

export async function syncNow(desk: Desk): Promise<Answer<"link.syncNow">> {
  await desk.sync.syncNow();
  return ok(linkStatus(desk));
}

export async function enrol(desk: Desk, { url, code }: ParsedOf<"link.enrol">): Promise<Answer<"link.enrol">> {
  const done = await desk.sync.enrol({ url, code, deskName: desk.deskName, street: desk.street.code });
  return done.ok ? ok(linkStatus(desk)) : done;
}

/**
 * OP-4, OP-6: a refused op is settled by a person: recorded anew on the present state, whole or with chosen fields, or given
 * up. It stays readable.
 */
export function settle(desk: Desk, { opId, how, keep, words }: ParsedOf<"link.settle">): Answer<"link.settle"> {
  const row = refusedRow(desk, opId);
  if (!row || !isOpKind(row.kind)) return fail(deskError("link.unknown_op"));
  const putAside = () => void sql(desk.db, "UPDATE op SET state = 'settled' WHERE seq = ?").run(row.seq);
  if (how === "drop") {
    putAside();
    desk.notify("link", "log", "event");
    return ok({});
  }
  // What the desk did by itself it does again by itself.
  const by = opKinds[row.kind].hand === "desk" ? "desk" : undefined;
  const again = () => {
    putAside();
    return (how === "edit" ? bodyEdited(desk, row, keep, words) : bodyAgain(desk, row)) as BodyOf<OpKind>;
  };
  const done = by ? act(desk, row.kind, again, by) : act(desk, row.kind, again);
  return done.ok ? ok({}) : done;
}
