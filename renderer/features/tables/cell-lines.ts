import { type ColumnKind, linesFrom } from "#shared/domain/table/column.ts";

/** Stands for the end of a line in a field, which has but one. */
const lineSign = "↵";

export const inOneLine = (text: string): string => text.replaceAll("\n", lineSign);
export const withLines = (shown: string): string => shown.replaceAll(lineSign, "\n");

export const hasLines = (how: ColumnKind | undefined): boolean => how?.kind === "text" && how.max >= linesFrom;

/** What a field holds once `words` stand where its hand is. */
export function typedInto(field: HTMLInputElement, words: string): string {
  const shown = inOneLine(words.replace(/\r\n?/g, "\n"));
  field.setRangeText(shown, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  return withLines(field.value);
}
