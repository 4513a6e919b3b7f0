import { useState } from "react";
import { Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type EventAction, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { actsAtOnce } from "./action-fields.ts";

export type Taken = Exclude<EventAction, "report">;
export const isTaken = (action: EventAction): action is Taken => action !== "report";

/** The usual steps first; the one that moves the event on stands at the head and is the only strong one. */
export function inOrder(actions: readonly EventAction[], event: Pick<DutyEvent, "state">): Taken[] {
  const rank = (action: EventAction) => {
    const row = transitionOf(action);
    if (row.tone !== "next") return ["side", "rare", "grave"].indexOf(row.tone) + 3;
    if (action === "close" && event.state !== "verified") return 2;
    return row.moves[event.state] === event.state ? 1 : 0;
  };
  return actions.filter(isTaken).sort((a, b) => rank(a) - rank(b));
}

/** Whether an action stands under 更多: it is rare, and nothing calls for it now. */
const isAside = (action: Taken, event: DutyEvent): boolean => {
  const { tone, forward } = transitionOf(action);
  return tone === "rare" && !forward?.(event);
};

/** What can be done beside the actions of the table: ask a leader, print. */
export interface Extra {
  readonly key: string;
  readonly label: string;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

export interface ActionBarProps {
  readonly event: DutyEvent;
  readonly actions: readonly EventAction[];
  /** The action whose form is open. */
  readonly open: Taken | null;
  /** Letters work: the detail has the focus. */
  readonly keys: boolean;
  readonly busy: boolean;
  readonly onTake: (action: Taken, how: "at_once" | "form") => void;
  readonly extras: readonly Extra[];
}

/** Buttons straight from the table of transitions, with their keys. What is rare waits under 更多; its keys work all the same. */
export function ActionBar({ event, actions, open, keys, busy, onTake, extras }: ActionBarProps) {
  const t = useText();
  const [isMore, setMore] = useState(false);
  const ordered = inOrder(actions, event);
  const usual = ordered.filter((action) => !isAside(action, event));
  const aside = ordered.filter((action) => isAside(action, event));
  useHotkey(hotkeys.event.more, () => setMore(!isMore), { when: keys, label: t("queue.actions.more") });
  const button = (action: Taken, index: number) => (
    <ActionButton
      key={action}
      action={action}
      atOnce={actsAtOnce(action, event)}
      first={index === 0 && transitionOf(action).tone === "next"}
      isOpen={open === action}
      keys={keys}
      busy={busy}
      onTake={onTake}
    />
  );
  return (
    <>
      <div className="actions" role="toolbar" aria-label={t("queue.actions")}>
        {usual.length === 0 && <p className="actions-none faint">{t("queue.actions.none")}</p>}
        {usual.map(button)}
        <button
          type="button"
          className={`button button-quiet action-rest${isMore ? " is-open" : ""}`}
          aria-expanded={isMore}
          aria-keyshortcuts="="
          onClick={() => setMore(!isMore)}
        >
          <span className="button-words">{t("queue.actions.more")}</span>
          <Key name="=" />
        </button>
      </div>
      <div className="actions actions-aside" role="toolbar" aria-label={t("queue.actions.more")} hidden={!isMore}>
        {aside.map((action) => button(action, 1))}
        {extras.map((extra) => (
          <ExtraButton key={extra.key} extra={extra} keys={keys} busy={busy} />
        ))}
      </div>
    </>
  );
}

function ExtraButton({ extra, keys, busy }: { readonly extra: Extra; readonly keys: boolean; readonly busy: boolean }) {
  useHotkey(extra.key, extra.onPress, { when: keys && !busy, label: extra.label });
  return (
    <span className="action">
      <button
        type="button"
        className={`button button-plain${extra.isOpen ? " is-open" : ""}`}
        disabled={busy}
        aria-keyshortcuts={extra.key}
        aria-expanded={extra.isOpen}
        onClick={extra.onPress}
      >
        <span className="button-words">{extra.label}…</span>
        <Key name={extra.key} />
      </button>
    </span>
  );
}

function ActionButton(props: {
  readonly action: Taken;
  readonly atOnce: boolean;
  readonly first: boolean;
  readonly isOpen: boolean;
  readonly keys: boolean;
  readonly busy: boolean;
  readonly onTake: ActionBarProps["onTake"];
}) {
  const t = useText();
  const { action, atOnce, isOpen, busy, onTake } = props;
  const row = transitionOf(action);
  const label = say(row.label);
  const take = () => onTake(action, atOnce ? "at_once" : "form");
  const takeWithWords = () => onTake(action, "form");
  useHotkey(row.key, take, { when: props.keys && !busy, label });
  useHotkey(`Alt+${row.key}`, takeWithWords, { when: props.keys && !busy && atOnce });
  // Grave is red only where it is about to happen: in its form.
  const tone = props.first ? "next" : "plain";
  const kind = atOnce ? "is-split" : row.tone === "grave" ? "is-grave" : "";
  return (
    <span className={`action ${kind}`}>
      <button
        type="button"
        className={`button button-${tone}${isOpen ? " is-open" : ""}`}
        disabled={busy}
        aria-keyshortcuts={row.key}
        aria-expanded={atOnce ? undefined : isOpen}
        onClick={take}
      >
        <span className="button-words">{atOnce ? label : `${label}…`}</span>
        <Key name={row.key} />
      </button>
      {atOnce && (
        <button
          type="button"
          className={`button button-${tone} action-more`}
          disabled={busy}
          title={t("queue.actions.with_words_key", { action: label, key: `Alt+${row.key.toUpperCase()}` })}
          aria-label={t("queue.actions.with_words", { action: label })}
          aria-keyshortcuts={`Alt+${row.key}`}
          aria-expanded={isOpen}
          onClick={takeWithWords}
        >
          …
        </button>
      )}
    </span>
  );
}
