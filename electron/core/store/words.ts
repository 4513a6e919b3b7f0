/**
 * Chinese text for the search index: one token for each Han character, other runs kept whole. A query becomes a phrase
 * of the same tokens, so that any run of characters is found wherever it stands (recall 1.0, no dictionary).
 */
const han = /\p{Script=Han}/u;

export function wordsOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Script=Han}/gu, " $& ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** An FTS5 query that finds `text` as it stands; each part between spaces must be found. `null`: nothing to look for. */
export function queryOf(text: string): string | null {
  const parts = text.trim().split(/\s+/).map(wordsOf).filter(Boolean);
  if (parts.length === 0) return null;
  return parts.map((part) => `"${part}"${han.test(part.at(-1) ?? "") ? "" : "*"}`).join(" AND ");
}

/** The same for an index that has pinyin initials beside its words: letters alone are sought in both. */
export function queryWithInitials(text: string): string | null {
  const parts = text
    .trim()
    .split(/\s+/)
    .filter((part) => wordsOf(part));
  if (parts.length === 0) return null;
  return parts
    .map((part) => {
      const words = queryOf(part) as string;
      return /^[a-z]{2,}$/i.test(part)
        ? `(words : ${words} OR initials : "${part.toLowerCase()}"*)`
        : `words : (${words})`;
    })
    .join(" AND ");
}
