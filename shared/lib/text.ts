/** A sentence in the two languages of the desk. Chinese is the one that goes to paper. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The name of a row of the district's tables; its Chinese one where it has no other. */
export const bothNames = ({ name, nameEn }: { readonly name: string; readonly nameEn: string }): Bilingual => ({
  zh: name,
  en: nameEn || name,
});

export type Language = keyof Bilingual;

/** Fills `{name}` gaps of a sentence; a gap without a value stays visible, so that a missing word is seen, unless `missing` stands for it. */
export function fill(sentence: string, values: Readonly<Record<string, unknown>>, missing?: string): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? missing ?? gap));
}

export const fillBoth = (sentence: Bilingual, values: Readonly<Record<string, string | number>>): Bilingual => ({
  zh: fill(sentence.zh, values),
  en: fill(sentence.en, values),
});

/** A half of a character alone cannot be written as UTF-8, signed or put into XML: a mark stands for it. */
export const wellFormed = (text: string): string => text.toWellFormed();

/** Signs that no XML may hold are left out: one of them makes a whole file unreadable, and a workbook is XML. */
export const forXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  wellFormed(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

/** The first `most` units of a text, never with half a character at the end. */
export const cutText = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, "");

/** One line of it: what a person typed over several lines, or with a control sign, or a sign that turns the direction, stays one line. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
