import "./handover.css";
import "./paper.css";
import { type ReactNode, useMemo, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote, SyncMark, useMinute, VirtualRows } from "#renderer/parts/index.ts";
import { dateText, durationText, dutyDayText, timeText, whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft, OutputOf } from "#shared/contract.ts";
import type { Handover, HandoverRecord } from "#shared/domain/handover/handover.ts";
import { nameIn, type Written } from "./draft.ts";
import { HandoverPaper } from "./HandoverPaper.tsx";
import { RecordSections } from "./RecordSections.tsx";
import { PhaseSteps, Signature, SignPanel } from "./SignPanel.tsx";
import { useWritten } from "./use-written.ts";
import { WrittenForm, WrittenRecord } from "./WrittenForm.tsx";

type Row = { readonly key: string; readonly past: OutputOf<"handover.list">["handovers"][number] | undefined };

/** Row of the list that stands for the handover being made now. */
const present = "";

/** The handover place: what was handed over, and what is being handed over now. */
export function HandoverPlace() {
  const t = useText();
  const [chosen, setChosen] = useState(present);
  const list = useDesk("handover.list", {});
  const draft = useDesk("handover.draft", {}, { everyMs: 60_000 });
  // A sealed one is in the list; what is being handed over now is one row above it, and only while there is something.
  const sealed = draft.data?.phase === "sealed" ? draft.data.handoverId : undefined;
  const rows = useMemo<Row[]>(
    () => [
      ...(sealed ? [] : [{ key: present, past: undefined }]),
      ...(list.data?.handovers ?? [])
        .filter((one) => sealed || one.id !== draft.data?.handoverId)
        .map((past) => ({ key: past.id, past })),
    ],
    [list.data, draft.data, sealed],
  );
  const shown = chosen === present && sealed ? sealed : chosen;
  return (
    <section className="handover-place" aria-label={t("handover.title")}>
      <nav className="handover-list" aria-label={t("handover.list")}>
        <h2 className="handover-list-title">{t("handover.list")}</h2>
        {list.error && <ErrorNote error={list.error} again={list.again} />}
        <VirtualRows
          rows={rows}
          rowKey={(row) => row.key}
          label={t("handover.list")}
          selectedKey={shown}
          rowHeight={60}
          onSelect={(row) => setChosen(row.key)}
          row={(row) => (row.past ? <PastRow past={row.past} /> : <PresentRow draft={draft.data} />)}
        />
      </nav>
      <div className="handover-main">
        {shown !== present ? (
          <PastHandover key={shown} id={shown} sync={rows.find((row) => row.key === shown)?.past?.sync} />
        ) : draft.error && !draft.data ? (
          <NoDraft error={draft.error} again={draft.again} />
        ) : draft.data ? (
          <PresentHandover key={draft.data.handoverId} draft={draft.data} onSealed={setChosen} />
        ) : (
          <EmptyState title={t("handover.opening")} />
        )}
      </div>
    </section>
  );
}

function NoDraft({ error, again }: { error: Parameters<typeof ErrorNote>[0]["error"]; again: () => void }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  return (
    <div className="handover-empty">
      <ErrorNote error={error} again={again} />
      <Button tone="next" onPress={() => goTo("roster")}>
        {t("handover.to_roster")}
      </Button>
    </div>
  );
}

function PresentRow({ draft }: { draft: HandoverDraft | undefined }) {
  const t = useText();
  return (
    <span className="handover-row">
      <b>{t("handover.present")}</b>
      {draft && (
        <>
          <span>
            {dutyDayText(draft.record.on)} {draft.record.shiftName}
          </span>
          <span className="soft">{t(`handover.phase.${draft.phase}`)}</span>
        </>
      )}
    </span>
  );
}

function PastRow({ past }: { past: OutputOf<"handover.list">["handovers"][number] }) {
  const t = useText();
  return (
    <span className="handover-row">
      <span>
        {dutyDayText(past.on)} {past.shiftName}
      </span>
      <span className="soft">
        {past.outgoing} → {past.incoming || t("handover.not_signed")}
      </span>
      <SyncMark sync={past.sync} short />
    </span>
  );
}

function useOpenEvent(): (id: string) => void {
  const { goTo, selectEvent } = usePage();
  return (id) => {
    selectEvent(id);
    goTo("queue");
  };
}

