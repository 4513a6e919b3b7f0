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

/** For each character that was met, a bit for each letter that one of its readings begins with; 0: it has none. */
const lettersOf = new Map<number, number>();

function letterBits(code: number): number {
  const before = lettersOf.get(code);
  if (before !== undefined) return before;
  const readings = pinyin(String.fromCharCode(code), {
    pattern: "first",
    toneType: "none",
    type: "array",
    multiple: true,
    nonZh: "removed",
  });
  let bits = 0;
  for (const reading of readings) {
    const letter = reading.toLowerCase().charCodeAt(0) - 97;
    if (letter >= 0 && letter < 26) bits |= 1 << letter;
  }
  lettersOf.set(code, bits);
  return bits;
}

/**
 * Whether the characters of `name` have these small letters as initials somewhere, by any of their readings. For names by
 * the hundred thousand: a reading is looked up once for a character, not for each name.
 */
export function holdsInitials(name: string, letters: string): boolean {
  const spoken: number[] = [];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const bits = code < 0x3400 ? 0 : letterBits(code);
    if (bits !== 0) spoken.push(bits);
  }
  for (let from = 0; from + letters.length <= spoken.length; from++) {
    let held = 0;
    while (held < letters.length && (spoken[from + held] ?? 0) & (1 << (letters.charCodeAt(held) - 97))) held++;
    if (held === letters.length) return true;
  }
  return false;
}

/** Whether `text` holds what was typed (in small letters): as it stands, or as initials of its pinyin (`zsl` finds 中山路). */
export const holdsTyped = (text: string, typed: string): boolean =>
  text.toLowerCase().includes(typed) || (areInitials(typed) && holdsInitials(text, typed));

/** One letter is no initials yet: everything would hold it. */
export const areInitials = (typed: string): boolean => /^[a-z]{2,}$/.test(typed);

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
