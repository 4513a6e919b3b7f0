import type { ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";

const mine = (desk: Desk): string => desk.session.officer?.id ?? "";

export function saveDraft(desk: Desk, { key, value }: ParsedOf<"draft.save">): Answer<"draft.save"> {
  sql(
    desk.db,
    `INSERT INTO draft (officer_id, key, value, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (officer_id, key) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`,
  ).run(mine(desk), key, value, desk.ports.now());
  return ok({});
}

export function loadDraft(desk: Desk, { key }: ParsedOf<"draft.load">): Answer<"draft.load"> {
  const row = sql(desk.db, "SELECT value, saved_at AS savedAt FROM draft WHERE officer_id = ? AND key = ?").get(
    mine(desk),
    key,
  ) as { value: string; savedAt: number } | undefined;
  return ok(row ?? { value: null, savedAt: null });
}

export function dropDraft(desk: Desk, { key }: ParsedOf<"draft.drop">): Answer<"draft.drop"> {
  sql(desk.db, "DELETE FROM draft WHERE officer_id = ? AND key = ?").run(mine(desk), key);
  return ok({});
}
