import { createHash, type KeyObject, sign } from "node:crypto";
import canonicalize from "canonicalize";
import type { ParsedOf } from "#shared/contract.ts";
import type { HandoverRecord, HandoverSide, HandoverSignature } from "#shared/domain/handover/handover.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { draftHandover } from "../queries/handover.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

/** SHA-256 of the canonical record (RFC 8785), hex. */
export function hashRecord(record: HandoverRecord): string {
  return createHash("sha256")
    .update(canonicalize(record) ?? "")
    .digest("hex");
}

/** What an officer signs: which handover, which side, which record. */
export function signRecord(
  key: KeyObject,
  officer: Pick<Officer, "id" | "name" | "publicKey">,
  id: string,
  side: HandoverSide,
  record: HandoverRecord,
  at: number,
): HandoverSignature {
  const recordHash = hashRecord(record);
  const text = Buffer.from(["zhishou-handover-v1", id, side, recordHash, officer.id, String(at)].join("\n"));
  return {
    officerId: officer.id,
    name: officer.name,
    at,
    recordHash,
    signature: sign(null, text, key).toString("base64"),
    publicKey: officer.publicKey,
  };
}

export async function signHandover(desk: Desk, input: ParsedOf<"handover.sign">): Promise<Answer<"handover.sign">> {
  const present = readEntity(desk.db, "handover", input.handoverId);
  if (present?.phase === "sealed") return fail(deskError("handover.sealed"));
  const draft = draftHandover(desk);
  if (!draft.ok) return draft;
  if (draft.value.handoverId !== input.handoverId) return fail(deskError("handover.order"));
  const officer = readEntity(desk.db, "officer", input.officerId);
  if (!officer?.active) return fail(deskError("session.unknown_officer", undefined, "officerId"));
  const may = input.side === "outgoing" ? draft.value.mayOffer : draft.value.mayAccept;
  if (!may.includes(officer.id))
    return fail(
      deskError(
        input.side === "outgoing" ? "handover.not_outgoing" : "handover.not_incoming",
        { name: officer.name },
        "officerId",
      ),
    );
  const opened = await desk.door.open(officer.id, input.pin);
  if (!opened.ok) return opened;
  const filled: HandoverRecord = {
    ...draft.value.record,
    checklist: input.checklist ?? draft.value.record.checklist,
    remarks: input.remarks ?? draft.value.record.remarks,
    carryOver: input.carryOver ?? draft.value.record.carryOver,
  };
  const record =
    input.side === "outgoing" ? filled : (readEntity(desk.db, "handover", input.handoverId)?.record ?? filled);
  const signature = signRecord(opened.value, officer, input.handoverId, input.side, record, desk.ports.now());
  const body = {
    handoverId: input.handoverId,
    side: input.side,
    record: input.side === "outgoing" ? record : null,
    signature,
  };
  const done = act(desk, "handover.sign", body, officer.id);
  if (!done.ok) return done;
  if (input.side === "outgoing") sql(desk.db, "DELETE FROM draft WHERE key = 'handover'").run();
  return ok({ handover: done.value.state });
}
