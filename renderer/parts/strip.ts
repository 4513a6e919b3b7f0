import type { EventState } from "#shared/domain/duty-event/event.ts";
import { steps } from "#shared/domain/duty-event/transitions.ts";
import type { RowOf } from "#shared/domain/table/tables.ts";
import { type Bilingual, bothNames } from "#shared/lib/text.ts";

interface Step {
  readonly name: Bilingual;
  readonly states: readonly EventState[];
}

let present: readonly Step[] = steps;

/** The steps by the district's table; before it was read the product's own stand. */
export function setStrip(rows: readonly RowOf<"strip">[]): void {
  present = rows.toSorted((a, b) => a.no - b.no).map((row) => ({ name: bothNames(row), states: row.states }));
}

export const stripNow = (): readonly Step[] => present;
