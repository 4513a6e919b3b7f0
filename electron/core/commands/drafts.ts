import { type ParsedOf, shiftDraft, type Unsaved, unsavedForms } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";

const ownerOf = (desk: Desk, key: string): string => (key === shiftDraft ? "" : (desk.session.officer?.id ?? ""));

export function saveDraft(desk: Desk, { key, value }: ParsedOf<"draft.save">): Answer<"draft.save"> {
  sql(
    desk.db,
    `INSERT INTO draft (officer_id, key, value, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (officer_id, key) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`,
  ).run(ownerOf(desk, key), key, value, desk.ports.now());
  return ok({});
}

export function loadDraft(desk: Desk, { key }: ParsedOf<"draft.load">): Answer<"draft.load"> {
  const row = sql(desk.db, "SELECT value, saved_at AS savedAt FROM draft WHERE officer_id = ? AND key = ?").get(
    ownerOf(desk, key),
    key,
  ) as { value: string; savedAt: number } | undefined;
  return ok(row ?? { value: null, savedAt: null });
}

/** HO-19. */
export function unsavedDrafts(desk: Desk, { officerIds }: ParsedOf<"draft.unsaved">): Answer<"draft.unsaved"> {
  const drafts = sql(
    desk.db,
    `SELECT officer_id AS officerId, key AS form, saved_at AS savedAt FROM draft
     WHERE officer_id IN (SELECT value FROM json_each(@officerIds)) AND key IN (SELECT value FROM json_each(@forms))
     ORDER BY saved_at`,
  ).all({ officerIds: JSON.stringify(officerIds), forms: JSON.stringify(unsavedForms) }) as Unsaved[];
  return ok({ drafts });
}

export function dropDraft(desk: Desk, { key }: ParsedOf<"draft.drop">): Answer<"draft.drop"> {
  sql(desk.db, "DELETE FROM draft WHERE officer_id = ? AND key = ?").run(ownerOf(desk, key), key);
  return ok({});
}
