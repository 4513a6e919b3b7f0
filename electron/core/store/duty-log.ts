import type { WrittenEntry } from "#shared/domain/duty-log/duty-log.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { eraseWords } from "#shared/op/kinds/log.ts";
import type { LogLine } from "#shared/op/kinds/row.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import { type Db, sql } from "./database.ts";
import { drawLogWords } from "./log-words.ts";

/**
 * Adds the line of an op to the duty log, with its number if the district has given it one. A line that is there already says what it said.
 * Its words are drawn later (`log-words.ts`).
 */
export function writeLog(db: Db, op: Op | LedgerOp, line: LogLine): void {
  const { no, confirmedAt } = "no" in op ? op : unnumbered;
  const written = op.kind === "log.write" ? (op.body as WrittenEntry) : undefined;
  const erases = op.kind === "log.erase" ? (op.body as { lineId: string }).lineId : undefined;
  const made = sql(
    db,
    `INSERT INTO duty_log (id, at, by, kind, action, zh, en, event_id, corrects, caller_name, caller_phone, unit, officers, assets, no, confirmed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  ).run(
    op.id,
    op.at,
    op.by,
    line.kind,
    line.action,
    line.text.zh,
    line.text.en,
    line.eventId,
    written?.corrects ?? erases ?? null,
    written?.callerName ?? "",
    written?.callerPhone ?? "",
    written?.unit ?? "",
    idsText(written?.officerIds),
    idsText(written?.assetIds),
    no,
    confirmedAt,
  );
  if (made.changes === 0) {
    if (no !== null) stampLog(db, op.id, no, confirmedAt);
    return;
  }
  if (line.eventId !== null)
    sql(db, "INSERT OR IGNORE INTO event_hand (officer_id, event_id) VALUES (?, ?)").run(op.by, line.eventId);
  if (erases !== undefined) eraseLine(db, erases, op.at);
}

/** LG-4: takes the words out of a line, of the op that carried it and of the search; without its salt the body is gone for good. */
function eraseLine(db: Db, id: string, at: number): void {
  drawLogWords(db);
  const row = sql(
    db,
    `UPDATE duty_log SET zh = '', en = '', caller_name = '', caller_phone = '', unit = '', officers = '', assets = '',
     erased_at = ? WHERE id = ? AND erased_at IS NULL RETURNING row`,
  )
    .pluck()
    .get(at, id);
  if (row === undefined) return;
  sql(db, "DELETE FROM duty_log_words WHERE rowid = ?").run(row);
  sql(db, "UPDATE chain SET salt = NULL WHERE log_id = ?").run(id);
  const body = sql(db, "SELECT body FROM op WHERE id = ? AND kind = 'log.write'").pluck().get(id) as string | undefined;
  if (body === undefined) return;
  sql(db, "UPDATE op SET body = ? WHERE id = ?").run(JSON.stringify(eraseWords(JSON.parse(body))), id);
}

const idsText = (ids: readonly string[] | undefined): string => (ids?.length ? JSON.stringify(ids) : "");

/** A line in which the desk speaks of itself; it is no op and goes nowhere. */
export function writeDeskLine(
  db: Db,
  line: { readonly id: string; readonly at: number; readonly action: string } & Bilingual,
): void {
  sql(db, "INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES (?, ?, 'desk', 'desk', ?, ?, ?)").run(
    line.id,
    line.at,
    line.action,
    line.zh,
    line.en,
  );
}

const unnumbered = { no: null, confirmedAt: null };

export function stampLog(db: Db, opId: string, no: number, confirmedAt: number | null): void {
  sql(db, "UPDATE duty_log SET no = ?, confirmed_at = ? WHERE id = ?").run(no, confirmedAt, opId);
}
