import { useCallback, useEffect, useRef, useState } from "react";
import { type PlaceArgs, usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, useHotkey, useMinute } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { OfficerView, Tables } from "#shared/contract.ts";
import { missingYear } from "#shared/domain/roster/holidays.ts";
import { dayOf, monthOf } from "#shared/lib/time.ts";
import { AskDialog, type Asking } from "./AskDialog.tsx";
import { CellMenu, type MenuItem } from "./CellMenu.tsx";
import { DayStrip } from "./DayStrip.tsx";
import { GapAlarm } from "./GapAlarm.tsx";
import type { GapGroup } from "./gap-groups.ts";
import { LoadTable } from "./LoadTable.tsx";
import { askedText, slotText } from "./layer-words.ts";
import { MonthGrid } from "./MonthGrid.tsx";
import { AcceptedNote, MonthHead, YearWarning } from "./MonthHead.tsx";
import { MonthPaper } from "./MonthPaper.tsx";
import { type Cell, monthBeside, nextShiftOf, type Spot, slotOf } from "./month-grid.ts";
import { OnDutyAt } from "./OnDutyAt.tsx";
import { mayPlan } from "./pick.ts";
import { holderOf, placeMenu } from "./place-menu.ts";
import { SlotPicker } from "./SlotPicker.tsx";
import { type Edit, useEdits } from "./use-edits.ts";
import { useMonth } from "./use-month.ts";

interface Props {
  readonly tables: Tables;
  readonly month: string;
  /** What was done elsewhere for this month, in words; empty: nothing. */
  readonly note: string;
  readonly onMonth: (month: string) => void;
  readonly onImport: () => void;
  readonly onPlan: () => void;
  readonly onLayers: () => void;
  readonly onHolidays: () => void;
  readonly onHistory: (slot?: string) => void;
  /** The other screens of the roster. */
  readonly more: readonly MenuItem[];
}

/** What a key asked of a place while its month was still on the way. */
interface Early {
  readonly slot: string;
  readonly what: "pick" | "menu" | "empty";
  readonly typed: string;
}

