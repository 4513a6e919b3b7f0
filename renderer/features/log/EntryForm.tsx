import { type Ref, useId, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Key, SyncMark, useHotkey } from "#renderer/parts/index.ts";
import { confirmKey, hotkeys } from "#renderer/parts/keys.ts";
import { timeText, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventRow, TimelineEntry } from "#shared/contract.ts";
import { logKindNames, writtenKinds } from "#shared/domain/duty-log/duty-log.ts";
import type { DeskError } from "#shared/errors.ts";
import { LinkField } from "./LinkField.tsx";
import { noWords, problemsOf, textMax, toEntry, type Words, type WrittenKind } from "./log-form.ts";

export interface EntryFormProps {
  readonly words: Words;
  readonly restored: boolean;
  readonly write: (words: Words) => void;
  readonly drop: (then: Words) => void;
  readonly area: Ref<HTMLTextAreaElement>;
  /** Entries on screen: the one just written shows where it stands. */
  readonly entries: readonly TimelineEntry[];
}

/** One entry, fast: kind by Alt+digit, words, Ctrl+Enter. Nothing here waits for the network. */
export function EntryForm({ words, restored, write, drop, area, entries }: EntryFormProps) {
  const t = useText();
  const openIntake = usePage((page) => page.openIntake);
  const { act, busy } = useAct("log.write");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<DeskError>();
  const [writtenId, setWrittenId] = useState<string>();
  const ids = { text: useId(), name: useId(), phone: useId(), unit: useId() };
  const problems = tried ? problemsOf(words) : {};
  const written = entries.find((entry) => entry.id === writtenId);
  const isCall = words.kind === "call";

  const change = (next: Partial<Words>) => {
    setError(undefined);
    setWrittenId(undefined);
    write({ ...words, ...next });
  };
  const next = () => (words.aside ? write(words.aside) : drop({ ...noWords, kind: words.kind }));
  const save = async () => {
    if (busy) return;
    setTried(true);
    if (Object.keys(problemsOf(words)).length > 0) {
      document.getElementById(ids.text)?.focus();
      return;
    }
    const outcome = await act(toEntry(words));
    if (!outcome.ok) {
      setError(outcome.error);
      return;
    }
    setTried(false);
    setWrittenId(outcome.value.id);
    next();
    document.getElementById(ids.text)?.focus();
  };
  const toEvent = () =>
    openIntake({ text: words.text, callerName: words.callerName, callerPhone: words.callerPhone, source: "phone" });
  useHotkey(hotkeys.log.toEvent, toEvent, { when: isCall, label: t("log.key.to_event") });

  return (
    <form className="entry-form" aria-label={t("log.form")} onSubmit={(event) => event.preventDefault()}>
      <KindChoice kind={words.kind} onKind={(kind) => change({ kind })} />
      {words.corrects && (
        <p className="entry-corrects">
          {t("log.correcting", { at: timeText(words.corrects.at) })}
          <span className="one-line soft">{words.corrects.text}</span>
          <button type="button" className="button-link" onClick={next}>
            {t("log.correcting.stop")}
          </button>
        </p>
      )}
      <textarea
        ref={area}
        id={ids.text}
        className="input entry-text"
        rows={2}
        value={words.text}
        aria-label={t("log.text")}
        placeholder={t(`log.hint.${words.kind}`)}
        aria-required
        aria-invalid={problems.text !== undefined || undefined}
        aria-describedby={`${ids.text}-about`}
        onChange={(event) => change({ text: event.target.value })}
      />
      <div id={`${ids.text}-about`}>
        {problems.text && <p className="entry-problem">{t(`log.problem.${problems.text}`, { max: textMax })}</p>}
      </div>
      <div className="entry-more">
        {isCall && (
          <>
            <Caller
              id={ids.name}
              label={t("log.caller")}
              max={40}
              value={words.callerName}
              set={(callerName) => change({ callerName })}
            />
            <Caller
              id={ids.phone}
              label={t("log.phone")}
              max={30}
              tel
              value={words.callerPhone}
              set={(callerPhone) => change({ callerPhone })}
            />
            <Caller id={ids.unit} label={t("log.unit")} max={60} value={words.unit} set={(unit) => change({ unit })} />
          </>
        )}
        <EventField words={words} change={change} wrong={problems.event !== undefined} />
        <LinkField key={writtenId ?? ""} links={words.links} set={(links) => change({ links })} />
      </div>
      {error && <ErrorNote error={error} />}
      <div className="entry-foot">
        <Button tone="next" hotkey={confirmKey} keyLabel={t("log.save")} disabled={busy} onPress={() => void save()}>
          {t(words.corrects ? "log.save_correction" : "log.save")}
        </Button>
        {isCall && (
          <Button onPress={toEvent} aria-keyshortcuts="Alt+e">
            {t("log.to_event")} <Key name="Alt+E" />
          </Button>
        )}
        {restored && <span className="soft">{t("log.restored")}</span>}
        <span className="entry-written" role="status">
          {written && (
            <>
              <b>{t("log.saved", { at: timeText(written.at) })}</b>
              <SyncMark sync={written.sync} />
            </>
          )}
        </span>
      </div>
    </form>
  );
}

