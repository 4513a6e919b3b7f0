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
export async function makeCode(
  db: Db,
  street: string,
  at: number,
  randomBytes: (length: number) => Uint8Array,
): Promise<string> {
  const code = toCrockford(randomBytes(8), codeLength);
  await db
    .deleteFrom("code")
    .where("used_at", "is", null)
    .where("expires_at", "<", at - lifeMs)
    .execute();
  await db
    .insertInto("code")
    .values({ hash: hashOf(code), street, expires_at: at + lifeMs })
    .execute();
  return code;
}

/**
 * PR-12: which street a code is for. `device` is set when the code was used: the desk that used it may ask again with the
 * same key, because the answer may have been lost; for anyone else it is used up. Within a transaction that holds `street`
 * of the answer before it is spent.
 */
export async function findCode(
  db: Db,
  code: string,
  at: number,
): Promise<Result<{ readonly street: string; readonly device: string | null }, DeskError>> {
  const row = await db
    .selectFrom("code")
    .select(["street", "expires_at", "device"])
    .where("hash", "=", hashOf(code))
    .executeTakeFirst();
  if (!row) return fail(deskError("link.code_wrong"));
  if (row.expires_at < at) return fail(deskError("link.code_used"));
  return ok({ street: row.street, device: row.device });
}

/** To be called in the transaction that makes the device. */
export async function spendCode(db: Db, code: string, at: number, device: string): Promise<void> {
  await db
    .updateTable("code")
    .set({ used_at: at, device })
    .where("hash", "=", hashOf(code))
    .where("used_at", "is", null)
    .execute();
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
