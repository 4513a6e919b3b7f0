import { eventStates, isGone, levelNames, levels, stateNames } from "#shared/domain/duty-event/event.ts";
import { mostCriteria } from "#shared/domain/duty-event/score.ts";
import { mostStretches } from "#shared/lib/work-time.ts";
import { type CellContext, type CellProblem, type Column, readCell, writeCell } from "./column.ts";
import { writeLimit } from "./limit-cell.ts";
import { columnsOf, keyOf, type RowOf, type TableName, type TableRow, tableKinds } from "./tables.ts";

/** What is wrong with a table as it is typed. `row` counts from 0; `column` is its key, `null`: the row as a whole. */
export interface TableProblem {
  readonly row: number | null;
  readonly column: string | null;
  readonly problem:
    | CellProblem
    | "twice"
    | "cyclic"
    | "uncovered"
    | "in_use"
    | "state_missing"
    | "state_twice"
    | "longer"
    | "rest_missing"
    | "ladder_missing"
    | "ladder_start"
    | "backwards"
    | "overlap"
    | "other_days"
    | "stretches"
    | "criteria_most"
    | "empty";
  /** A grave one keeps the table from being published; the others are only said. */
  readonly grave: boolean;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What the check knows beside the table itself. */
export interface CheckContext extends CellContext {
  /** How many open events carry a category. */
  readonly inUse: Readonly<Record<string, number>>;
  /** How many rows of the other tables name a category. */
  readonly named: Readonly<Record<string, Readonly<Partial<Record<TableName, number>>>>>;
}

export interface TypedTable {
  readonly rows: readonly TableRow[];
  readonly problems: readonly TableProblem[];
}

/** Rows by their columns as text, in the order of the table: what the screen edits and a sheet holds. */
export function writeTable(table: TableName, rows: readonly TableRow[], context: CellContext): string[][] {
  const columns = Object.entries(columnsOf(table));
  return rows.map((row) => columns.map(([key, column]) => writeCell(column, row[key], context)));
}

/** Cells that name a row of another table by a name that it had, with the one that it has. */
export function renamedCells(
  table: TableName,
  cells: readonly (readonly string[])[],
  context: CellContext,
): string[][] {
  const columns = Object.values(columnsOf(table));
  return cells.map((row) =>
    row.map((cell, at) => {
      const column = columns[at];
      if (column?.how.kind !== "ref" || column.how.table === table) return cell;
      const read = readCell(column, cell, context);
      return "value" in read ? writeCell(column, read.value, context) : cell;
    }),
  );
}

/** TB-3: reads a table as it is typed; every problem names its cell. Wholly empty rows are left out. */
export function readTable(table: TableName, cells: readonly (readonly string[])[], context: CheckContext): TypedTable {
  const columns = Object.entries(columnsOf(table));
  const problems: TableProblem[] = [];
  const rows: { at: number; row: TableRow }[] = [];
  /** Rows whose key is not understood: which row they would be is not known. */
  const unnamed = new Set<number>();
  const own = ownRows(cells, columns);
  const inside: CellContext = { ...context, rows: (name) => (name === table ? own : context.rows(name)) };
  for (const [at, typed] of cells.entries()) {
    if (typed.every((cell) => cell.trim() === "")) continue;
    const row: Record<string, unknown> = {};
    for (const [index, [key, column]] of columns.entries()) {
      const read = readCell(column, typed[index] ?? "", inside);
      if ("problem" in read) {
        problems.push({ row: at, column: key, grave: true, params: {}, ...read });
        if (column.key) unnamed.add(at);
      } else {
        if (read.doubt)
          problems.push({
            row: at,
            column: key,
            problem: read.doubt,
            grave: false,
            params: { typed: (read.typed ?? typed[index] ?? "").slice(0, 20) },
          });
        const parsed = column.schema.safeParse(read.value);
        if (parsed.success) row[key] = parsed.data;
        else problems.push({ row: at, column: key, problem: "required", grave: true, params: {} });
      }
    }
    rows.push({ at, row });
  }
  if (rows.length === 0) problems.push({ row: null, column: null, problem: "empty", grave: true, params: {} });
  const named = rows.filter(({ at }) => !unnamed.has(at));
  problems.push(...twins(table, named), ...wholes[table](rows, context));
  return { rows: rows.map(({ row }) => row), problems };
}

/** Codes and names of the rows that are being typed, for columns that refer to their own table. */
function ownRows(
  cells: readonly (readonly string[])[],
  columns: readonly (readonly [string, Column])[],
): { code: string; name: string }[] {
  const at = (wanted: string) => columns.findIndex(([key]) => key === wanted);
  const [code, name] = [at("code"), at("name")];
  return code < 0 ? [] : cells.map((row) => ({ code: row[code]?.trim() ?? "", name: row[name]?.trim() ?? "" }));
}

interface At {
  readonly at: number;
  readonly row: TableRow;
}

function twins(table: TableName, rows: readonly At[]): TableProblem[] {
  const seen = new Map<string, number>();
  const key = Object.entries(columnsOf(table)).find(([, column]) => column.key)?.[0] ?? null;
  return rows.flatMap(({ at, row }): TableProblem[] => {
    const name = keyOf(table, row);
    const before = seen.get(name);
    if (before === undefined) seen.set(name, at);
    return before === undefined
      ? []
      : [{ row: at, column: key, problem: "twice", grave: true, params: { row: before + 1 } }];
  });
}

const nothing = (): TableProblem[] => [];

/** Something that a level lacks, by its name. */
const said = (column: string, problem: TableProblem["problem"], grave: boolean, name: string): TableProblem => ({
  row: null,
  column,
  problem,
  grave,
  params: { name },
});

/** A step that may take longer than the whole would never be late: it is a slip of the pen. */
function longerThanWhole(at: number, row: RowOf<"clock">, language: CellContext["language"]): TableProblem[] {
  const { whole } = row;
  if (!whole) return [];
  return (["accept", "acknowledge", "arrive", "report", "handle"] as const)
    .filter((step) => row[step]?.in === whole.in && (row[step]?.min ?? 0) > whole.min)
    .map((step) => ({
      row: at,
      column: step,
      problem: "longer",
      grave: true,
      params: { whole: writeLimit(whole, language) },
    }));
}

/** TB-3: what still speaks of a category that is taken out: events that go on, and rows that would never apply again. */
function usesOf(code: string, { inUse, named, language }: CheckContext): string {
  const zh = language === "zh";
  const events = inUse[code] ?? 0;
  const rows = Object.entries(named[code] ?? {}).map(([table, count]) => {
    const name = tableKinds[table as TableName].name[language];
    return zh ? `“${name}”${count} 行` : `${name} ${count}`;
  });
  const parts = [
    ...(events > 0
      ? [zh ? `还有 ${events} 件未办结事件在用，那些事件不受影响` : `open events that keep it ${events}`]
      : []),
    ...(rows.length > 0
      ? [
          zh
            ? `${rows.join("、")}写着它，再也用不上，请一并改`
            : `rows that name it and no longer apply: ${rows.join(", ")}`,
        ]
      : []),
  ];
  return parts.join(zh ? "；" : "; ");
}

/** What only shows when the rows are looked at together. */
const wholes: Readonly<Record<TableName, (rows: readonly At[], context: CheckContext) => TableProblem[]>> = {
  category: (rows, context) => {
    const codes = new Set(rows.map(({ row }) => row.code));
    const known = [...context.rows("category"), ...context.former];
    return [...new Set([...Object.keys(context.inUse), ...Object.keys(context.named)])]
      .filter((code) => code !== "" && !codes.has(code))
      .map((code) => ({
        row: null,
        column: "code",
        problem: "in_use",
        grave: false,
        params: { name: known.find((one) => one.code === code)?.name ?? code, uses: usesOf(code, context) },
      }));
  },
  responsibility: (rows, context) => {
    const covered = new Set(rows.filter(({ row }) => !row.place).map(({ row }) => row.category));
    return context
      .rows("category")
      .filter(({ code }) => !covered.has(code))
      .map(({ name }) => ({ row: null, column: "category", problem: "uncovered", grave: false, params: { name } }));
  },
  clock: (rows, { language }) => [
    ...rows.flatMap(({ at, row }) => longerThanWhole(at, row as RowOf<"clock">, language)),
    ...levels
      .filter((level) => !rows.some(({ row }) => row.level === level && row.category === ""))
      .map((level) => said("category", "rest_missing", false, levelNames[level][language])),
  ],
  hours: (rows) => {
    const wrong = (at: number | null, column: string, problem: TableProblem["problem"]): TableProblem => ({
      row: at,
      column,
      problem,
      grave: true,
      params: { most: mostStretches },
    });
    const days = (row: TableRow) => [...((row.weekdays ?? []) as string[])].sort().join();
    const told = rows as readonly (At & { readonly row: RowOf<"hours"> })[];
    // Days that were not understood are told as such, not as other days.
    const clear = told.filter(({ row }) => row.weekdays !== undefined);
    return [
      ...told.flatMap(({ at, row }): TableProblem[] => {
        if (row.from >= row.to) return [wrong(at, "to", "backwards")];
        const meets = told.some((one) => one.at < at && one.row.from < row.to && row.from < one.row.to);
        return meets ? [wrong(at, "from", "overlap")] : [];
      }),
      ...clear
        .slice(1)
        .flatMap(({ at, row }) =>
          days(row) === days(clear[0]?.row ?? row) ? [] : [wrong(at, "weekdays", "other_days")],
        ),
      ...(told.length > mostStretches ? [wrong(null, "from", "stretches")] : []),
    ];
  },
  ladder: (rows, { language }) =>
    levels.flatMap((level): TableProblem[] => {
      const name = levelNames[level][language];
      const own = rows.filter(({ row }) => row.level === level);
      if (own.length === 0) return [said("level", "ladder_missing", true, name)];
      return own.some(({ row }) => row.to === "desk") ? [] : [said("to", "ladder_start", true, name)];
    }),
  template: (rows) => {
    const from = new Map(rows.map(({ row }) => [String(row.code), String(row.from ?? "")]));
    const names = new Map(rows.map(({ row }) => [String(row.code), String(row.name ?? row.code)]));
    return rows.flatMap(({ at, row }): TableProblem[] => {
      const seen = new Set([String(row.code)]);
      for (let next = from.get(String(row.code)); next; next = from.get(next)) {
        if (seen.has(next)) {
          const way = [...seen, next].map((code) => names.get(code) ?? code).join("→");
          return [{ row: at, column: "from", problem: "cyclic", grave: true, params: { way } }];
        }
        seen.add(next);
      }
      return [];
    });
  },
  strip: (rows, { language }) => {
    const stands = rows.flatMap(({ at, row }) => ((row.states ?? []) as string[]).map((state) => ({ at, state })));
    const twice = stands.filter(({ state }, index) => stands.findIndex((one) => one.state === state) < index);
    const missing = eventStates.filter((state) => !isGone(state) && !stands.some((one) => one.state === state));
    return [
      ...twice.map(
        ({ at, state }): TableProblem => ({
          row: at,
          column: "states",
          problem: "state_twice",
          grave: true,
          params: { name: stateNames[state as keyof typeof stateNames][language] },
        }),
      ),
      ...missing.map(
        (state): TableProblem => ({
          row: null,
          column: "states",
          problem: "state_missing",
          grave: true,
          params: { name: stateNames[state][language] },
        }),
      ),
    ];
  },
  sop: nothing,
  criteria: (rows) =>
    rows.slice(mostCriteria).map(({ at }) => ({
      row: at,
      column: "code",
      problem: "criteria_most",
      grave: true,
      params: { most: mostCriteria },
    })),
};
