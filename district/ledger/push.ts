import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { applyOp, type BodyOf, targetOf } from "#shared/op/kinds.ts";
import { blankKind, type Op } from "#shared/op/op.ts";
import type { PushResult } from "#shared/protocol/messages.ts";
import type { Audit, Audited } from "../store/audit.ts";
import { type Db, type Store, takeNumbers } from "../store/open.ts";
import { insertRows } from "../store/rows.ts";
import { type Known, keyOf, type Numbered, readKnown, type Target } from "./known.ts";

/** Least wait of an op that came before its turn. */
const laterMs = 1_000;

interface From {
  readonly id: string;
  readonly street: string;
}

export interface Pushed {
  readonly results: PushResult[];
  readonly nextSeq: number;
}

export type Push = (
  device: From,
  ops: readonly Op[],
  at: number,
  /** They are urgent and come before their turn (PR-16). */
  ahead?: boolean,
) => Promise<Pushed>;

/** Takes pushed ops into the ledger: one transaction for all, each judged by itself (PR-5…PR-8, PR-16). */
export function openPush(store: Store, audit: Audit): Push {
  return (device, ops, at, ahead = false) =>
    store.write(async (db) => {
      await store.holdStreet(db, device.street);
      return takeOps(db, audit, device, ops, at, ahead);
    });
}

/**
 * Within a transaction that holds the street: reads what is known of the ops, judges them one after the other without
 * another question, and writes all of it at once. Numbers come last, so that other streets wait for no judging.
 */
export async function takeOps(
  db: Db,
  audit: Audit,
  device: From,
  ops: readonly Op[],
  at: number,
  ahead: boolean,
): Promise<Pushed> {
  const targets = ops.map(targetOf);
  const known = await readKnown(db, device, ops, targets);
  const expected = known.nextSeq;
  const batch = openBatch(known, device, at, ahead);
  const results = ops.map((op, index) => batch.take(op, targets[index] as Target));
  await save(db, batch.made, device, at);
  if (known.nextSeq !== expected)
    await db.updateTable("device").set({ next_seq: known.nextSeq }).where("id", "=", device.id).execute();
  for (const [what, detail] of batch.made.noted) await audit(what, device.id, detail, db);
  return { results: results.map((result) => result()), nextSeq: known.nextSeq };
}

/** What a batch leaves to be written. */
interface Made {
  readonly accepted: { readonly op: Op; readonly place: Numbered }[];
  readonly refused: { readonly op: Op; readonly error: DeskError }[];
  /** The last state of each entity, and whose number it has. */
  readonly states: Map<string, { entity: string; id: string; state: unknown; text: string; place: Numbered }>;
  readonly noted: [Audited, string][];
}

/** Judges ops in their order, each on what the ones before it left. A result is complete once the numbers are given. */
function openBatch(known: Known, device: From, at: number, ahead: boolean) {
  const made: Made = { accepted: [], refused: [], states: new Map(), noted: [] };

  const read = (entity: string, id: string): unknown => {
    const text = known.states.get(keyOf(entity, id));
    return text === undefined ? undefined : JSON.parse(text);
  };

  function gradeOf(officerId: string): Grade | undefined {
    const officer = read("officer", officerId) as { grade: Grade; active: boolean } | undefined;
    return officer?.active ? officer.grade : undefined;
  }

  /** PR-13: what an op is known as here, where its desk has come to call it otherwise. */
  const knownAs = (op: Op, seq: number | undefined) => (seq === undefined || seq === op.seq ? {} : { seq });

  /** The ledger already knows this id: the first answer again, whatever happened between (PR-7). */
  function knownResult(op: Op, target: Target): (() => PushResult) | undefined {
    const place = known.numbered.get(op.id);
    if (place) {
      const { seq } = place;
      return () => ({ opId: op.id, outcome: "duplicate", ...numberOf(place), ...knownAs(op, seq) });
    }
    const before = known.refused.get(op.id);
    return before && refused(op, target, JSON.parse(before.error) as DeskError, before.seq);
  }

  function refused(op: Op, target: Target, error: DeskError, seq?: number): () => PushResult {
    const own = target.ok && op.street === device.street;
    const present = own ? (read(target.value.entity, target.value.id) ?? null) : null;
    return () => ({ opId: op.id, outcome: "refused", error, present, ...knownAs(op, seq) });
  }

  /** OP-2: the same judgement as on the desk. A bug in a rule costs this op, not the desk's whole queue. */
  function judge(op: Op, target: Target): DeskError | { entity: string; id: string; state: unknown } {
    if (op.street !== device.street) return deskError("op.other_street");
    if (!target.ok)
      return target.error.id === "op.newer" ? deskError("op.unknown_kind", { kind: op.kind }) : target.error;
    const { entity, id } = target.value;
    try {
      const applied = applyOp(op, read(entity, id), gradeOf(op.by), target);
      return applied.ok ? { entity, id, state: applied.value.state } : applied.error;
    } catch (error) {
      made.noted.push(["bug", `${op.kind} ${error instanceof Error ? error.message : ""}`.slice(0, 200)]);
      return deskError("bug");
    }
  }

  /** The turn is over: it passes to the next number that is not taken by an op that went ahead. */
  function pass(seq: number): void {
    known.nextSeq = seq + 1;
    while (known.taken.has(known.nextSeq)) known.nextSeq++;
  }

  function take(op: Op, target: Target): () => PushResult {
    const before = knownResult(op, target);
    if (before) {
      // PR-13: a copy that was enrolled anew brings what it said under its former name. That takes its turn, and has no other effect.
      const place = known.numbered.get(op.id) ?? known.refused.get(op.id);
      if (place?.seq === undefined && op.seq === known.nextSeq) pass(op.seq);
      return before;
    }
    const early = op.seq > known.nextSeq;
    if (early && !ahead) return () => ({ opId: op.id, outcome: "later", waitMs: laterMs });
    if (op.seq < known.nextSeq || (early && known.taken.has(op.seq))) {
      // A blank meets the op whose number it was to take, where that one was not lost: there is no other history in it.
      if (op.kind !== blankKind) made.noted.push(["fork", `seq ${op.seq}, expected ${known.nextSeq}`]);
      return refused(op, target, deskError("op.fork"));
    }
    const verdict = judge(op, target);
    known.taken.add(op.seq);
    if (!early) pass(op.seq);
    if ("kind" in verdict) {
      made.refused.push({ op, error: verdict });
      known.refused.set(op.id, { error: JSON.stringify(verdict), seq: op.seq });
      return refused(op, target, verdict);
    }
    const place: Numbered = { no: 0, confirmedAt: at, seq: op.seq };
    // What is read again is what was written, not what was in memory.
    const text = JSON.stringify(verdict.state);
    const key = keyOf(verdict.entity, verdict.id);
    known.states.set(key, text);
    known.numbered.set(op.id, place);
    made.states.set(key, { ...verdict, text, place });
    made.accepted.push({ op, place });
    return () => ({ opId: op.id, outcome: "accepted", ...numberOf(place) });
  }

  return { take, made };
}

