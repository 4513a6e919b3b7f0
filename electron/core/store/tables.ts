import type { Tables } from "#shared/contract.ts";
import { wholeLimits } from "#shared/domain/duty-event/limits.ts";
import { type Named, takenOut } from "#shared/domain/table/categories-ever.ts";
import type { TableEdition } from "#shared/domain/table/edition.ts";
import { hoursRows, workTimeOf } from "#shared/domain/table/hours.ts";
import { ladderRows, laddersOf } from "#shared/domain/table/ladder.ts";
import type { RowOf, TableName } from "#shared/domain/table/tables.ts";
import { type Db, sql } from "./database.ts";

/** Rows of every rule table as the product brings them. */
export type DefaultTables = { readonly [N in TableName]: readonly RowOf<N>[] };

const read = new WeakMap<Db, Map<TableName, { text: string; edition: TableEdition }>>();

/** The edition of a table that stands; `undefined`: none was ever set. Parsed once for each content. */
export function editionOf(db: Db, table: TableName): TableEdition | undefined {
  const text = sql(db, "SELECT state FROM entity WHERE kind = 'table' AND id = ?").pluck().get(table) as
    | string
    | undefined;
  if (text === undefined || text === "null") return undefined;
  const known = read.get(db) ?? new Map<TableName, { text: string; edition: TableEdition }>();
  read.set(db, known);
  const before = known.get(table);
  if (before?.text === text) return before.edition;
  const edition = JSON.parse(text) as TableEdition;
  known.set(table, { text, edition });
  return edition;
}

/** TB-4: the rows that count: those of the newest edition, else the default's. */
export function rowsOfTable<N extends TableName>(db: Db, defaults: DefaultTables, table: N): readonly RowOf<N>[] {
  return (editionOf(db, table)?.rows as readonly RowOf<N>[] | undefined) ?? defaults[table];
}

/** How a table is called on screen: 默认 until somebody has set it. */
export function labelOf(db: Db, table: TableName, otherwise: string): string {
  const head = editionOf(db, table)?.head;
  if (!head) return otherwise;
  return `${head.from === "district" ? "区" : "本街"}第${head.edition}版`;
}

/** Categories that events may still carry and the table no longer has: the street's own by what its editions noted, then the product's. */
export const formerCategories = (db: Db, defaults: DefaultTables): Named[] =>
  takenOut(rowsOfTable(db, defaults, "category"), [...(editionOf(db, "category")?.gone ?? []), ...defaults.category]);

/** Every name that a category had in an edition that is kept here, or as the product brings it. */
export const earlierCategories = (db: Db, defaults: DefaultTables): Named[] => [
  ...(sql(
    db,
    `SELECT DISTINCT r.value ->> '$.code' AS code, r.value ->> '$.name' AS name, coalesce(r.value ->> '$.nameEn', '') AS nameEn
     FROM table_edition AS e, json_each(e.rows) AS r WHERE e.name = 'category'`,
  ).all() as Named[]),
  ...defaults.category,
];

type RuleTables = Pick<
  Tables,
  "categories" | "responsibility" | "templates" | "sops" | "criteria" | "strip" | "clocks"
>;

/** The part of the tables that administrators and the district set, over the defaults; read anew each time, as a pull may change them. */
export function ruleTablesOf(base: RuleTables, db: Db): RuleTables {
  const defaults = defaultsOf(base);
  const table = <N extends TableName>(name: N) => ({
    label: labelOf(db, name, base.categories.label),
    rows: [...rowsOfTable(db, defaults, name)],
  });
  return {
    get categories() {
      const responsible = rowsOfTable(db, defaults, "responsibility");
      const { label, rows } = table("category");
      const limits = wholeLimits(rowsOfTable(db, defaults, "clock"));
      return {
        label,
        former: formerCategories(db, defaults),
        rows: rows.map((row) => ({
          ...row,
          limitMin: limits.get(row.code) ?? {},
          lead: responsible.find(({ category, place }) => category === row.code && place === "")?.lead ?? null,
        })),
      };
    },
    get responsibility() {
      return table("responsibility");
    },
    get clocks() {
      const { label, rows } = table("clock");
      return {
        ...base.clocks,
        label,
        rows,
        ...workTimeOf(rowsOfTable(db, defaults, "hours")),
        ladder: laddersOf(rowsOfTable(db, defaults, "ladder")),
      };
    },
    get templates() {
      return table("template");
    },
    get sops() {
      return table("sop");
    },
    get criteria() {
      return table("criteria");
    },
    get strip() {
      return table("strip");
    },
  };
}

/** The rows of the product's own tables, by the name of their table. */
export const defaultsOf = (base: RuleTables): DefaultTables => ({
  category: base.categories.rows.map(({ limitMin: _, lead: __, ...row }) => row),
  responsibility: base.responsibility.rows,
  clock: base.clocks.rows,
  hours: hoursRows(base.clocks),
  ladder: ladderRows(base.clocks.ladder),
  template: base.templates.rows,
  sop: base.sops.rows,
  criteria: base.criteria.rows,
  strip: base.strip.rows,
});
