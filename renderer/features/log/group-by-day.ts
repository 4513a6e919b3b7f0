import type { TimelineEntry } from "#shared/contract.ts";
import { dayOf } from "#shared/lib/time.ts";

export type LogRow =
  | { readonly type: "day"; readonly key: string; readonly on: string }
  | { readonly type: "entry"; readonly key: string; readonly entry: TimelineEntry };

/** Entries as they come, with a line before each duty day. */
export function groupByDay(entries: readonly TimelineEntry[], offsetMin: number): LogRow[] {
  const rows: LogRow[] = [];
  let before = "";
  for (const entry of entries) {
    const on = dayOf(entry.at, offsetMin);
    if (on !== before) rows.push({ type: "day", key: `day/${on}/${entry.id}`, on });
    before = on;
    rows.push({ type: "entry", key: entry.id, entry });
  }
  return rows;
}
