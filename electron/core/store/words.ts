import { areInitials } from "./initials.ts";

/**
 * Chinese text for the search index: one token for each Han character, other runs kept whole. A query becomes a phrase
 * of the same tokens, so that any run of characters is found wherever it stands (recall 1.0, no dictionary).
 */
const han = /\p{Script=Han}/u;
/** One Han character (the common ones are told without asking for their script), or a run of other letters and digits. */
const token = /[\u4e00-\u9fff]|(?=[\p{L}\p{N}])\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

export function wordsOf(text: string): string {
  return (text.normalize("NFKC").toLowerCase().match(token) ?? []).join(" ");
}

/** An FTS5 query that finds `text` as it stands; each part between spaces must be found. `null`: nothing to look for. */
export function queryOf(text: string): string | null {
  const parts = text.trim().split(/\s+/).map(wordsOf).filter(Boolean);
  if (parts.length === 0) return null;
  return parts.map((part) => `"${part}"${han.test(part.at(-1) ?? "") ? "" : "*"}`).join(" AND ");
}

/** The prefix query for pinyin initials, if what was typed may be such: letters alone, two at least. */
export function initialsQueryOf(text: string): string | null {
  const typed = text.trim().toLowerCase();
  return areInitials(typed) ? `"${typed}"*` : null;
}
