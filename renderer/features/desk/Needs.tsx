import { useEffect, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import {
  ClockBar,
  Confidential,
  EmptyState,
  Key,
  LevelMark,
  Pane,
  Sample,
  StateTag,
  SyncMark,
  useTime,
  VirtualRows,
  type VirtualRowsHandle,
} from "#renderer/parts/index.ts";
import { titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventRow } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";

/** The desk sends no more than this; what is beyond it stands in the queue. */
const most = 40;

/** Why a row stands here: late, nobody has accepted it, nobody has acknowledged it, one of its parties is late, due soon. */
function whyOf(row: EventRow, at: number): "late" | "reported" | "assigned" | "party" | "soon" {
  if (clockAt(row.clock, at).state === "late") return "late";
  if (row.state !== "reported" && row.partyDueAt !== null && row.partyDueAt < at) return "party";
  return row.state === "reported" || row.state === "assigned" ? row.state : "soon";
}

/** Turns with the clock beside it, in the same second. */
export function Why({ row }: { row: EventRow }) {
  const t = useText();
  const why = useTime((at) => whyOf(row, at));
  return <span className={`why why-${why}`}>{t(`desk.why.${why}`)}</span>;
}

/** What needs a person now, in the order of the core. */
export function Needs({ rows }: { rows: readonly EventRow[] }) {
  const t = useText();
  const title = t("desk.needs", { count: rows.length < most ? rows.length : `${rows.length}+` });
  const { goTo, selectEvent, openIntake } = usePage();
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = rows.some((row) => row.id === chosen) ? chosen : (rows[0]?.id ?? null);
  const open = (row: EventRow | undefined) => {
    if (!row) return;
    selectEvent(row.id);
    goTo("queue", { eventId: row.id });
  };
  const list = useRef<VirtualRowsHandle>(null);
  useEffect(() => {
    // The arrows work at once; whoever is already somewhere else is left there.
    if (document.activeElement === document.body) list.current?.focus();
  }, []);
  return (
    <Pane
      title={title}
      flush
      className="needs"
      tools={
        rows.length > 0 && (
          <span className="soft needs-hint">
            {t("desk.needs.open")} <Key name="Enter" />
          </span>
        )
      }
    >
      <VirtualRows
        handle={list}
        rows={rows}
        rowKey={(row) => row.id}
        label={title}
        selectedKey={selected}
        onSelect={(row) => setChosen(row.id)}
        onOpen={open}
        opensOnClick
        rowHeight={48}
        head={
          <div className="needs-row">
            <span>{t("desk.col.why")}</span>
            <span>{t("desk.col.level")}</span>
            <span>{t("desk.col.clock")}</span>
            <span>{t("desk.col.title")}</span>
            <span>{t("desk.col.state")}</span>
            <span>{t("desk.col.lead")}</span>
            <span>{t("desk.col.sync")}</span>
          </div>
        }
        empty={
          <EmptyState
            title={t("desk.needs.none")}
            action={
              <button type="button" className="button" onClick={() => openIntake()}>
                {t("keys.new_event")} <Key name="F2" />
              </button>
            }
          >
            {t("desk.needs.none.about")}
          </EmptyState>
        }
        row={(row) => {
          return (
            <div className="needs-row">
              <Why row={row} />
              <LevelMark level={row.level} />
              <ClockBar clock={row.clock} />
              <span className="needs-title">
                <span className="needs-words">
                  <strong className="one-line">{titleText(row.title)}</strong>
                  {row.confidential && <Confidential />}
                  {row.sample && <Sample />}
                </span>
                <span className="soft one-line">
                  {[row.number, row.place.text || row.place.grid || row.place.community].filter(Boolean).join(" · ")}
                </span>
              </span>
              <StateTag state={row.state} />
              <span className="one-line soft">{row.lead?.name ?? t("desk.no_lead")}</span>
              <SyncMark sync={row.sync} short />
            </div>
          );
        }}
      />
    </Pane>
  );
}
