import type { WrittenEntry } from "#shared/domain/duty-log/duty-log.ts";
import { type Bilingual, wellFormed } from "#shared/lib/text.ts";
import { eraseWords } from "#shared/op/kinds/log.ts";
import type { LogLine } from "#shared/op/kinds/row.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import type { Drawn } from "./chain-body.ts";
import { type Db, sql } from "./database.ts";
import { drawLogWords } from "./log-words.ts";

/**
 * Adds the line of an op to the duty log, with its number if the district has given it one. A line that is there already says what it said.
 * Its words are drawn later (`log-words.ts`). Answers the line as it was written; `undefined`: it was there.
 * `chainSeq`: the place in the chain that it gets in this transaction; `null`: it is not of this desk.
 */
export function writeLog(db: Db, op: Op | LedgerOp, line: LogLine, chainSeq: number | null = null): Drawn | undefined {
  const { no, confirmedAt } = "no" in op ? op : unnumbered;
  const written = op.kind === "log.write" ? (op.body as WrittenEntry) : undefined;
  const erases = op.kind === "log.erase" ? (op.body as { lineId: string }).lineId : undefined;
  const drawn: Drawn = {
    id: op.id,
    at: op.at,
    by: op.by,
    kind: line.kind,
    action: line.action,
    zh: asKept(line.text.zh),
    en: asKept(line.text.en),
    event_id: line.eventId,
    corrects: written?.corrects ?? erases ?? null,
    caller_name: asKept(written?.callerName),
    caller_phone: asKept(written?.callerPhone),
    unit: asKept(written?.unit),
    officers: idsText(written?.officerIds),
    assets: idsText(written?.assetIds),
  };
  const made = sql(
    db,
    `INSERT INTO duty_log (id, at, by, kind, action, zh, en, event_id, corrects, caller_name, caller_phone, unit, officers, assets, no, confirmed_at, chain_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  ).run(
    drawn.id,
    drawn.at,
    drawn.by,
    drawn.kind,
    drawn.action,
    drawn.zh,
    drawn.en,
    drawn.event_id,
    drawn.corrects,
    drawn.caller_name,
    drawn.caller_phone,
    drawn.unit,
    drawn.officers,
    drawn.assets,
    no,
    confirmedAt,
    chainSeq,
  );
  if (made.changes === 0) {
    if (no !== null) stampLog(db, op.id, no, confirmedAt);
    return undefined;
  }
  if (line.eventId !== null)
    sql(db, "INSERT OR IGNORE INTO event_hand (officer_id, event_id) VALUES (?, ?)").run(op.by, line.eventId);
  if (erases !== undefined) eraseLine(db, erases, op.at);
  return drawn;
}

/** LG-4: takes the words out of a line, of the op that carried it and of the search; without its salt the body is gone for good. */
function eraseLine(db: Db, id: string, at: number): void {
  drawLogWords(db);
  const row = sql(
    db,
    `UPDATE duty_log SET zh = '', en = '', caller_name = '', caller_phone = '', unit = '', officers = '', assets = '',
     erased_at = ? WHERE id = ? AND erased_at IS NULL RETURNING row, chain_seq AS seq`,
  ).get(at, id) as { readonly row: number; readonly seq: number | null } | undefined;
  if (row === undefined) return;
  sql(db, "DELETE FROM duty_log_words WHERE rowid = ?").run(row.row);
  sql(db, "UPDATE chain SET salt = NULL WHERE seq = ?").run(row.seq);
  const body = sql(db, "SELECT body FROM op WHERE id = ? AND kind = 'log.write'").pluck().get(id) as string | undefined;
  if (body === undefined) return;
  sql(db, "UPDATE op SET body = ? WHERE id = ?").run(JSON.stringify(eraseWords(JSON.parse(body))), id);
}

/** Half a character is not kept as such: the chain proves what the row says. */
const asKept = (text = ""): string => wellFormed(text);

const idsText = (ids: readonly string[] | undefined): string => (ids?.length ? JSON.stringify(ids) : "");

/** A line in which the desk speaks of itself; it is no op and goes nowhere. */
export function writeDeskLine(
  db: Db,
  line: { readonly id: string; readonly at: number; readonly action: string } & Bilingual,
  chainSeq: number | null,
): void {
  sql(
    db,
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en, chain_seq) VALUES (?, ?, 'desk', 'desk', ?, ?, ?, ?)",
  ).run(line.id, line.at, line.action, line.zh, line.en, chainSeq);
}

const unnumbered = { no: null, confirmedAt: null };

export function stampLog(db: Db, opId: string, no: number, confirmedAt: number | null): void {
  sql(db, "UPDATE duty_log SET no = ?, confirmed_at = ? WHERE id = ?").run(no, confirmedAt, opId);
}
