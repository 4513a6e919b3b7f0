import { type Db, sql } from "./database.ts";

/** Small facts of the desk, each under one name. */
export type MetaKey =
  | "street"
  | "deskName"
  | "sample"
  | "besideSampleDistrict"
  | "since"
  | "enrolment"
  | "cursor"
  | "letter"
  /** Numbers of this desk that no op of it has (PR-13). */
  | "seqGap"
  /** When this desk was found to be restored or copied, and how many of its ops came back from the district. */
  | "forkedAt"
  | "broughtBack"
  /** When the district was last found to be restored from a backup (PR-6). */
  | "restoredAt"
  /** It was enrolled anew under this name and holds ops of a former one (PR-13). */
  | "renamed"
  | "sheetMapping"
  | "staffMapping"
  | "sampleShapes"
  | "vigilancePlan"
  | "steadyClock"
  | "eventIndex"
  | "taskIndex"
  | "chainKey"
  | "chainStream"
  | "assetTiles"
  | "importMapping"
  | `number:${string}`;

export function readMeta(db: Db, key: MetaKey): string | null {
  return (sql(db, "SELECT value FROM meta WHERE key = ?").pluck().get(key) as string | undefined) ?? null;
}

export function writeMeta(db: Db, key: MetaKey, value: string): void {
  sql(db, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
    key,
    value,
  );
}

/** The next running number of a name, from 1; call it inside the transaction that uses it. */
export function nextNumber(db: Db, key: `number:${string}`): number {
  const number = Number(readMeta(db, key) ?? 0) + 1;
  writeMeta(db, key, String(number));
  return number;
}
