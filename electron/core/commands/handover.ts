import type { HandoverDraft, ParsedOf } from "#shared/contract.ts";
import {
  type Handover,
  type HandoverSignature,
  type HandoverStatement,
  judgeHandoverAct,
  judgeSign,
  noStatement,
} from "#shared/domain/handover/handover.ts";
import type { HandoverRecord } from "#shared/domain/handover/record.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, act, actTogether, type Desk, newId, type RecordOne } from "../desk.ts";
import { openCarries } from "../queries/carry-over.ts";
import { wholeDraft } from "../queries/handover.ts";
import { signHandoverRecord } from "../session/handover-signature.ts";
import { handoverAsKnown, recordAsKnown } from "../session/seal.ts";
import { chainHead } from "../store/chain.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { comeByPin } from "./presence.ts";

type SignInput = ParsedOf<"handover.sign">;

export async function signHandover(desk: Desk, input: SignInput): Promise<Answer<"handover.sign">> {
  const present = readEntity(desk.db, "handover", input.handoverId);
  if (present?.phase === "sealed") return fail(deskError("handover.sealed"));
  const draft = wholeDraft(desk);
  if (!draft.ok) return draft;
  if (draft.value.handoverId !== input.handoverId) return fail(deskError("handover.order"));
  const officer = readEntity(desk.db, "officer", input.officerId);
  if (!officer?.active) return fail(deskError("session.unknown_officer", undefined, "officerId"));
  const statement = input.statement ?? noStatement;
  const right = maySign(draft.value, input, officer, statement);
  if (!right.ok) return right;
  const record = input.side === "outgoing" ? writtenRecord(desk, draft.value, input) : ok(present?.record);
  if (!record.ok) return record;
  const signed = record.value;
  if (!signed) return fail(deskError("handover.order"));

  const at = desk.ports.now();
  const bodyWith = (signature: HandoverSignature) => ({
    handoverId: input.handoverId,
    side: input.side,
    record: input.side === "outgoing" ? signed : null,
    signature,
    statement,
  });
  // Judged once before the PIN, so that what is missing is named first; the transaction judges again.
  const unsigned = { officerId: officer.id, name: officer.name, at, signature: "", publicKey: "" };
  const recordHash = present?.outgoing.recordHash ?? "";
  const judged = judgeSign(present, bodyWith({ ...unsigned, recordHash }), {
    at,
    by: officer.id,
    grade: officer.grade,
  });
  if (!judged.ok) return judged;
  const opened = await desk.door.open(officer.id, input.pin);
  if (!opened.ok) return opened;
  const { handoverId: id, side } = input;
  const signature = signHandoverRecord(opened.value, officer, { id, side, record: signed, statement, at });
  const done = actTogether(
    desk,
    (one) => {
      const sealed = one("handover.sign", bodyWith(signature));
      if (!sealed.ok || side === "outgoing") return sealed;
      const given = giveItems(desk, one, sealed.value.state, officer, statement);
      return given.ok ? sealed : given;
    },
    officer.id,
  );
  if (!done.ok) return done;
  comeByPin(desk, officer);
  // Kept until here: an offer that is taken back goes on where it was.
  if (side === "incoming") sql(desk.db, "DELETE FROM draft WHERE key = 'handover'").run();
  return ok({ handover: handoverAsKnown(desk, done.value.state) });
}

/** HO-9: the people of the side sign; where a required person is absent, a leader signs instead. */
function maySign(
  draft: HandoverDraft,
  { side }: SignInput,
  officer: Officer,
  statement: HandoverStatement,
): Result<void, DeskError> {
  const may = side === "outgoing" ? draft.mayOffer : draft.mayAccept;
  const instead = statement.absent.length > 0 && draft.leaders.some(({ officerId }) => officerId === officer.id);
  if (may.includes(officer.id) || instead) return ok(undefined);
  const id = side === "outgoing" ? "handover.not_outgoing" : "handover.not_incoming";
  return fail(deskError(id, { name: officer.name }, "officerId"));
}

