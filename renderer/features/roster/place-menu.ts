import type { Say } from "#renderer/text/text.ts";
import type { OfficerView, Tables } from "#shared/contract.ts";
import { spanOf } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { Asking } from "./AskDialog.tsx";
import type { MenuItem } from "./CellMenu.tsx";
import { type Cell, type DayRow, slotOf } from "./month-grid.ts";
import { mayPlan } from "./pick.ts";

interface Given {
  readonly t: Say;
  readonly cell: Cell;
  readonly rows: readonly DayRow[];
  readonly tables: Tables;
  readonly me: OfficerView;
  readonly now: number;
  readonly onPick: () => void;
  readonly onEmpty: () => void;
  readonly onAsk: (asking: Asking) => void;
  readonly onHistory: (slot: string) => void;
}

/** What the officer at the desk may do with a place, in the order of use. */
export function placeMenu({ t, cell, rows, tables, me, now, ...on }: Given): MenuItem[] {
  const span = spanOf(tables.roster, cell);
  const slot = slotOf(cell);
  const plans = mayPlan(me.grade);
  const holder = holderOf(cell);
  const items: MenuItem[] = [];
  const add = (key: string, run: () => void) => items.push({ key, words: t(`roster.menu.${key}`), run });
  if (plans) add("pick", on.onPick);
  if (plans && cell.officerId) add("empty", on.onEmpty);
  if (span && span.endAt > now) {
    const begun = Math.floor(now / minuteMs) * minuteMs;
    const fromAt = Math.max(span.startAt, span.startAt < begun ? begun : span.startAt);
    const inShift = rows
      .flatMap((row) => row.cells)
      .filter(({ on, shift }) => on === cell.on && shift === cell.shift)
      .flatMap((other) => holderOf(other) ?? []);
    const base = { slot, holder: holder, fromAt, toAt: span.endAt, others: [], inShift };
    const isMine = holder === me.id;
    const others = span.startAt > now && holder ? exchanges(cell, rows, me.id, now, tables) : [];
    if (holder && (isMine || others.length > 0) && span.startAt > now)
      add(isMine ? "swap" : "swap_mine", () => on.onAsk({ ...base, kind: "swap", others }));
    if (holder && (isMine || plans)) add("leave", () => on.onAsk({ ...base, kind: "leave" }));
    if (holder && (isMine || plans)) add("stand_in", () => on.onAsk({ ...base, kind: "stand_in" }));
    if (!isMine) add("offer", () => on.onAsk({ ...base, kind: "stand_in", officerId: me.id }));
    add("relief", () => on.onAsk({ ...base, kind: "relief" }));
  }
  add("history", () => on.onHistory(slot));
  return items;
}

/** Places of the month that could be exchanged for this one: of others for an own one, own ones for another's. */
function exchanges(cell: Cell, rows: readonly DayRow[], me: string, now: number, tables: Tables) {
  const isMine = holderOf(cell) === me;
  return rows.flatMap((row) =>
    row.cells.flatMap((other) => {
      const span = spanOf(tables.roster, other);
      const theirs = holderOf(other);
      if (!theirs || !span || span.startAt <= now) return [];
      if (isMine ? theirs === me || other.role !== cell.role : theirs !== me) return [];
      return [{ slot: slotOf(other), officerId: theirs }];
    }),
  );
}

/** Who holds a place by plan and swaps: what may be asked for goes by that. */
export const holderOf = ({ officerId, pieces }: Cell): string | null =>
  pieces.find(({ through }) => through === "swap")?.officerId ?? officerId;