/** One month as it is: who stands where and through what, changed place by place, and every stretch that nobody covers. */
export function MonthPlace({ tables, month, note, onMonth: setMonth, ...props }: Props) {
  const t = useText();
  const now = useMinute();
  const args = usePage((page) => page.args);
  const soughtId = args["officerId"];
  const rules = tables.roster;
  const today = dayOf(now, rules.offsetMin);
  /** Where the hand begins in a month: today in this one, else its first day. */
  const firstRow = (of: string) => (of === monthOf(today) ? Number(today.slice(8)) - 1 : 0);
  const [spot, setSpot] = useState<Spot>({ row: firstRow(month), column: 0 });
  const [asked, setAsked] = useState<number>();
  const [picking, setPicking] = useState<{ cell: Cell; typed: string; anchor: DOMRect }>();
  const [menu, setMenu] = useState<{ cell: Cell; anchor: DOMRect }>();
  const [asking, setAsking] = useState<Asking>();
  const page = useRef<HTMLElement>(null);
  const early = useRef<Early>(undefined);
  const { answer, here, coverage, waiting, officers, words, shifts, rows, load, gaps, lacking, around, over } =
    useMonth(month, tables);
  const me = useDesk("session.current", {}).data?.officer;
  const edits = useEdits(note, answer.again);
  const { said, setSaid } = edits;
  const allowed = mayPlan(me?.grade);
  const on = rows[Math.min(spot.row, rows.length - 1)]?.on ?? today;
  const follow = rows[spot.row]?.cells[spot.column]?.officerId ?? null;

  const focusSpot = useCallback((to: Spot) => {
    requestAnimationFrame(() => {
      const cell = page.current?.querySelector<HTMLElement>(`[data-spot="${to.row}/${to.column}"]`);
      cell?.scrollIntoView({ block: "nearest" });
      cell?.focus();
    });
  }, []);

  /** The arrival that the hand has followed: to whom was looked for, else to where it begins. */
  const settled = useRef<PlaceArgs>(undefined);
  useEffect(() => {
    if (shifts.length === 0 || settled.current === args || (settled.current && !soughtId)) return;
    // Whoever is looked for is looked for from today on; another month is being left.
    if (soughtId !== undefined && month !== monthOf(today)) return;
    settled.current = args;
    const found = soughtId === undefined ? undefined : nextShiftOf(rows, soughtId, today);
    const to = found ?? spot;
    setSpot(to);
    if (soughtId !== undefined && !found)
      setSaid({ type: "note", words: t("roster.find.none", { name: words.nameOf(soughtId) }) });
    const cell = page.current?.querySelector<HTMLElement>(`[data-spot="${to.row}/${to.column}"]`);
    cell?.scrollIntoView({ block: "center" });
    cell?.focus({ preventScroll: true });
  }, [shifts, spot, args, soughtId, month, rows, today, setSaid, t, words]);

  const turn = (to: string) => {
    setMonth(to);
    edits.turned();
    early.current = undefined;
    setPicking(undefined);
    const row = firstRow(to);
    setSpot((before) => ({ row, column: before.column }));
    focusSpot({ row, column: spot.column });
  };
  useHotkey(hotkeys.month.before, () => turn(monthBeside(month, -1)), { label: t("roster.month.before") });
  useHotkey(hotkeys.month.after, () => turn(monthBeside(month, 1)), { label: t("roster.month.after") });
  useHotkey(hotkeys.month.today, () => turn(monthOf(today)), { label: t("roster.month.today") });
  const planning = (open: () => void) => () => (allowed ? open() : setSaid({ type: "not_allowed" }));
  useHotkey(hotkeys.month.import, planning(props.onImport), { label: t("roster.import") });
  useHotkey(hotkeys.month.print, () => window.print(), { label: t("roster.print") });
  useHotkey(hotkeys.month.history, () => props.onHistory(), { label: t("roster.history") });

  useEffect(() => {
    setAsked((before) => (before !== undefined && dayOf(before, rules.offsetMin) !== on ? undefined : before));
  }, [on, rules.offsetMin]);

  const editOf = (cell: Cell, officer: { id: string; name: string } | null): Edit => ({
    slot: slotOf(cell),
    was: cell.officerId,
    wasName: cell.name,
    officerId: officer?.id ?? null,
    name: officer?.name ?? "",
  });
  function take(officer: OfficerView | null, cell: Cell): void {
    setPicking(undefined);
    focusSpot(spot);
    if ((officer?.id ?? null) !== cell.officerId) edits.edit([editOf(cell, officer)]);
  }
  /** A person dragged here: from another place they change with whoever stands here; from the list they come anew. */
  function drop(from: Cell | OfficerView, to: Cell) {
    if (!allowed) return setSaid({ type: "not_allowed" });
    if (!("on" in from)) return take(from, to);
    if (slotOf(from) === slotOf(to) || !from.officerId || from.officerId === to.officerId) return;
    const back = to.officerId ? { id: to.officerId, name: to.name } : null;
    edits.edit([editOf(from, back), editOf(to, { id: from.officerId, name: from.name })]);
  }

  const anchorOf = (cell: Cell) =>
    page.current?.querySelector(`[data-slot="${slotOf(cell)}"]`)?.getBoundingClientRect();
  const pick = (cell: Cell, typed: string) => {
    if (!allowed) return openMenu(cell);
    const anchor = anchorOf(cell);
    if (anchor) setPicking({ cell, typed, anchor });
  };
  const openMenu = (cell: Cell) => {
    const anchor = anchorOf(cell);
    if (anchor && me) setMenu({ cell, anchor });
  };
  const empty = (cell: Cell) => {
    if (!allowed) return setSaid({ type: "not_allowed" });
    if (cell.officerId) take(null, cell);
  };
  const actOn = (cell: Cell, { what, typed }: Pick<Early, "what" | "typed">) => {
    // Who stands there is not known yet: the place is not empty because nothing of the month is here.
    if (!here) {
      const { slot, typed: before } = early.current ?? {};
      early.current = { slot: slotOf(cell), what, typed: (slot === slotOf(cell) ? before : "") + typed };
    } else if (what === "pick") pick(cell, typed);
    else if (what === "menu") openMenu(cell);
    else empty(cell);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the month has come, nothing else has changed
  useEffect(() => {
    const asked = early.current;
    if (!here || !asked) return;
    early.current = undefined;
    const cell = rows.flatMap(({ cells }) => cells).find((one) => slotOf(one) === asked.slot);
    if (cell) actOn(cell, asked);
  }, [here === undefined]);
  const leaveFloat = () => {
    setPicking(undefined);
    setMenu(undefined);
    setAsking(undefined);
    focusSpot(spot);
  };

  const goToGap = (group: GapGroup) => {
    if (monthOf(group.on) !== month) {
      setMonth(monthOf(group.on));
      edits.turned();
    }
    const row = Number(group.on.slice(8)) - 1;
    const cells = rows[row]?.cells ?? [];
    const column = Math.max(
      0,
      cells.findIndex((cell) => cell.shift === group.shift && cell.gap),
    );
    setSpot({ row, column });
    focusSpot({ row, column });
  };
  const missing = missingYear(tables.holidays.days, today);

  return (
    <section className="roster-place" aria-label={t("roster.title")} ref={page}>
      <MonthHead
        month={month}
        today={today}
        answer={answer}
        words={words}
        edits={edits}
        onTurn={turn}
        mine={waiting.data?.mine ?? 0}
        onLayers={props.onLayers}
        onPlan={planning(props.onPlan)}
        more={[
          { key: "import", words: t("roster.import"), run: planning(props.onImport) },
          { key: "print", words: t("roster.print"), run: () => requestAnimationFrame(() => window.print()) },
          ...props.more,
        ]}
      />
      {said?.type === "error" && <ErrorNote error={said.error} />}
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      {missing && allowed && <YearWarning year={missing} onEnter={props.onHolidays} />}
      <div className="roster-body">
        <div className="roster-main">
          <DayStrip
            on={on}
            rules={rules}
            shifts={around}
            pieces={over}
            nameOf={words.nameOf}
            lacking={lacking}
            now={now}
            asked={asked}
            onAsk={setAsked}
          />
          <MonthGrid
            rows={rows}
            rules={rules}
            today={today}
            spot={spot}
            follow={follow}
            words={words}
            onSpot={setSpot}
            onPick={(cell, typed) => actOn(cell, { what: "pick", typed })}
            onEmpty={(cell) => actOn(cell, { what: "empty", typed: "" })}
            onMenu={(cell) => actOn(cell, { what: "menu", typed: "" })}
            onDrop={drop}
            officers={officers}
          />
          <p className="roster-keys">{t(allowed ? "roster.keys" : "roster.read_only")}</p>
        </div>
        <aside className="roster-side">
          {coverage.error && <ErrorNote error={coverage.error} again={coverage.again} />}
          <GapAlarm gaps={gaps} rules={rules} now={now} onGo={goToGap} />
          <AcceptedNote month={month} />
          <OnDutyAt on={on} rules={rules} now={now} asked={asked} onAsk={setAsked} />
          <LoadTable load={load} officers={officers} />
        </aside>
      </div>
      {picking && (
        <SlotPicker
          key={picking.anchor.top}
          {...picking}
          shiftName={slotText(slotOf(picking.cell), rules).split(" ").at(-2) ?? ""}
          sameShift={
            rows
              .find((row) => row.on === picking.cell.on)
              ?.cells.filter((cell) => cell.shift === picking.cell.shift && cell !== picking.cell) ?? []
          }
          officers={officers}
          load={load}
          onTake={(officer) => take(officer, picking.cell)}
          onMenu={() => {
            setPicking(undefined);
            openMenu(picking.cell);
          }}
          onLeave={leaveFloat}
        />
      )}
      {menu && me && (
        <CellMenu
          title={`${slotText(slotOf(menu.cell), rules)} ${words.nameOf(holderOf(menu.cell) ?? "")}`}
          anchor={menu.anchor}
          items={placeMenu({
            t,
            cell: menu.cell,
            rows,
            tables,
            me,
            now,
            onPick: () => pick(menu.cell, ""),
            onEmpty: () => empty(menu.cell),
            onAsk: setAsking,
            onHistory: props.onHistory,
          })}
          onLeave={() => {
            setMenu(undefined);
            focusSpot(spot);
          }}
        />
      )}
      {asking && me && (
        <AskDialog
          asking={asking}
          me={me}
          officers={officers}
          words={words}
          onLeave={leaveFloat}
          onAsked={(layer) => {
            leaveFloat();
            setSaid({
              type: "note",
              words: t(`roster.asked.${layer.entry.state}`, { what: askedText(layer, words) }),
            });
          }}
        />
      )}
      <MonthPaper month={month} rows={rows} rules={rules} words={words} now={now} />
    </section>
  );
}
