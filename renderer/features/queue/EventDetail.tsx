import "./bonds.css";
import { memo, type Ref, type RefObject, useCallback, useImperativeHandle, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import {
  ClockBar,
  Confidential,
  EmptyState,
  ErrorNote,
  EventAttachments,
  LevelMark,
  Sample,
  SyncMark,
  useEarlyKeys,
  useHotkey,
  useWithin,
} from "#renderer/parts/index.ts";
import { backKey, hotkeys } from "#renderer/parts/keys.ts";
import { later } from "#renderer/parts/later.tsx";
import { titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventDetail as Detail, Tables } from "#shared/contract.ts";
import { pressingClock } from "#shared/domain/duty-event/clock.ts";
import { isGone, stateNames } from "#shared/domain/duty-event/event.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { DeskError } from "#shared/errors.ts";
import { ActionBar, type Taken } from "./ActionBar.tsx";
import { BondPanel } from "./BondPanel.tsx";
import { BorderPanel, RequestPanel, ReviewPanel, UrgePanel } from "./CasePanels.tsx";
import { ClockTable } from "./ClockTable.tsx";
import { DispatchPanel } from "./DispatchPanel.tsx";
import { EventPaper } from "./EventPaper.tsx";
import { Facts } from "./Facts.tsx";
import { MergeForm } from "./MergeForm.tsx";
import { openRequests, RequestForm } from "./RequestForm.tsx";
import { SealPanel } from "./SealPanel.tsx";
import { SopCard } from "./SopCard.tsx";
import { StepStrip } from "./StepStrip.tsx";
import { TaskStrip, type TaskStripHandle } from "./TaskStrip.tsx";
import { Timeline } from "./Timeline.tsx";
import { useTables } from "./use-tables.ts";
import { WhistlePanel } from "./WhistlePanel.tsx";

/** It checks what is given with the schemas of the rules, which no start waits for. */
const ActionForm = later(() => import("./ActionForm.tsx").then((it) => it.ActionForm));

export interface DetailHandle {
  /** With the id of a task: on that party's line. */
  focus(taskId?: string): void;
}

export interface EventDetailProps {
  readonly id: string;
  readonly frame: RefObject<HTMLElement | null>;
  readonly handle?: Ref<DetailHandle>;
  /** Esc: back to the list. */
  readonly onBack: () => void;
}

/** One event: what it is, what may be done now, what was done. Letters act while the detail has the focus. */
export function EventDetail({ id, frame, handle, onBack }: EventDetailProps) {
  const within = useWithin(frame);
  const t = useText();
  const { data, error, again } = useDesk("event.get", { id });
  const tables = useTables();
  const strip = useRef<TaskStripHandle>(null);
  useImperativeHandle(handle, () => ({
    focus: (taskId) => (taskId !== undefined && strip.current ? strip.current.focus(taskId) : frame.current?.focus()),
  }));
  useHotkey(backKey, onBack, { when: within, label: t("queue.key.back") });
  const backToDetail = useCallback(() => frame.current?.focus(), [frame]);
  /** The event before stays on screen for the moment of reading, but nothing can be done to it. */
  const stale = data !== undefined && data.event.id !== id;
  return (
    <section
      ref={frame}
      className="pane detail"
      tabIndex={-1}
      aria-label={data ? t("queue.detail", { title: titleText(data.event.title) }) : t("queue.detail.none")}
      aria-busy={stale || !data}
    >
      {error && (stale || !data) && <ErrorNote error={error} again={again} />}
      {data && !(error && stale) && (
        <div className="detail-event" inert={stale}>
          <OpenEvent
            key={data.event.id}
            detail={data}
            tables={tables}
            keys={within && !stale}
            strip={strip}
            backToDetail={backToDetail}
            again={again}
          />
        </div>
      )}
      {!data && !error && <EmptyState title={t("queue.detail.loading")} />}
      {within && <EarlyKeys key={id} waiting={stale || !data} />}
    </section>
  );
}

/** Behind what binds the letters: pressed before the event is there they are its own, as long as the hand stays with it. */
function EarlyKeys({ waiting }: { readonly waiting: boolean }) {
  useEarlyKeys(waiting);
  return null;
}

function OpenEvent(props: {
  readonly detail: Detail;
  readonly tables: Tables | undefined;
  readonly keys: boolean;
  readonly strip: Ref<TaskStripHandle>;
  readonly backToDetail: () => void;
  /** Asks for the event anew, sooner than the notice of the change comes round. */
  readonly again: () => void;
}) {
  const t = useText();
  const { detail, tables, backToDetail, again } = props;
  const { event } = detail;
  const goTo = usePage((page) => page.goTo);
  const { act, busy, isRunning } = useAct("event.transition", { soon: true });
  const [open, setOpen] = useState<Taken | null>(null);
  const [aside, setAside] = useState<"request" | "paper" | null>(null);
  const [error, setError] = useState<DeskError>();
  const [done, setDone] = useState("");

  const send = async (action: Taken, given: Record<string, unknown>) => {
    setError(undefined);
    const outcome = await act({ id: event.id, action, given });
    if (outcome.ok) setDone(say(transitionOf(action).label));
    else again();
    return outcome;
  };
  const take = async (action: Taken, how: "at_once" | "form") => {
    if (isRunning()) return;
    setError(undefined);
    setAside(null);
    if (how === "form") return setOpen(action);
    const outcome = await send(action, {});
    if (!outcome.ok) setError(outcome.error);
    // The button that was pressed may be gone with the state it belonged to.
    backToDetail();
  };
  const openRow = open && detail.actions.includes(open) ? open : null;
  const close = () => {
    setOpen(null);
    setAside(null);
    backToDetail();
  };
  const finish = (did: string) => {
    setDone(did);
    close();
    again();
  };
  const show = (what: "request" | "paper") => () => {
    setOpen(null);
    setAside(what);
  };
  const asked = openRequests(detail.timeline).length;
  const parties = useRef<HTMLElement>(null);
  const inParties = useWithin(parties);
  /** Keys are those of the event itself: not of one of its parties, nor of an open form. */
  const keys = props.keys && !inParties && openRow === null && aside === null;

  return (
    <>
      <header className="detail-head">
        <div className="detail-line">
          <LevelMark level={event.level} />
          <h2 className="detail-title">{titleText(event.title)}</h2>
          {event.confidential && <Confidential />}
          {event.sample && <Sample />}
        </div>
        <div className="detail-line detail-under">
          <span className="figures detail-number">{event.number}</span>
          {isGone(event.state) ? (
            <b className="detail-gone">{say(stateNames[event.state])}</b>
          ) : (
            <ClockBar clock={pressingClock(event)} long />
          )}
          <span className="detail-sync" role="status">
            {done && <span className="sr-only">{t("queue.done", { action: done })}</span>}
            <SyncMark sync={detail.sync} />
            {detail.sync.state === "refused" && (
              <button type="button" className="button-link" onClick={() => goTo("link", { eventId: event.id })}>
                {t("queue.refused.go")}
              </button>
            )}
          </span>
        </div>
        <StepStrip state={event.state} />
        <ActionBar
          event={event}
          actions={detail.actions}
          open={openRow}
          keys={keys}
          busy={busy}
          onTake={(action, how) => void take(action, how)}
          extras={[
            {
              key: hotkeys.event.request,
              label: asked > 0 ? t("queue.request.waiting", { count: asked }) : t("queue.request.ask"),
              isOpen: aside === "request",
              onPress: show("request"),
            },
            { key: hotkeys.event.paper, label: t("queue.paper"), isOpen: aside === "paper", onPress: show("paper") },
          ]}
        />
      </header>
      <div className="detail-body">
        {error && <ErrorNote error={error} />}
        {openRow === "merge" && <MergeForm event={event} onDone={finish} onClose={close} />}
        {aside === "request" && <RequestForm event={event} entries={detail.timeline} onDone={finish} onClose={close} />}
        {aside === "paper" && <EventPaper id={event.id} onClose={close} />}
        {openRow && openRow !== "merge" && tables && (
          <ActionForm
            key={openRow}
            event={event}
            action={openRow}
            tables={tables}
            send={(given) => send(openRow, given)}
            onClose={close}
          />
        )}
        <EventBody
          detail={detail}
          tables={tables}
          active={props.keys}
          keys={keys}
          inParties={inParties}
          parties={parties}
          strip={props.strip}
          backToDetail={backToDetail}
          again={again}
        />
      </div>
    </>
  );
}

/** What the event is. Drawn when that has changed, not when a button is pressed. */
const EventBody = memo(function EventBody(props: {
  readonly detail: Detail;
  readonly tables: Tables | undefined;
  /** The focus is in this event. */
  readonly active: boolean;
  /** Letters are those of the event itself. */
  readonly keys: boolean;
  readonly inParties: boolean;
  readonly parties: RefObject<HTMLElement | null>;
  readonly strip: Ref<TaskStripHandle>;
  readonly backToDetail: () => void;
  readonly again: () => void;
}) {
  const t = useText();
  const { detail, tables, active, keys, inParties, parties, backToDetail, again } = props;
  const { event } = detail;
  const whistles = tables && <WhistlePanel whistles={event.whistles} tables={tables} entries={detail.timeline} />;
  /** WH-7: while the district has the word, what it said stands where one looks first. */
  const whistled = event.state === "whistled";
  const isSealed = detail.seal !== "none";
  const requests = <RequestPanel entries={detail.timeline} />;
  /** Nor is it looked for below the facts what a leader has not answered yet. */
  const isAsked = openRequests(detail.timeline).length > 0;
  return (
    <>
      <BondPanel bonds={detail.bonds} />
      <TaskStrip
        detail={detail}
        tables={tables}
        keys={keys}
        frame={parties}
        within={active && inParties}
        handle={props.strip}
        backToDetail={backToDetail}
        again={again}
      />
      {whistled && whistles}
      {isAsked && requests}
      <ClockTable event={event} entries={detail.timeline} />
      {isSealed ? (
        <SealPanel detail={detail} keys={keys} backToDetail={backToDetail} again={again} />
      ) : (
        <p className="detail-text">{event.text}</p>
      )}
      <DispatchPanel event={event} />
      <SopCard event={event} tables={tables} keys={keys} backToDetail={backToDetail} again={again} />
      <Facts event={event} tables={tables} isSealed={isSealed} />
      <EventAttachments eventId={event.id} closed={event.state === "void"} active={active} />
      {!whistled && whistles}
      <BorderPanel border={event.border} />
      <UrgePanel event={event} />
      {!isAsked && requests}
      <ReviewPanel review={event.review} />
      <h3 className="detail-part">{t("queue.timeline")}</h3>
      {isSealed ? <p className="faint">{t("queue.fact.sealed")}</p> : <Timeline entries={detail.timeline} />}
    </>
  );
});
