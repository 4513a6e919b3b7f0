import { createHash, hash } from "node:crypto";
import canonicalize from "canonicalize";
import { type Db, sql } from "./database.ts";

/**
 * The body of an entry, drawn from the rows that the desk shows and sends: the line of the log, and the op as it was
 * recorded (its body as the text that is stored). Nothing is kept twice, and a changed row is a changed body. A later
 * column of `duty_log` must not enter a body of this form.
 */
export interface Drawn {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly kind: string;
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
}

/** Not its number: a desk that was restored gives its waiting ops later ones (PR-13). */
export interface DrawnOp {
  readonly kind: string;
  readonly v: number;
  readonly at: number;
  readonly by: string;
  readonly body: string;
}

const lineColumns =
  "id, at, by, kind, action, zh, en, event_id, corrects, caller_name, caller_phone, unit, officers, assets";

/** The text of a line's body; `undefined`: the line is not there. */
export function bodyText(db: Db, logId: string, deskFacts: string | null): string | undefined {
  const line = sql(db, `SELECT ${lineColumns} FROM duty_log WHERE id = ?`).get(logId) as Drawn | undefined;
  if (!line) return undefined;
  const op = sql(db, "SELECT kind, v, at, by, body FROM op WHERE id = ?").get(logId) as DrawnOp | undefined;
  return textOf(line, op ?? null, deskFacts);
}

/** The canonical text of a body: its names stand in their order, so that writing it costs no sorting. */
export function textOf(line: Drawn, op: DrawnOp | null, desk: string | null): string {
  const { action, assets, at, by, caller_name, caller_phone, corrects, en, event_id, id, kind, officers, unit, zh } =
    line;
  return JSON.stringify({
    desk,
    line: { action, assets, at, by, caller_name, caller_phone, corrects, en, event_id, id, kind, officers, unit, zh },
    op: op && { at: op.at, body: op.body, by: op.by, kind: op.kind, v: op.v },
  });
}

/** SHA-256 of salt and text: without the salt nobody can try out what an erased body may have said. */
export const hashBody = (salt: Uint8Array, text: string): string =>
  hash("sha256", Buffer.concat([salt, Buffer.from(text)]));

/** One hash over every line that stands before the chain began, in their order. */
export function digestOlder(db: Db, upToRow: number): { readonly lines: number; readonly digest: string } {
  const hash = createHash("sha256");
  let lines = 0;
  for (const line of sql(db, `SELECT ${lineColumns} FROM duty_log WHERE row <= ? ORDER BY row`).iterate(upToRow)) {
    hash.update(`${canonicalize(line)}\n`);
    lines += 1;
  }
  return { lines, digest: hash.digest("hex") };
}