/** HO-6 HO-7 HO-13: the draft with what people wrote into it; refused while something was not seen or would be lost. */
function writtenRecord(desk: Desk, draft: HandoverDraft, input: SignInput): Result<HandoverRecord, DeskError> {
  const seen = new Map((input.review ?? []).map((one) => [one.key, one]));
  const unseen = draft.review.filter(({ key, stamp }) => seen.get(key)?.stamp !== stamp).length;
  if (unseen > 0) return fail(deskError("handover.unseen", { count: unseen }, "review"));
  const noteOf = (key: string): string => seen.get(key)?.note.trim() ?? "";
  const { record } = draft;
  const carryOver = input.carryOver ? carryOverOf(desk, record, input.carryOver) : record.carryOver;
  const kept = new Set(carryOver.map(({ id }) => id));
  const lost = openCarries(desk.db).filter(({ id }) => !kept.has(id)).length;
  if (lost > 0) return fail(deskError("handover.carry_lost", { count: lost }, "carryOver"));
  const empty = carryOver.findIndex(({ text, toOfficerId }) => text === "" || toOfficerId === "");
  if (empty >= 0) return fail(deskError("handover.carry_person", { no: empty + 1 }, `carryOver.${empty}`));
  const head = chainHead(desk.db);
  return ok({
    ...record,
    chain: head && { no: head.seq, head: head.hash },
    openEvents: record.openEvents.map((event) => ({ ...event, note: noteOf(`event/${event.eventId}`) })),
    sections: record.sections.map(({ code, items }) => ({
      code,
      items: items.map((line) => ({ ...line, note: noteOf(line.key) })),
    })),
    checklist: answeredAs(record.checklist, input.checklist),
    keys: answeredAs(record.keys, input.keys),
    remarks: input.remarks ?? record.remarks,
    carryOver,
  });
}

/** The district's list with the answers given, item by item in their order: two items may bear one name. */
function answeredAs<T extends { readonly item: string }, G extends { readonly item: string }>(
  list: readonly T[],
  given: readonly G[] | undefined,
): T[] {
  const left = [...(given ?? [])];
  return list.map((one) => {
    const at = left.findIndex(({ item }) => item === one.item);
    return at < 0 ? one : { ...one, ...left.splice(at, 1)[0] };
  });
}

function carryOverOf(
  desk: Desk,
  record: HandoverRecord,
  given: NonNullable<SignInput["carryOver"]>,
): HandoverRecord["carryOver"] {
  const before = new Map(record.carryOver.map((item) => [item.id, item]));
  const shown = new Map(recordAsKnown(desk, record).carryOver.map((item) => [item.id, item.text]));
  return given.map(({ id, text, eventId, toOfficerId }) => {
    const known = id === null ? undefined : before.get(id);
    const event = eventId === null ? undefined : readEntity(desk.db, "event", eventId);
    return {
      id: known?.id ?? newId(desk.ports),
      // CF-1: what comes back as it was masked is not written anew.
      text: known && text.trim() === shown.get(known.id) ? known.text : text.trim(),
      eventId,
      confidential: known?.confidential || event?.confidential || false,
      toOfficerId,
      toName: record.incoming.find(({ officerId }) => officerId === toOfficerId)?.name ?? known?.toName ?? "",
    };
  });
}

/** HO-12: with the incoming signature the items are given; the signer takes or refuses their own in the same moment. */
function giveItems(
  desk: Desk,
  one: RecordOne,
  { id, record }: Handover,
  signer: Officer,
  statement: HandoverStatement,
): Result<void, DeskError> {
  if (!("form" in record)) return ok(undefined);
  for (const { toOfficerId, toName, ...item } of record.carryOver) {
    if (readEntity(desk.db, "carry", item.id)?.state === "finished") continue;
    const given = one("carry.give", { ...item, officerId: toOfficerId, officerName: toName, handoverId: id });
    if (!given.ok) return given;
    if (toOfficerId !== signer.id) continue;
    const refusal = statement.refused.find(({ carryId }) => carryId === item.id);
    const answered = one("carry.act", {
      carryId: item.id,
      action: refusal ? "contest" : "accept",
      text: refusal?.reason ?? "",
      to: null,
    });
    if (!answered.ok) return answered;
  }
  return ok(undefined);
}

/** HO-10 HO-11: an offer is taken back, or what was contested is decided. */
export function actOnHandover(
  desk: Desk,
  { handoverId, action, text }: ParsedOf<"handover.act">,
): Answer<"handover.act"> {
  const { officer } = desk.session;
  if (!officer) return fail(deskError("session.required"));
  const given = { handoverId, action, text, name: officer.name };
  const asked = { at: desk.ports.now(), by: officer.id, grade: officer.grade };
  const judged = judgeHandoverAct(readEntity(desk.db, "handover", handoverId), given, asked);
  if (!judged.ok) return judged;
  const done = act(desk, "handover.act", given);
  return done.ok ? ok({ handover: handoverAsKnown(desk, done.value.state) }) : done;
}
