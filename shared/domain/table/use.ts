import type { Party, Place } from "#shared/domain/duty-event/event.ts";
import type { RowOf } from "./tables.ts";

/** Stands in the responsibility list for the grid in which the event lies. */
export const ownGrid = "属地网格";

export interface Proposed {
  readonly lead: Party;
  readonly coHandlers: readonly Party[];
  /** Which row it is from: its place, or empty for the row of the whole street. */
  readonly place: string;
}

/** TB-5: who is responsible for a category at a place: the row of its grid, else of its community, else of the whole street. */
export function responsibleFor(
  rows: readonly RowOf<"responsibility">[],
  category: string,
  place: Pick<Place, "community" | "grid">,
): Proposed | null {
  const own = rows.filter((row) => row.category === category && row.lead !== null);
  const whole = `${place.community}${place.grid}`;
  const at = (wanted: string) => own.find((row) => row.place.replaceAll(" ", "") === wanted);
  const row =
    (place.grid ? (at(whole) ?? at(place.grid)) : undefined) ??
    (place.community ? at(place.community) : undefined) ??
    at("");
  if (!row?.lead) return null;
  const [lead] = meant(row.lead, whole, place.grid);
  const co = row.coHandlers.flatMap((one) => meant(one, whole, place.grid));
  if (!lead) {
    const [next, ...rest] = co;
    return next ? { lead: next, coHandlers: rest, place: row.place } : null;
  }
  return { lead, coHandlers: co, place: row.place };
}

const meant = (one: Party, whole: string, grid: string): Party[] => {
  if (one.kind !== "grid" || one.name !== ownGrid) return [one];
  return grid ? [{ kind: "grid", name: whole.slice(0, 60) }] : [];
};

export type Template = RowOf<"template">;

/** TB-6: a template with its blank cells taken from those it builds on; a circle ends where it closes. */
export function wholeTemplate(rows: readonly Template[], code: string): Template | null {
  const seen = new Set<string>();
  const own: Template[] = [];
  for (let next = code; next && !seen.has(next); ) {
    seen.add(next);
    const row = rows.find((one) => one.code === next);
    if (!row) break;
    own.push(row);
    next = row.from;
  }
  const [first] = own;
  if (!first) return null;
  const said = <K extends keyof Template>(key: K): Template[K] =>
    own.map((row) => row[key]).find((value) => (Array.isArray(value) ? value.length > 0 : value)) ?? first[key];
  return {
    ...first,
    title: said("title"),
    text: said("text"),
    category: said("category"),
    level: said("level"),
    lead: said("lead"),
    coHandlers: said("coHandlers"),
  };
}
