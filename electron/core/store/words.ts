import { areInitials } from "./initials.ts";

/**
 * Chinese text for the search index: one token for each Han character, other runs kept whole. A query becomes a phrase
 * of the same tokens, so that any run of characters is found wherever it stands (recall 1.0, no dictionary).
 */
const han = /\p{Script=Han}/u;
/** One Han character (the common ones are told without asking for their script), or a run of other letters and digits. */
const token = /[\u4e00-\u9fff]|(?=[\p{L}\p{N}])\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

/** Where the tokens of a text are laid: each character takes two places at most. */
let laid = new Uint16Array(2_048);

/** Nearly every text is of common Han characters, plain letters and digits: it is read sign by sign, in a quarter of the time. */
export function wordsOf(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase();
  if (laid.length < plain.length * 2) laid = new Uint16Array(plain.length * 4);
  let end = 0;
  let inRun = false;
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at);
    const isHan = code >= 0x4e00 && code <= 0x9fff;
    if (isHan || isPlain(code)) {
      if (end > 0 && !(inRun && !isHan)) laid[end++] = space;
      laid[end++] = code;
      inRun = !isHan;
    } else if (isSign(code)) inRun = false;
    else return (plain.match(token) ?? []).join(" ");
  }
  return Buffer.from(laid.buffer, 0, end * 2).toString("utf16le");
}

const space = 0x20;
/** A small letter or a digit of ASCII. */
const isPlain = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
/** What stands between words: other signs of ASCII, quotes and dashes, Chinese stops and brackets. */
const isSign = (code: number): boolean =>
  code < 0x80 ||
  (code >= 0x2010 && code <= 0x2027) ||
  (code >= 0x3001 && code <= 0x3003) ||
  (code >= 0x3008 && code <= 0x3011);

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
