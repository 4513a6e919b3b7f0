import { createHash } from "node:crypto";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { codeLength, toCrockford } from "#shared/protocol/code.ts";
import type { Db } from "../store/open.ts";

const lifeMs = 15 * minuteMs;
/** Wrong codes that one source may send within `lifeMs` before it must wait. */
const maxWrong = 10;

/** Makes a one-time code of a street; only its hash is kept. 50 random bits: a plain hash is enough for 15 minutes. */
export function makeCode(db: Db, street: string, at: number, randomBytes: (length: number) => Uint8Array): string {
  const code = toCrockford(randomBytes(8), codeLength);
  db.prepare("DELETE FROM code WHERE used_at IS NULL AND expires_at < ?").run(at - lifeMs);
  db.prepare("INSERT INTO code (hash, street, expires_at) VALUES (?, ?, ?)").run(hashOf(code), street, at + lifeMs);
  return code;
}

/**
 * PR-12: which street a code is for. `device` is set when the code was used: the desk that used it may ask again with the
 * same key, because the answer may have been lost; for anyone else it is used up.
 */
export function findCode(
  db: Db,
  code: string,
  at: number,
): Result<{ readonly street: string; readonly device: string | null }, DeskError> {
  const row = db.prepare("SELECT street, expires_at, device FROM code WHERE hash = ?").get(hashOf(code)) as
    | { street: string; expires_at: number; device: string | null }
    | undefined;
  if (!row) return fail(deskError("link.code_wrong"));
  if (row.expires_at < at) return fail(deskError("link.code_used"));
  return ok({ street: row.street, device: row.device });
}

/** To be called in the transaction that makes the device. */
export function spendCode(db: Db, code: string, at: number, device: string): void {
  db.prepare("UPDATE code SET used_at = ?, device = ? WHERE hash = ? AND used_at IS NULL").run(
    at,
    device,
    hashOf(code),
  );
}

const hashOf = (code: string): string => createHash("sha256").update(`zhishou-code-v1\n${code}`).digest("hex");

/** Counts wrong codes by source. Answers how long a source must wait, 0 if it may try. */
export function countTries(now: () => number) {
  const wrong = new Map<string, number[]>();
  const recent = (source: string) => (wrong.get(source) ?? []).filter((at) => now() - at < lifeMs);
  return {
    waitMs(source: string): number {
      const tries = recent(source);
      const first = tries[0];
      return tries.length < maxWrong || first === undefined ? 0 : first + lifeMs - now();
    },
    wrong(source: string): void {
      if (wrong.size > 1_000) wrong.clear();
      wrong.set(source, [...recent(source), now()]);
    },
  };
}