function Caller(props: {
  id: string;
  label: string;
  max: number;
  tel?: boolean;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <label className="entry-field" htmlFor={props.id}>
      <span className="soft">{props.label}</span>
      <input
        id={props.id}
        className="input"
        type={props.tel ? "tel" : "text"}
        maxLength={props.max}
        value={props.value}
        onChange={(event) => props.set(event.target.value)}
      />
    </label>
  );
}

/** Kinds a person writes, each by Alt and its digit (keys of everywhere), also while typing. */
function KindChoice({ kind, onKind }: { kind: WrittenKind; onKind: (kind: WrittenKind) => void }) {
  const t = useText();
  return (
    <div className="kinds" role="radiogroup" aria-label={t("log.kind")}>
      {writtenKinds.map((one, index) => (
        <KindOption key={one} kind={one} digit={index + 1} on={one === kind} onKind={onKind} />
      ))}
      <span className="faint kinds-hint">{t("log.kind.keys")}</span>
    </div>
  );
}

function KindOption(props: { kind: WrittenKind; digit: number; on: boolean; onKind: (kind: WrittenKind) => void }) {
  const { kind, digit, on, onKind } = props;
  return (
    <label className={on ? "kind is-on" : "kind"}>
      <input type="radio" name="log-kind" value={kind} checked={on} onChange={() => onKind(kind)} />
      <span className="kind-digit" aria-hidden="true">
        {digit}
      </span>
      {say(logKindNames[kind])}
    </label>
  );
}

const eventText = (row: Pick<EventRow, "number" | "title">): string => `${row.number} ${titleText(row.title)}`;

/** The event that the entry belongs to, found by number or title among the open ones. */
function EventField(props: { words: Words; change: (next: Partial<Words>) => void; wrong: boolean }) {
  const t = useText();
  const { words, change, wrong } = props;
  const id = useId();
  const open = useDesk("event.list", { view: "open", sort: "newest", limit: 200 });
  const tied = useDesk("event.get", { id: words.eventId ?? "" }, { enabled: words.eventId !== null });
  const rows = open.data?.rows ?? [];
  const shown =
    words.eventText || (words.eventId && tied.data?.event.id === words.eventId ? eventText(tied.data.event) : "");
  return (
    <label className="entry-field entry-event" htmlFor={id}>
      <span className="soft">{t("log.event")}</span>
      <input
        id={id}
        className="input"
        list={`${id}-rows`}
        autoComplete="off"
        value={shown}
        placeholder={t("log.event.hint")}
        aria-invalid={wrong || undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => {
          const typed = event.target.value;
          const row = rows.find((one) => eventText(one) === typed || one.number === typed.trim());
          change({ eventText: typed, eventId: row?.id ?? null });
        }}
      />
      <datalist id={`${id}-rows`}>
        {rows.map((row) => (
          <option key={row.id} value={eventText(row)} />
        ))}
      </datalist>
      <span id={`${id}-about`} className="entry-problem">
        {wrong && t("log.problem.no_event")}
      </span>
    </label>
  );
}
