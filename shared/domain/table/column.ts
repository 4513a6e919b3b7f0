import { z } from "zod";
import { type Party, partyKindNames } from "#shared/domain/duty-event/event.ts";
import { partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { longestMin } from "#shared/domain/duty-event/hours-kind.ts";
import { type Limit, limitSchema } from "#shared/domain/duty-event/limit.ts";
import { type Bilingual, bothNames } from "#shared/lib/text.ts";
import { timePattern } from "#shared/lib/work-time.ts";
import { readLimit, writeLimit } from "./limit-cell.ts";
import { readTime } from "./time-cell.ts";

/** How a column is written: what an administrator types into its cell, and what stands in a sheet. */
export type ColumnKind =
  | { readonly kind: "text"; readonly max: number }
  | { readonly kind: "code" }
  | { readonly kind: "words"; readonly max: number; readonly most: number }
  | { readonly kind: "number"; readonly least: number; readonly most: number }
  | { readonly kind: "flag" }
  /** A time of the day, `09:00`. */
  | { readonly kind: "time" }
  /** A limit of time, as a length and how it counts. */
  | { readonly kind: "limit" }
  | { readonly kind: "choice"; readonly names: Readonly<Record<string, Bilingual>> }
  | { readonly kind: "choices"; readonly names: Readonly<Record<string, Bilingual>> }
  /** Code of a row of another table, or of this one; written as its name. */
  | { readonly kind: "ref"; readonly table: string }
  | { readonly kind: "party" }
  | { readonly kind: "parties"; readonly most: number };

export interface Column<S extends z.ZodType = z.ZodType> {
  readonly name: Bilingual;
  readonly how: ColumnKind;
  readonly required: boolean;
  /** Rows name themselves by it: no two rows have the same in all columns of the key. */
  readonly key: boolean;
  readonly schema: S;
}

interface Wish {
  readonly must?: boolean;
  readonly key?: boolean;
}

const column = <S extends z.ZodType>(name: Bilingual, how: ColumnKind, schema: S, wish: Wish): Column<S> => ({
  name,
  how,
  required: wish.must ?? false,
  key: wish.key ?? false,
  schema,
});

export const codePattern = /^[a-z0-9][a-z0-9_]{0,39}$/;

export const text = (zh: string, en: string, max: number, wish: Wish = {}) =>
  column(
    { zh, en },
    { kind: "text", max },
    wish.must ? z.string().trim().min(1).max(max) : z.string().trim().max(max).default(""),
    wish,
  );
export const code = (wish: Wish = {}) =>
  column({ zh: "代码", en: "Code" }, { kind: "code" }, z.string().regex(codePattern), {
    must: true,
    key: true,
    ...wish,
  });
export const words = (zh: string, en: string, max: number, most: number, wish: Wish = {}) =>
  column(
    { zh, en },
    { kind: "words", max, most },
    z.array(z.string().trim().min(1).max(max)).max(most).default([]),
    wish,
  );
/** Without a number the smallest stands. */
export const number = (zh: string, en: string, least: number, most: number, wish: Wish = {}) =>
  column({ zh, en }, { kind: "number", least, most }, z.number().int().min(least).max(most).default(least), wish);
export const time = (zh: string, en: string, wish: Wish = {}) =>
  column({ zh, en }, { kind: "time" }, z.string().regex(timePattern), { must: true, ...wish });
export const flag = (zh: string, en: string) => column({ zh, en }, { kind: "flag" }, z.boolean().default(false), {});
export const limit = ({ zh, en }: Bilingual) =>
  column({ zh, en }, { kind: "limit" }, limitSchema.nullable().default(null), {});
export const choice = <T extends string>(
  zh: string,
  en: string,
  values: readonly T[],
  names: Readonly<Record<T, Bilingual>>,
  wish: Wish & { readonly otherwise?: NoInfer<T> } = {},
) =>
  column(
    { zh, en },
    { kind: "choice", names },
    wish.otherwise !== undefined
      ? z.enum(values as [T, ...T[]]).default(wish.otherwise)
      : z.enum(values as [T, ...T[]]),
    { must: wish.otherwise === undefined, ...wish },
  );
export const choices = <T extends string>(
  zh: string,
  en: string,
  values: readonly T[],
  names: Readonly<Record<T, Bilingual>>,
  wish: Wish = {},
) =>
  column(
    { zh, en },
    { kind: "choices", names },
    z
      .array(z.enum(values as [T, ...T[]]))
      .max(values.length)
      .default([]),
    wish,
  );
export const ref = (zh: string, en: string, table: string, wish: Wish = {}) =>
  column(
    { zh, en },
    { kind: "ref", table },
    wish.must ? z.string().min(1).max(40) : z.string().max(40).default(""),
    wish,
  );
export const party = (zh: string, en: string, wish: Wish = {}) =>
  column(
    { zh, en },
    { kind: "party" },
    (wish.must ? partySchema : partySchema.nullable().default(null)) as z.ZodType<Party | null>,
    wish,
  );
export const parties = (zh: string, en: string, most: number) =>
  column({ zh, en }, { kind: "parties", most }, z.array(partySchema).max(most).default([]), {});

/** What a cell may name: who handles things here, and the rows of the other tables. */
export interface CellContext {
  readonly parties: readonly Party[];
  readonly rows: (table: string) => readonly NamedRow[];
  /** Categories that were taken out before, by their names. */
  readonly former: readonly NamedRow[];
  /** Every name that a category once had; asked for where a name is not understood. */
  readonly earlier: () => readonly NamedRow[];
  /** In which cells are written; they are read in both. */
  readonly language: keyof Bilingual;
}
export interface NamedRow {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string;
}

export const cellProblems = [
  "required",
  "formula",
  "miscalculated",
  "too_long",
  "too_many",
  "not_code",
  "not_number",
  "out_of_range",
  "not_flag",
  "not_time",
  "not_limit",
  "limit_range",
  "unknown_choice",
  "unknown_ref",
  "deleted_ref",
  "unknown_party",
] as const;
export type CellProblem = (typeof cellProblems)[number];

export type CellRead =
  | { readonly value: unknown; readonly doubt?: "unknown_party" | "formula"; readonly typed?: string }
  | { readonly problem: CellProblem; readonly params?: Readonly<Record<string, string | number>> };

const between = "、";
const apart = /[、,，;；\n]+/u;
const yes = ["是", "√", "✓", "✔", "y", "yes", "true", "1"];
const yesNames: Bilingual = { zh: "是", en: "Yes" };
const no = ["", "否", "×", "-", "—", "n", "no", "false", "0"];
const listed = (typed: string): string[] => [
  ...new Set(
    typed
      .split(apart)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];

/** A party as a person writes it: its name if it is in the directory, else with its kind before it (`部门：区水利局`). */
export function partyText(one: Party, context: Pick<CellContext, "parties" | "language">): string {
  const known = context.parties.some(({ kind, name }) => kind === one.kind && name === one.name);
  return known ? one.name : `${partyKindNames[one.kind][context.language]}：${one.name}`;
}

function readParty(typed: string, context: CellContext): { party: Party; known: boolean } {
  const found = context.parties.find(({ name }) => name === typed);
  if (found) return { party: found, known: true };
  const [kindName = "", ...rest] = typed.split(/[：:]/u);
  const kind = chosen(partyKindNames, kindName) as Party["kind"] | undefined;
  const name = rest.join("：").trim();
  if (kind && name) return { party: { kind, name: name.slice(0, 60) }, known: kind === "grid" };
  return { party: { kind: "post", name: typed.slice(0, 60) }, known: false };
}

/** Stands after the name of a row that was taken out (TB-11). */
const deletedNames: Bilingual = { zh: "（已删除）", en: " (deleted)" };
export const deletedMark = /\s*[（(](?:已删除|deleted)[）)]$/iu;

const rowNamed = (rows: readonly NamedRow[], said: string): NamedRow | undefined =>
  rows.find(({ code }) => code === said) ?? rows.find(({ name, nameEn }) => name === said || nameEn === said);

/** Figures and letters of an input method that was left on: the same as plain ones. */
const withPlainFigures = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
const plainKinds: readonly ColumnKind["kind"][] = ["code", "number", "flag", "limit"];
const wordKinds: readonly ColumnKind["kind"][] = ["text", "words", "party", "parties"];

/** What a spreadsheet writes where it could not reckon. */
const outcomeless = /^#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/iu;
const listKinds: readonly ColumnKind["kind"][] = ["words", "parties", "choices"];

/** Text that may be so long may have lines; a shorter one, a name or a title, stands in one, and a break is a blank. */
export const linesFrom = 200;

/** TB-3: what a typed cell means; nothing is guessed but blanks. */
export function readCell({ how, required }: Column, raw: string, context: CellContext): CellRead {
  const typed = plainKinds.includes(how.kind) ? withPlainFigures(raw.trim()) : raw.trim();
  if (typed === "" && required) return { problem: "required" };
  const failed = (listKinds.includes(how.kind) ? listed(typed) : [typed]).find((part) => outcomeless.test(part));
  if (failed) return { problem: "miscalculated", params: { typed: failed } };
  // What stands for a formula whose file does not say what it came to (TB-7); words may begin so, and are doubted.
  const isFormula = typed.startsWith("=");
  if (isFormula && !wordKinds.includes(how.kind)) return { problem: "formula", params: { typed: typed.slice(0, 20) } };
  const doubted = isFormula ? ({ doubt: "formula" } as const) : {};
  switch (how.kind) {
    case "text":
      // As the schema counts; a rare character of two units takes the room of two, and what fits is told of this very text.
      return typed.length > how.max
        ? { problem: "too_long", params: { max: [...typed.slice(0, how.max)].length } }
        : { value: how.max < linesFrom ? typed.replace(/\s*\n\s*/gu, " ") : typed, ...doubted };
    case "code":
      return codePattern.test(typed) ? { value: typed } : { problem: "not_code" };
    case "words": {
      const parts = listed(typed);
      if (parts.length > how.most) return { problem: "too_many", params: { max: how.most } };
      return parts.some((part) => part.length > how.max)
        ? { problem: "too_long", params: { max: how.max } }
        : { value: parts, ...doubted };
    }
    case "number": {
      if (typed === "") return { value: undefined };
      const value = Number(typed);
      if (!/^\d{1,9}$/.test(typed)) return { problem: "not_number" };
      return value < how.least || value > how.most
        ? { problem: "out_of_range", params: { least: how.least, most: how.most } }
        : { value };
    }
    case "flag": {
      if (yes.includes(typed.toLowerCase())) return { value: true };
      return no.includes(typed.toLowerCase()) ? { value: false } : { problem: "not_flag" };
    }
    case "time": {
      const value = readTime(typed);
      return value === null ? { problem: "not_time", params: { typed: typed.slice(0, 20) } } : { value };
    }
    case "limit": {
      const value = readLimit(typed);
      if (value === "unclear") return { problem: "not_limit", params: { typed: typed.slice(0, 20) } };
      if (value === "out_of_range") return { problem: "limit_range", params: { days: longestMin / 1440 } };
      return { value: value === "none" ? null : value };
    }
    case "choice": {
      if (typed === "") return { value: undefined };
      const value = chosen(how.names, typed);
      return value === undefined ? { problem: "unknown_choice", params: { typed: typed.slice(0, 20) } } : { value };
    }
    case "choices": {
      const parts = listed(typed);
      const strange = parts.find((part) => chosen(how.names, part) === undefined);
      return strange === undefined
        ? { value: parts.map((part) => chosen(how.names, part)) }
        : { problem: "unknown_choice", params: { typed: strange.slice(0, 20) } };
    }
    case "ref": {
      if (typed === "") return { value: "" };
      const rows = context.rows(how.table);
      const said = typed.replace(deletedMark, "");
      const row = rowNamed(rows, said);
      if (row) return { value: row.code };
      const gone = how.table === "category" ? rowNamed(context.former, said) : undefined;
      if (gone)
        return { problem: "deleted_ref", params: { name: bothNames({ nameEn: "", ...gone })[context.language] } };
      // Typed, or kept as a draft, before the category was called otherwise.
      const once = how.table === "category" ? rowNamed(context.earlier(), said)?.code : undefined;
      if (once !== undefined && rows.some(({ code }) => code === once)) return { value: once };
      return { problem: "unknown_ref", params: { typed: typed.slice(0, 20) } };
    }
    case "party": {
      if (typed === "") return { value: null };
      if (typed.length > 60) return { problem: "too_long", params: { max: 60 } };
      const read = readParty(typed, context);
      return read.known ? { value: read.party } : { value: read.party, doubt: "unknown_party" };
    }
    case "parties": {
      const parts = listed(typed);
      if (parts.length > how.most) return { problem: "too_many", params: { max: how.most } };
      const read = parts.map((part) => readParty(part, context));
      const value = read.map((one) => one.party);
      const strange = parts.filter((_, at) => !read[at]?.known);
      return strange.length === 0 ? { value } : { value, doubt: "unknown_party", typed: strange.join(between) };
    }
  }
}

const chosen = (names: Readonly<Record<string, Bilingual>>, typed: string): string | undefined =>
  Object.keys(names).find((value) => {
    const { zh, en } = names[value] as Bilingual;
    return value === typed || zh === typed || en.toLowerCase() === typed.toLowerCase();
  });

/** A value as it stands in its cell; reading it again gives the value. */
export function writeCell({ how }: Column, value: unknown, context: CellContext): string {
  if (value === null || value === undefined) return "";
  const { language } = context;
  switch (how.kind) {
    case "text":
    case "code":
    case "number":
    case "time":
      return String(value);
    case "limit":
      return writeLimit(value as Limit, language);
    case "words":
      return (value as string[]).join(between);
    case "flag":
      return value ? yesNames[language] : "";
    case "choice":
      return how.names[String(value)]?.[language] ?? String(value);
    case "choices":
      return (value as string[]).map((one) => how.names[one]?.[language] ?? one).join(between);
    case "ref": {
      const rows = context.rows(how.table);
      const shown = ({ name, nameEn = "" }: NamedRow) => bothNames({ name, nameEn })[language];
      const name = rows.filter(({ code }) => code === value).map(shown)[0];
      const isClear = name && rows.filter((row) => row.name === name || row.nameEn === name).length === 1;
      if (name || value === "" || how.table !== "category") return isClear ? name : String(value);
      const gone = context.former.find(({ code }) => code === value);
      return gone ? `${shown(gone)}${deletedNames[language]}` : String(value);
    }
    case "party":
      return partyText(value as Party, context);
    case "parties":
      return (value as Party[]).map((one) => partyText(one, context)).join(between);
  }
}
