import type { Level } from "#shared/domain/duty-event/event.ts";
import { calendarOf, clocksTableSchema, limitsOf } from "#shared/domain/duty-event/limits.ts";
import { daysOfNotices, type HolidayYear, withYears } from "#shared/domain/roster/holidays.ts";
import type { TableEdition } from "#shared/domain/table/edition.ts";
import { workTimeOf } from "#shared/domain/table/hours.ts";
import type { RowOf } from "#shared/domain/table/tables.ts";
import { dayOf, defaultOffsetMin } from "#shared/lib/time.ts";
import categoriesFile from "../../resources/defaults/categories.json" with { type: "json" };
import clocksFile from "../../resources/defaults/clocks.json" with { type: "json" };
import holidaysFile from "../../resources/defaults/holidays.json" with { type: "json" };
import type { Db } from "../store/open.ts";

const clocks = clocksTableSchema.parse(clocksFile);
const notices = daysOfNotices(holidaysFile.years);

async function statesOf<T>(db: Db, street: string, kind: string, id?: string): Promise<T[]> {
  const rows = await db
    .selectFrom("entity")
    .select("state")
    .where("street", "=", street)
    .where("kind", "=", kind)
    .$if(id !== undefined, (asked) => asked.where("id", "=", id as string))
    .execute();
  return rows.map(({ state }) => JSON.parse(state) as T);
}

async function rowsOf<N extends "category" | "clock" | "hours">(db: Db, street: string, table: N) {
  const [edition] = await statesOf<TableEdition>(db, street, "table", table);
  return edition?.rows as readonly RowOf<N>[] | undefined;
}

export type Category = Pick<RowOf<"category">, "code" | "name" | "nameEn"> & { readonly confidential: boolean };

/** TB-4: the categories that count in a street now: those of its newest edition, else the product's. */
export async function categoriesOf(db: Db, street: string): Promise<readonly Category[]> {
  const rows = (await rowsOf(db, street, "category")) ?? categoriesFile.categories;
  return rows.map(({ code, name, nameEn, confidential }) => ({
    code,
    name,
    nameEn,
    confidential: confidential ?? false,
  }));
}

/** DS-2: the limits of an event sent down at `at`, by the street's own tables and its holidays. */
export async function limitsIn(db: Db, street: string, category: string, level: Level, at: number) {
  const rows = (await rowsOf(db, street, "clock")) ?? clocks.rows;
  const days = withYears(notices, await statesOf<HolidayYear>(db, street, "holiday_year"));
  const hours = await rowsOf(db, street, "hours");
  const calendar = calendarOf(
    { ...clocks, ...(hours && workTimeOf(hours)) },
    days,
    defaultOffsetMin,
    dayOf(at, defaultOffsetMin),
  );
  return limitsOf(rows, category, level, calendar) ?? { limitMin: null, limits: null };
}
