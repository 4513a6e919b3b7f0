import { z } from "zod";
import { type ImportChoices, importFields } from "#shared/contract.ts";
import type { Db } from "../store/database.ts";
import { readMeta, writeMeta } from "../store/meta.ts";

/** What was chosen for a file of these headings, and what words of any file mean. The system is of one file alone. */
const rememberedSchema = z.object({
  v: z.literal(1),
  headings: z.record(
    z.string(),
    z.object({ columns: z.partialRecord(z.enum(importFields), z.number().int()), kind: z.string().nullable() }),
  ),
  kindWords: z.record(z.string(), z.string()),
});
type Remembered = z.infer<typeof rememberedSchema>;

const most = 200;

function read(db: Db): Remembered {
  const kept = readMeta(db, "importMapping");
  return (
    (kept === null ? undefined : rememberedSchema.safeParse(JSON.parse(kept)).data) ?? {
      v: 1,
      headings: {},
      kindWords: {},
    }
  );
}

const keyOf = (columns: readonly { readonly name: string }[]): string =>
  columns
    .map(({ name }) => name)
    .join("\u001f")
    .slice(0, 2_000);

/** Choices for a file that is opened; `columns` come once its headings are known. */
export const recallWords = (db: Db): Record<string, string> => read(db).kindWords;
export const recallHeadings = (db: Db, columns: readonly { readonly name: string }[]) =>
  read(db).headings[keyOf(columns)];

export function remember(
  db: Db,
  columns: readonly { readonly name: string }[],
  { columns: chosen, kind, kindWords }: ImportChoices,
): void {
  const before = read(db);
  const newest = <T>(values: Record<string, T>) => Object.fromEntries(Object.entries(values).slice(-most));
  const headings = chosen ? { ...before.headings, [keyOf(columns)]: { columns: chosen, kind } } : before.headings;
  writeMeta(
    db,
    "importMapping",
    JSON.stringify({ v: 1, headings: newest(headings), kindWords: newest({ ...before.kindWords, ...kindWords }) }),
  );
}
