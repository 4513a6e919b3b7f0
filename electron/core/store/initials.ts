import { pinyin } from "pinyin-pro";

/** The names of a street come again and again: most of what is asked was asked before. */
const known = new Map<string, string>();
const knownMost = 20_000;

/** First letters of the pinyin of a text, one for each Han character; other characters stay (`zsl` for 中山路). */
export function initialsOf(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const letters = pinyin(text, { pattern: "first", toneType: "none", separator: "", nonZh: "removed" }).toLowerCase();
  if (known.size >= knownMost) known.clear();
  known.set(text, letters);
  return letters;
}

/** Letters that are searched at once; more are not typed. */
const reach = 8;

/**
 * Tokens by which a text is found by initials typed from any of its characters: each tail of each run, cut to `reach`.
 * A prefix query on them finds every run of two letters and more.
 */
export function initialTokens(texts: readonly string[]): string {
  const tokens = new Set<string>();
  for (const text of texts)
    for (const run of text.match(/\p{Script=Han}{2,}/gu) ?? []) {
      const letters = initialsOf(run);
      for (let at = 0; at + 2 <= letters.length; at++) tokens.add(letters.slice(at, at + reach));
    }
  return [...tokens].join(" ");
}
