import type { Desk } from "../desk.ts";

/** The row of a category as the table stands now; `undefined`: it has none by this code. */
export const categoryOf = (desk: Pick<Desk, "tables">, code: string) =>
  desk.tables.categories.rows.find((row) => row.code === code);

/** Whether whatever is of this category is confidential. */
export const isSecretCategory = (desk: Pick<Desk, "tables">, code: string): boolean =>
  categoryOf(desk, code)?.confidential ?? false;

/** IN-1: categories by how many of their keywords the text holds; of as many, the one with the longest words. */
export function categoriesFor(desk: Pick<Desk, "tables">, text: string): { code: string; words: string[] }[] {
  return desk.tables.categories.rows
    .map(({ code, keywords }) => ({ code, words: keywords.filter((word) => text.includes(word)) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length || b.words.join("").length - a.words.join("").length)
    .slice(0, 4);
}
