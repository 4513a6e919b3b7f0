import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote, useMinute } from "#renderer/parts/index.ts";
import { backKey, confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { dutyDayText, monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { dayOf } from "#shared/lib/time.ts";
import { AcceptDialog } from "./AcceptDialog.tsx";
import { MonthGrid } from "./MonthGrid.tsx";
import { gridOf, type Spot, slotsOf, standingOf } from "./month-grid.ts";
import { PlanSide } from "./PlanSide.tsx";
import { type Mark, markSigns, marksOf } from "./plan-marks.ts";

interface Props {
  readonly tables: Tables;
  readonly month: string;
  readonly onLeave: () => void;
  readonly onDone: (words: string) => void;
}

const nothing = () => {};

/** A proposal for the month: seen in the same grid, with its reasons, then published or given up. */
export function PlanMonth({ tables, month, onLeave, onDone }: Props) {
  const t = useText();
  const rules = tables.roster;
  const today = dayOf(useMinute(), rules.offsetMin);
  const [keep, setKeep] = useState(true);
  const [seed, setSeed] = useState(0);
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [refused, setRefused] = useState<DeskError>();
  const [accepting, setAccepting] = useState<readonly string[]>();
  const page = useRef<HTMLElement>(null);
  const plan = useDesk("roster.generate", { month, keep, seed });
  const present = useDesk("roster.month", { month });
  const people = useDesk("officer.list", {});
  const { act, busy } = useAct("roster.publish");

  const names = useMemo(
    () => new Map((people.data?.officers ?? []).map((officer) => [officer.id, officer.name])),
    [people.data],
  );
  const nameOf = useCallback((id: string) => names.get(id) ?? id, [names]);
  const words = useMemo(() => ({ t, rules, nameOf }), [t, rules, nameOf]);
  const slots = plan.data?.slots;
  const rows = useMemo(
    () => gridOf(month, rules, standingOf(slots ?? {}, nameOf), tables.holidays),
    [month, rules, slots, nameOf, tables.holidays],
  );
  const marks = useMemo<ReadonlyMap<string, Mark>>(
    () => (slots && present.data ? marksOf(slotsOf(present.data.shifts), slots, nameOf) : new Map()),
    [slots, present.data, nameOf],
  );
  const counts = useMemo(() => {
    const of = (kind: Mark["kind"]) => [...marks.values()].filter((mark) => mark.kind === kind).length;
    return { added: of("added"), changed: of("changed"), emptied: of("emptied") };
  }, [marks]);

  const ready = slots !== undefined;
  const fromOn = plan.data?.fromOn;
  useEffect(() => {
    if (fromOn === undefined) return;
    const row = Number(fromOn.slice(8)) - 1;
    setSpot({ row, column: 0 });
    requestAnimationFrame(() => page.current?.querySelector<HTMLElement>(`[data-spot="${row}/0"]`)?.focus());
  }, [fromOn]);

  async function publish(accept?: { reason: string; pin: string }): Promise<boolean> {
    if (!slots || !present.data) return false;
    setRefused(undefined);
    const outcome = await act({ month, slots, was: present.data.digest, ...(accept ? { accept } : {}) });
    if (outcome.ok) {
      const { accepted } = outcome.value;
      const done = t("roster.plan.done", { month: monthText(month) });
      onDone(accepted > 0 ? `${done}${t("roster.plan.done_with_gaps", { places: accepted })}` : done);
      return true;
    }
    const open = outcome.error.id === "roster.gaps_open" ? String(outcome.error.params?.places ?? "").split(" ") : [];
    if (open.length > 0 && !accept) setAccepting(open);
    else setRefused(outcome.error);
    return false;
  }

  const cell = rows[spot.row]?.cells[spot.column];
  return (
    <section className="roster-place" aria-label={t("roster.plan")} ref={page}>
      <header className="roster-head">
        <h1 className="roster-month">{monthText(month)}</h1>
        <strong className="roster-proposal">{t("roster.plan.proposal")}</strong>
        <span className="roster-plan-counts">{ready && t("roster.plan.counts", counts)}</span>
        <span className="roster-said">
          <Button
            aria-pressed={keep}
            onPress={() => setKeep(!keep)}
            hotkey={hotkeys.planning.keep}
            keyLabel={t("roster.plan.keep")}
          >
            <span className="roster-tick" aria-hidden="true">
              {keep ? "\u2611" : "\u2610"}
            </span>
            {t("roster.plan.keep")}
          </Button>
          <Button onPress={() => setSeed(seed + 1)} hotkey={hotkeys.planning.other} keyLabel={t("roster.plan.other")}>
            {t("roster.plan.other")}
          </Button>
        </span>
        <Button onPress={onLeave} hotkey={backKey} keyLabel={t("roster.plan.leave")}>
          {t("roster.plan.leave")}
        </Button>
        <Button
          tone="next"
          hotkey={confirmKey}
          keyLabel={t("roster.plan.publish")}
          disabled={!ready || busy || plan.previous || !present.data || marks.size === 0}
          onPress={() => void publish()}
        >
          {t("roster.plan.publish")}
        </Button>
      </header>
      {refused && !accepting && <ErrorNote error={refused} />}
      {accepting && (
        <AcceptDialog
          month={month}
          places={accepting}
          rules={rules}
          error={refused}
          busy={busy}
          onLeave={() => setAccepting(undefined)}
          onAccept={(reason, pin) => publish({ reason, pin })}
        />
      )}
      {plan.error && <ErrorNote error={plan.error} />}
      {!ready && !plan.error && <EmptyState title={t("roster.plan.working")} />}
      {ready && plan.data && (
        <div className="roster-body">
          <div className="roster-main">
            <MonthGrid
              rows={rows}
              rules={rules}
              today={today}
              spot={spot}
              follow={cell?.officerId ?? null}
              onSpot={setSpot}
              onPick={nothing}
              onEmpty={nothing}
              marks={marks}
              words={words}
            />
            <p className="roster-keys">
              {(["added", "changed", "emptied"] as const).map((kind) => (
                <span key={kind} className="roster-legend">
                  <span className="roster-mark">{markSigns[kind]}</span>
                  {t(`roster.plan.legend.${kind}`)}
                </span>
              ))}
              {t("roster.plan.from", { day: dutyDayText(plan.data.fromOn) })}
            </p>
          </div>
          <PlanSide plan={plan.data} rules={rules} nameOf={nameOf} cell={cell} />
        </div>
      )}
    </section>
  );
}
