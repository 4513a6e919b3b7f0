import type { ParsedOf, SyncState, TimelineEntry } from "#shared/contract.ts";
import { sealedLine } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { LogKind } from "#shared/domain/duty-log/duty-log.ts";
import { groupBy } from "#shared/lib/group-by.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { mayKnow, sealOf } from "../session/seal.ts";
import { type Db, sql } from "../store/database.ts";
import { readKept } from "../store/entities.ts";
import { drawLogWords } from "../store/log-words.ts";
import type { OpRow } from "../store/outbox.ts";
import { syncOfOps } from "../store/sync-state.ts";
import { among, part, valuesOf, whereOf } from "../store/where.ts";
import { queryOf } from "../store/words.ts";

interface LogRow {
  readonly row: number;
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly kind: LogKind;
  readonly action: string;
  readonly zh: string;
  readonly en: string;
  readonly event_id: string | null;
  readonly corrects: string | null;
  readonly caller_name: string;
  readonly caller_phone: string;
  readonly unit: string;
  readonly officers: string;
  readonly assets: string;
  readonly erased_at: number | null;
  readonly no: number | null;
  readonly confirmed_at: number | null;
  /** Its number in this desk's chain; `null`: of another desk, or older than the chain. */
  readonly chain_seq: number | null;
  /** The own op of a line that has no number yet; `null`: there is none. */
  readonly op_seq: number | null;
  readonly op_state: OpRow["state"];
  readonly op_no: number | null;
  readonly op_at: number | null;
  readonly refusal: string | null;
}

/** Lines of the log, and where they stand: one question for a page of them. */
const lines = `SELECT l.*, o.seq AS op_seq, o.state AS op_state, o.no AS op_no, o.confirmed_at AS op_at, o.refusal
  FROM duty_log l LEFT JOIN op o ON l.no IS NULL AND o.id = l.id`;
const linesOfEvent = `${lines} WHERE l.event_id = ? ORDER BY l.at, l.row`;

type Correction = Pick<LogRow, "id" | "at" | "by" | "zh"> & { readonly corrects: string };

/** What was written later to put these lines right, by the line. */
function correctionsOf(db: Db, rows: readonly LogRow[]): Map<string, Correction[]> {
  const found = sql(
    db,
    `SELECT l.id, l.at, l.by, l.zh, l.corrects FROM json_each(?) AS asked CROSS JOIN duty_log AS l ON l.corrects = asked.value
     WHERE l.action <> 'erase' AND l.erased_at IS NULL ORDER BY l.row`,
  ).all(JSON.stringify(rows.map(({ id }) => id))) as Correction[];
  return groupBy(found, ({ corrects }) => corrects);
}

/** `sealOfEvent`: the event of a line, if its words must not be shown here. */
function entriesOf(
  desk: Desk,
  rows: readonly LogRow[],
  sealOfEvent: (eventId: string) => DutyEvent | null = (eventId) => sealOf(desk, eventId),
): TimelineEntry[] {
  const nameOf = (id: string) => readKept(desk.db, "officer", id)?.name;
  const sealed = once(sealOfEvent);
  const link = enrolled(desk);
  const ops = rows.flatMap(({ id, op_seq: seq, op_state: state, op_no: no, op_at: confirmed_at, refusal }) =>
    seq === null ? [] : [{ id, seq, state, no, confirmed_at, refusal }],
  );
  const syncs = syncOfOps(desk.db, link, ops);
  const syncOf = new Map(ops.map(({ id }, at) => [id, syncs[at]]));
  const sync = (row: LogRow): SyncState => {
    if (row.no !== null) return { state: "confirmed", no: row.no, at: row.confirmed_at ?? 0 };
    const known = syncOf.get(row.id);
    if (known) return known;
    // What the desk says of itself is no op: it stays here, and the district witnesses its place in the chain.
    if (row.kind === "desk") return { state: "local" };
    // Read once, and no more at the district since it was restored (PR-6).
    return { state: link ? "missing" : "local" };
  };
  const corrections = correctionsOf(desk.db, rows);
  const assetName = (id: string) =>
    (sql(desk.db, "SELECT name FROM asset_shown WHERE id = ?").pluck().get(id) as string | undefined) ?? id;
  return rows.map((row) => {
    const seal = row.event_id === null ? null : sealed(row.event_id);
    const entry = entryOf(row);
    return seal
      ? {
          ...entry,
          text: sealedLine(seal.number),
          callerName: "",
          callerPhone: "",
          unit: "",
          assets: [],
          corrections: [],
        }
      : entry;
  });
  function entryOf(row: LogRow): TimelineEntry {
    return {
      id: row.id,
      at: row.at,
      officerId: row.by,
      officerName: nameOf(row.by) ?? "",
      kind: row.kind,
      action: row.action,
      text: { zh: row.zh, en: row.en },
      eventId: row.event_id,
      corrects: row.corrects,
      callerName: row.caller_name,
      callerPhone: row.caller_phone,
      unit: row.unit,
      officers: idsOf(row.officers).map((id) => ({ id, name: nameOf(id) ?? id })),
      assets: idsOf(row.assets).map((id) => ({ id, name: assetName(id) })),
      chainSeq: row.chain_seq,
      erasedAt: row.erased_at,
      corrections: (corrections.get(row.id) ?? []).map((one) => ({
        id: one.id,
        at: one.at,
        officerName: nameOf(one.by) ?? "",
        text: one.zh,
      })),
      sync: sync(row),
    };
  }
}

/** Asks for each name once, however many lines have it. */
function once<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (name) => {
    const found = known.get(name) ?? { value: read(name) };
    known.set(name, found);
    return found.value;
  };
}

const idsOf = (text: string): string[] => (text ? (JSON.parse(text) as string[]) : []);

/** Everything that happened to an event, oldest first; refused steps stay readable. */
export function timelineOf(desk: Desk, event: DutyEvent): TimelineEntry[] {
  const rows = sql(desk.db, linesOfEvent).all(event.id) as LogRow[];
  return entriesOf(desk, rows, () => (mayKnow(desk, event) ? null : event));
}

export function listLog(desk: Desk, input: ParsedOf<"log.list">): Answer<"log.list"> {
  const parts = among("l.kind", input.kinds);
  const words = input.search === undefined ? null : queryOf(input.search);
  if (words) {
    drawLogWords(desk.db);
    parts.push(part("l.row IN (SELECT rowid FROM duty_log_words WHERE duty_log_words MATCH ?)", words));
  }
  if (input.cursor !== undefined) {
    const [at = 0, row = 0] = input.cursor.split(",").map((value) => Number(value) || 0);
    parts.push(part("(l.at, l.row) < (?, ?)", at, row));
  }
  const rows = desk.db
    .prepare(`${lines} ${whereOf(parts)} ORDER BY l.at DESC, l.row DESC LIMIT ?`)
    .all(...valuesOf(parts), input.limit + 1) as LogRow[];
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  // CF-1: nobody learns by searching what a line says that is not shown.
  const told = words ? shown.filter((row) => !sealOf(desk, row.event_id)) : shown;
  return ok({
    entries: entriesOf(desk, told),
    next: rows.length > input.limit && last ? `${last.at},${last.row}` : null,
  });
}
