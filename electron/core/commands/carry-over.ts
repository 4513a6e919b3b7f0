import type { ParsedOf } from "#shared/contract.ts";
import { judgeCarry } from "#shared/domain/handover/carry-over.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { carryView } from "../queries/carry-over.ts";
import { readEntity } from "../store/entities.ts";

/** HO-12: what the named person, or a leader, does with an item that was left over. */
export function actOnCarry(desk: Desk, { id, action, text, toOfficerId }: ParsedOf<"carry.act">): Answer<"carry.act"> {
  const { officer } = desk.session;
  if (!officer) return fail(deskError("session.required"));
  const to = toOfficerId === null ? undefined : readEntity(desk.db, "officer", toOfficerId);
  if (toOfficerId !== null && !to?.active) return fail(deskError("session.unknown_officer", undefined, "toOfficerId"));
  const given = { carryId: id, action, text, to: to ? { officerId: to.id, name: to.name } : null };
  const asked = { at: desk.ports.now(), by: officer.id, grade: officer.grade };
  const judged = judgeCarry(readEntity(desk.db, "carry", id), given, asked);
  if (!judged.ok) return judged;
  const done = act(desk, "carry.act", given);
  return done.ok ? ok({ item: carryView(desk, done.value.state) }) : done;
}
