export type Value = string | number;

/** One part of a WHERE, with its values. */
export interface Part {
  readonly text: string;
  readonly values: readonly Value[];
}

export const part = (text: string, ...values: Value[]): Part => ({ text, values });
/** No part where nothing is asked. */
export const among = (column: string, values: readonly Value[] | undefined): Part[] =>
  values?.length ? [part(`${column} IN (${values.map(() => "?").join(", ")})`, ...values)] : [];
/** Pattern of a LIKE with `ESCAPE '\\'` for what holds these words, whatever signs are in them. */
export const holding = (words: string): string => `%${words.replace(/[\\%_]/g, "\\$&")}%`;
/** Of events and of tasks alike. */
export const isOpen = part("open = 1");
export const isEnded = part("open = 0");
export const asksOpen = ({ text }: Part): boolean => text === isOpen.text;
export const whereOf = (parts: readonly Part[]): string =>
  parts.length > 0 ? `WHERE ${parts.map(({ text }) => text).join(" AND ")}` : "";
export const valuesOf = (parts: readonly Part[]): Value[] => parts.flatMap(({ values }) => values);