/** Read when the numbers are given. */
const numberOf = ({ no, confirmedAt }: Numbered) => ({ no, confirmedAt });

async function save(db: Db, { accepted, refused, states }: Made, { id: device, street }: From, at: number) {
  if (refused.length > 0)
    await insertRows(
      db,
      "refusal",
      refused.map(({ op, error }) => ({ device, seq: op.seq, op_id: op.id, error: JSON.stringify(error), at })),
    );
  if (accepted.length === 0) return;
  const last = await takeNumbers(db, "ledger", accepted.length);
  for (const [index, { place }] of accepted.entries()) place.no = last - accepted.length + 1 + index;
  await insertRows(
    db,
    "ledger",
    accepted.map(({ op, place: { no } }) => rowOf(op, no, at)),
  );
  const entities = [...states.values()];
  await insertRows(
    db,
    "entity",
    entities.map(({ entity: kind, id, text: state, place }) => ({ street, kind, id, state, no: place.no })),
    (insert) =>
      insert.onConflict((on) =>
        on
          .columns(["street", "kind", "id"])
          .doUpdateSet((eb) => ({ state: eb.ref("excluded.state"), no: eb.ref("excluded.no") })),
      ),
  );
  const events = entities.filter(({ entity }) => entity === "event");
  if (events.length > 0)
    await indexEvents(
      db,
      street,
      events.map(({ state }) => state as DutyEvent),
    );
  await nameContents(
    db,
    street,
    accepted.map(({ op }) => op),
  );
}

const rowOf = ({ kind, v, street, device, seq, at, by, id: op_id, body }: Op, no: number, confirmed_at: number) => ({
  no,
  op_id,
  kind,
  v,
  street,
  device,
  seq,
  at,
  by,
  body: JSON.stringify(body),
  confirmed_at,
});

async function indexEvents(db: Db, street: string, events: readonly DutyEvent[]): Promise<void> {
  await insertRows(
    db,
    "event_index",
    events.map(({ id, number, state }) => ({ street, id, number, state })),
    (insert) =>
      insert.onConflict((on) =>
        on
          .columns(["street", "id"])
          .doUpdateSet((eb) => ({ number: eb.ref("excluded.number"), state: eb.ref("excluded.state") })),
      ),
  );
}

/** PR-22: a file is taken only after an op has named it. */
async function nameContents(db: Db, street: string, ops: readonly Op[]): Promise<void> {
  const named = ops
    .filter((op) => op.kind === "attachment.add")
    .map((op) => {
      const { sha256, bytes, media } = (op.body as BodyOf<"attachment.add">).attachment;
      return { street, sha256, bytes, media };
    });
  if (named.length > 0)
    await db
      .insertInto("named_content")
      .values(named)
      .onConflict((on) => on.doNothing())
      .execute();
}
