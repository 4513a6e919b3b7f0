import { pinyin } from "pinyin-pro";

/** First letters of the pinyin of a text, one for each Han character; other characters stay (`zsl` for 中山路). */
export const initialsOf = (text: string): string =>
  pinyin(text, { pattern: "first", toneType: "none", separator: "", nonZh: "removed" }).toLowerCase();

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
