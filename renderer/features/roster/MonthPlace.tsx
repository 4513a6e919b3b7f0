import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, SyncMark, useHotkey, useMinute } from "#renderer/parts/index.ts";
import { dutyDayText, monthText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView, ShiftView, Tables } from "#shared/contract.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { dayOf, instantOf, monthOf } from "#shared/lib/time.ts";
import { DayStrip } from "./DayStrip.tsx";
import { GapAlarm } from "./GapAlarm.tsx";
import { LoadTable } from "./LoadTable.tsx";
import { MonthGrid } from "./MonthGrid.tsx";
import { type Cell, type GapGroup, gridOf, loadOf, missingIn, monthBeside, type Spot } from "./month-grid.ts";
import { OnDutyAt } from "./OnDutyAt.tsx";
import { mayPlan } from "./pick.ts";
import { SlotPicker } from "./SlotPicker.tsx";

interface Change {
  readonly cell: Cell;
  readonly was: string | null;
  readonly wasName: string;
  readonly officerId: string | null;
  readonly name: string;
}

type Said =
  | { readonly type: "done"; readonly change: Change }
  | { readonly type: "undone"; readonly change: Change }
  | { readonly type: "error"; readonly error: DeskError }
  | { readonly type: "not_allowed" }
  | { readonly type: "note"; readonly words: string };

interface Props {
  readonly tables: Tables;
  readonly month: string;
  /** What was done elsewhere for this month, in words; empty: nothing. */
  readonly note: string;
  readonly onMonth: (month: string) => void;
  readonly onImport: () => void;
  readonly onPlan: () => void;
}