function PresentHandover({ draft, onSealed }: { draft: HandoverDraft; onSealed: (id: string) => void }) {
  const t = useText();
  const now = useMinute();
  const openEvent = useOpenEvent();
  const writing = useWritten(draft);
  const { record, phase } = draft;
  const nameOf = (id: string) => nameIn(record, id);
  const live = phase === "draft";
  const written = writing?.written;
  const asWritten: HandoverRecord = live && written ? { ...record, ...mutable(written) } : record;

  const signed = (handover: Handover) => {
    if (handover.phase === "sealed") onSealed(handover.id);
    else writing?.used();
  };
  return (
    <>
      <div className="handover-record">
        <RecordHead record={record} now={now} title={t("handover.present.title")}>
          {live && writing && (
            <span className="handover-saved" role="status">
              {writing.saving
                ? t("handover.saving")
                : writing.savedAt
                  ? t("handover.saved", { at: whenText(writing.savedAt, now) })
                  : t("handover.unsaved")}
            </span>
          )}
        </RecordHead>
        <RecordSections
          record={record}
          live={live}
          onOpen={openEvent}
          onCarry={
            live && written
              ? (event) =>
                  writing.change({
                    carryOver: [
                      ...written.carryOver,
                      {
                        text: t("handover.carry.from_event", {
                          number: event.number,
                          title: event.title,
                          next: event.next,
                        }),
                        eventId: event.eventId,
                        toOfficerId: record.incoming.find((one) => one.role === "main_operator")?.officerId ?? "",
                      },
                    ],
                  })
              : undefined
          }
          carried={new Set(written?.carryOver.map((one) => one.eventId ?? ""))}
        />
        {live
          ? writing && <WrittenForm written={writing.written} record={record} onChange={writing.change} />
          : record && <WrittenRecord record={record} nameOf={nameOf} />}
      </div>
      <aside className="handover-sides">
        <SignPanel draft={draft} written={written} now={now} onSigned={signed} />
        <PrintButton />
      </aside>
      <HandoverPaper record={asWritten} handover={draft.handover} nameOf={nameOf} now={now} />
    </>
  );
}

const mutable = (written: Written) => ({
  checklist: [...written.checklist],
  remarks: written.remarks,
  carryOver: [...written.carryOver],
});

function RecordHead({
  record,
  now,
  title,
  children,
}: {
  record: HandoverRecord;
  now: number | undefined;
  title: string;
  children?: ReactNode;
}) {
  const t = useText();
  const leftMs = now === undefined ? 0 : record.dueAt - now;
  return (
    <header className="handover-head">
      <h1>
        {title} {dutyDayText(record.on)} {record.shiftName}
      </h1>
      <span className="handover-figures">
        {timeText(record.startAt)}–{timeText(record.dueAt)}
      </span>
      <span className={now !== undefined && leftMs < 0 ? "handover-due is-late" : "handover-due"}>
        {now === undefined
          ? t("handover.due", { at: dateText(record.dueAt) })
          : t(leftMs < 0 ? "handover.due.late" : "handover.due.left", {
              at: timeText(record.dueAt),
              left: durationText(leftMs),
            })}
      </span>
      {children}
    </header>
  );
}

function PastHandover({
  id,
  sync,
}: {
  id: string;
  sync: OutputOf<"handover.list">["handovers"][number]["sync"] | undefined;
}) {
  const t = useText();
  const now = useMinute();
  const openEvent = useOpenEvent();
  const answer = useDesk("handover.get", { id });
  if (answer.error) return <ErrorNote error={answer.error} again={answer.again} />;
  const handover = answer.data?.handover;
  if (!handover) return <EmptyState title={t("handover.opening")} />;
  const { record } = handover;
  const nameOf = (officerId: string) => nameIn(record, officerId);
  return (
    <>
      <div className="handover-record is-read">
        <RecordHead record={record} now={undefined} title={t("handover.past.title")} />
        <RecordSections record={record} live={false} onOpen={openEvent} />
        <WrittenRecord record={record} nameOf={nameOf} />
      </div>
      <aside className="handover-sides">
        <PhaseSteps phase={handover.phase} />
        <section className="handover-side is-signed">
          <h2>{t("handover.sign.outgoing")}</h2>
          <Signature signature={handover.outgoing} />
        </section>
        <section className={handover.incoming ? "handover-side is-signed" : "handover-side is-later"}>
          <h2>{t("handover.sign.incoming")}</h2>
          {handover.incoming ? (
            <Signature signature={handover.incoming} />
          ) : (
            <p className="handover-words">{t("handover.not_signed")}</p>
          )}
        </section>
        {sync && (
          <p className="handover-sync">
            <SyncMark sync={sync} />
          </p>
        )}
        <PrintButton />
      </aside>
      <HandoverPaper record={record} handover={handover} nameOf={nameOf} now={now} />
    </>
  );
}

function PrintButton() {
  const t = useText();
  return (
    <Button hotkey="Ctrl+p" keyLabel={t("handover.print")} onPress={() => window.print()}>
      {t("handover.print")}
    </Button>
  );
}
