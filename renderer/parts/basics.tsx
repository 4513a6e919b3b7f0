import type { ReactNode } from "react";
import { errorText, reasonText } from "#renderer/text/error-text.ts";
import { countText, whenText } from "#renderer/text/format.ts";
import { type Say, say, useText } from "#renderer/text/text.ts";
import type { SyncState } from "#shared/contract.ts";
import { type EventState, type Level, levelNames, stateNames } from "#shared/domain/duty-event/event.ts";
import type { DeskError } from "#shared/errors.ts";
import { LevelShape } from "./shapes.tsx";
import { stripNow } from "./strip.ts";
import { useMinute } from "./ticker.ts";

const arrows: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

/** A key cap. Decoration for the eye: the binding itself is announced by `aria-keyshortcuts` of its button. */
export function Key({ name }: { name: string }) {
  return (
    <span className="key" aria-hidden="true">
      {name
        .replace(/(^|\+)[a-z]$/, (last) => last.toUpperCase())
        .replace(/Arrow(Up|Down|Left|Right)$/, (arrow) => arrows[arrow] ?? arrow)}
    </span>
  );
}

/** Name above (or before) a value that is only read. */
export function Field({ label, children, wide }: { label: ReactNode; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? "field field-wide" : "field"}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A column of `Field`s. */
export function Fields({ children }: { children: ReactNode }) {
  return <dl className="fields">{children}</dl>;
}

/** Urgency by shape, colour and word; `plain` leaves the word to screen readers. Grey is normal. */
export function LevelMark({ level, plain = false }: { level: Level; plain?: boolean }) {
  return (
    <span className={`level level-${level}`}>
      <LevelShape level={level} />
      <span className={plain ? "sr-only" : undefined}>{say(levelNames[level])}</span>
    </span>
  );
}

/** State of an event: how far along the six steps, and the word. */
export function StateTag({ state }: { state: EventState }) {
  const steps = stripNow();
  const reached = steps.findIndex((step) => step.states.includes(state));
  return (
    <span className={`state state-${state}`}>
      {reached >= 0 && (
        <span className="state-steps" aria-hidden="true">
          {steps.map((step, index) => (
            <i key={step.name.en} className={index < reached ? "is-past" : index === reached ? "is-here" : ""} />
          ))}
        </span>
      )}
      <span className="state-word">{say(stateNames[state])}</span>
    </span>
  );
}

/** Where a record stands on its way, in a sentence that is true. */
function syncText(t: Say, sync: SyncState, form: "short" | "long", now: number): string {
  switch (sync.state) {
    case "local":
      return t(`sync.local.${form}`);
    case "waiting":
      return sync.before > 0
        ? t(`sync.waiting.${form}`, { before: countText(sync.before) })
        : t(`sync.waiting_first.${form}`);
    case "sending":
      return t(`sync.sending.${form}`);
    case "confirmed":
      return t(`sync.confirmed.${form}`, { at: whenText(sync.at, now), no: sync.no });
    case "missing":
      return t(`sync.missing.${form}`);
    case "refused":
      return t(`sync.refused.${form}`, { reason: reasonText(sync.errorId) });
  }
}

/** The true sentence of a record; `short` for list columns, with the whole sentence on hover. */
export function SyncMark({ sync, short = false }: { sync: SyncState; short?: boolean }) {
  const t = useText();
  const now = useMinute();
  return (
    <span className={`sync sync-${sync.state}`} title={short ? syncText(t, sync, "long", now) : undefined}>
      <i className="sync-mark" aria-hidden="true" />
      <span className="sync-words">{syncText(t, sync, short ? "short" : "long", now)}</span>
    </span>
  );
}

/** Stands beside everything that is made up. */
export function Sample() {
  const t = useText();
  return (
    <span className="sample" title={t("parts.sample.about")}>
      {t("parts.sample")}
    </span>
  );
}

/** An event whose words are shown to few, and to each of them after opening it. */
export function Confidential() {
  const t = useText();
  return (
    <span className="tag" title={t("parts.confidential.about")}>
      {t("parts.confidential")}
    </span>
  );
}

/** An empty screen says what belongs here and how to begin. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <p className="empty-words">{children}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}

/** What happened, why, what to do now. */
export function ErrorNote({ error, again }: { error: Pick<DeskError, "id" | "params">; again?: () => void }) {
  const t = useText();
  return (
    <div className="error-note" role="alert">
      <span>{errorText(error)}</span>
      {again && (
        <button type="button" className="button" onClick={again}>
          {t("parts.again")}
        </button>
      )}
    </div>
  );
}