/** One month as it is: who stands where, changed place by place, and every stretch that nobody covers. */
export function MonthPlace({ tables, month, note, onMonth: setMonth, onImport, onPlan }: Props) {
  const t = useText();
  const now = useMinute();
  const rules = tables.roster;
  const today = dayOf(now, rules.offsetMin);
  const [spot, setSpot] = useState<Spot>({ row: Number(today.slice(8)) - 1, column: 0 });
  const [asked, setAsked] = useState<number>();
  const [picking, setPicking] = useState<{ cell: Cell; typed: string; anchor: DOMRect }>();
  const [said, setSaid] = useState<Said | undefined>(note === "" ? undefined : { type: "note", words: note });
  const page = useRef<HTMLElement>(null);

  const answer = useDesk("roster.month", { month });
  const beside = useDesk("roster.month", { month: monthBeside(month, -1) });
  const coverage = useDesk("roster.coverage", {
    fromAt: instantOf(`${month}-01`, 0, rules.offsetMin),
    toAt: instantOf(`${monthBeside(month, 1)}-01`, 0, rules.offsetMin),
  });
  const people = useDesk("officer.list", {});
  const session = useDesk("session.current", {});
  const { act, busy } = useAct("roster.assign");
  const allowed = mayPlan(session.data?.officer?.grade);

  const shifts = useMemo(() => (answer.data?.month === month ? answer.data.shifts : []), [answer.data, month]);
  const rows = useMemo(() => gridOf(month, rules, shifts, tables.holidays), [month, rules, shifts, tables.holidays]);
  const load = useMemo(() => loadOf(rows, rules), [rows, rules]);
  const gaps = coverage.data && !coverage.previous ? coverage.data.gaps : (answer.data?.gaps ?? []);
  const lacking = useMemo(
    () =>
      new Map(
        [...new Set(gaps.map((gap) => `${gap.on}/${gap.shift}`))].map((key) => [
          key,
          missingIn(gaps.filter((gap) => `${gap.on}/${gap.shift}` === key)),
        ]),
      ),
    [gaps],
  );
  const on = rows[Math.min(spot.row, rows.length - 1)]?.on ?? today;
  const around: readonly ShiftView[] = useMemo(
    () => [...(beside.data?.shifts ?? []), ...shifts],
    [beside.data, shifts],
  );
  const follow = rows[spot.row]?.cells[spot.column]?.officerId ?? null;
  const shiftName = (code: string) => {
    const shift = rules.shifts.find((one) => one.code === code);
    return shift ? say(shift.name) : code;
  };

  const focusSpot = useCallback((to: Spot) => {
    requestAnimationFrame(() => {
      const cell = page.current?.querySelector<HTMLElement>(`[data-spot="${to.row}/${to.column}"]`);
      cell?.scrollIntoView({ block: "nearest" });
      cell?.focus();
    });
  }, []);

  const settled = useRef(false);
  useEffect(() => {
    if (settled.current || shifts.length === 0) return;
    settled.current = true;
    const cell = page.current?.querySelector<HTMLElement>(`[data-spot="${spot.row}/${spot.column}"]`);
    cell?.scrollIntoView({ block: "center" });
    cell?.focus({ preventScroll: true });
  }, [shifts, spot]);

  const turn = (to: string) => {
    setMonth(to);
    setPicking(undefined);
    const row = to === monthOf(today) ? Number(today.slice(8)) - 1 : 0;
    setSpot((before) => ({ row, column: before.column }));
    focusSpot({ row, column: spot.column });
  };
  useHotkey("PageUp", () => turn(monthBeside(month, -1)), { label: t("roster.month.before") });
  useHotkey("PageDown", () => turn(monthBeside(month, 1)), { label: t("roster.month.after") });
  useHotkey("t", () => turn(monthOf(today)), { label: t("roster.month.today") });

  useEffect(() => {
    setAsked((before) => (before !== undefined && dayOf(before, rules.offsetMin) !== on ? undefined : before));
  }, [on, rules.offsetMin]);

  async function assign(change: Change, undo: boolean): Promise<void> {
    const { cell, officerId, was } = change;
    const outcome = await act({ on: cell.on, shift: cell.shift, role: cell.role, index: cell.index, officerId, was });
    if (outcome.ok) setSaid({ type: undo ? "undone" : "done", change });
    else {
      setSaid({ type: "error", error: outcome.error });
      answer.again();
    }
  }

  function take(officer: OfficerView | null, cell: Cell): void {
    setPicking(undefined);
    focusSpot(spot);
    if ((officer?.id ?? null) === cell.officerId) return;
    void assign(
      { cell, was: cell.officerId, wasName: cell.name, officerId: officer?.id ?? null, name: officer?.name ?? "" },
      false,
    );
  }

  const last = said?.type === "done" ? said.change : undefined;
  const undo = () =>
    last &&
    void assign({ ...last, was: last.officerId, wasName: last.name, officerId: last.was, name: last.wasName }, true);

  const pick = (cell: Cell, typed: string) => {
    if (!allowed) return setSaid({ type: "not_allowed" });
    const place = page.current?.querySelector(`[data-slot="${cell.on}/${cell.shift}/${cell.role}/${cell.index}"]`);
    if (place) setPicking({ cell, typed, anchor: place.getBoundingClientRect() });
  };
  const empty = (cell: Cell) => {
    if (!allowed) return setSaid({ type: "not_allowed" });
    if (cell.officerId) take(null, cell);
  };

  const planning = (open: () => void) => () => (allowed ? open() : setSaid({ type: "not_allowed" }));

  const goToGap = (group: GapGroup) => {
    if (monthOf(group.on) !== month) setMonth(monthOf(group.on));
    const row = Number(group.on.slice(8)) - 1;
    const cells = rows[row]?.cells ?? [];
    const column = Math.max(
      0,
      cells.findIndex((cell) => cell.shift === group.shift && cell.gap),
    );
    setSpot({ row, column });
    focusSpot({ row, column });
  };

  return (
    <section className="roster-place" aria-label={t("roster.title")} ref={page}>
      <header className="roster-head">
        <Button
          onPress={() => turn(monthBeside(month, -1))}
          title={t("roster.month.before")}
          aria-label={t("roster.month.before")}
        >
          ‹
        </Button>
        <h1 className="roster-month">{monthText(month)}</h1>
        <Button
          onPress={() => turn(monthBeside(month, 1))}
          title={t("roster.month.after")}
          aria-label={t("roster.month.after")}
        >
          ›
        </Button>
        <Button onPress={() => turn(monthOf(today))} disabled={month === monthOf(today)}>
          {t("roster.month.this")}
        </Button>
        <span className="roster-published">
          {answer.data && t(answer.data.published ? "roster.published" : "roster.unpublished")}
        </span>
        {answer.data?.published && !answer.previous && <SyncMark sync={answer.data.sync} />}
        <p className="roster-said" role="status">
          {said && said.type !== "error" && <SaidWords said={said} shiftName={shiftName} />}
          {last && !busy && (
            <Button onPress={undo} hotkey="Ctrl+z" keyLabel={t("roster.undo")}>
              {t("roster.undo")}
            </Button>
          )}
        </p>
        <Button onPress={planning(onPlan)} hotkey="Ctrl+g" keyLabel={t("roster.plan")}>
          {t("roster.plan")}
        </Button>
        <Button onPress={planning(onImport)} hotkey="Ctrl+i" keyLabel={t("roster.import")}>
          {t("roster.import.short")}
        </Button>
      </header>
      {said?.type === "error" && <ErrorNote error={said.error} />}
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      <div className="roster-body">
        <div className="roster-main">
          <DayStrip on={on} rules={rules} shifts={around} lacking={lacking} now={now} asked={asked} onAsk={setAsked} />
          <MonthGrid
            rows={rows}
            rules={rules}
            today={today}
            spot={spot}
            follow={follow}
            onSpot={setSpot}
            onPick={pick}
            onEmpty={empty}
          />
          <p className="roster-keys">{t(allowed ? "roster.keys" : "roster.read_only")}</p>
        </div>
        <aside className="roster-side">
          {coverage.error && <ErrorNote error={coverage.error} again={coverage.again} />}
          <GapAlarm gaps={gaps} rules={rules} now={now} onGo={goToGap} />
          <OnDutyAt on={on} rules={rules} now={now} asked={asked} onAsk={setAsked} />
          <LoadTable load={load} officers={people.data?.officers ?? []} />
        </aside>
      </div>
      {picking && (
        <SlotPicker
          key={picking.anchor.top}
          {...picking}
          shiftName={shiftName(picking.cell.shift)}
          sameShift={
            rows
              .find((row) => row.on === picking.cell.on)
              ?.cells.filter((cell) => cell.shift === picking.cell.shift && cell !== picking.cell) ?? []
          }
          officers={people.data?.officers ?? []}
          load={load}
          onTake={(officer) => take(officer, picking.cell)}
          onLeave={() => {
            setPicking(undefined);
            focusSpot(spot);
          }}
        />
      )}
    </section>
  );
}

function SaidWords({
  said,
  shiftName,
}: {
  said: Exclude<Said, { type: "error" }>;
  shiftName: (code: string) => string;
}) {
  const t = useText();
  if (said.type === "note") return <span>{said.words}</span>;
  if (said.type === "not_allowed") return <span className="roster-refused">{t("roster.not_allowed")}</span>;
  const { cell, wasName, name } = said.change;
  return (
    <span>
      {t(said.type === "done" ? "roster.done" : "roster.undone", {
        place: `${dutyDayText(cell.on)} ${shiftName(cell.shift)} ${say(roleNames[cell.role])}`,
        was: wasName || t("roster.free"),
        name: name || t("roster.free"),
      })}
    </span>
  );
}
