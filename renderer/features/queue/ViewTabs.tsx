import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useHotkey, useWithin } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { type EventView, eventViews, type OwnView } from "#shared/contract.ts";

/** A ready view by its name, an officer's own by its id. */
export type Chosen = string;

/** Views whose count needs a person: red when anything stands there, yellow when it soon will. */
const news: Partial<Record<EventView, "late" | "soon">> = { late: "late", due_soon: "soon" };
/** The last ready views that look back; an officer's own stand before them. */
const lookingBack: readonly EventView[] = ["today", "closed", "all"];

export const chosenOf = (own: readonly OwnView[]): Chosen[] => [
  ...eventViews.filter((view) => !lookingBack.includes(view)),
  ...own.map(({ id }) => id),
  ...lookingBack,
];

/** Views with how many stand in each. Left and right move between them, `[` and `]` do so from anywhere; digits go to the first nine while no event has the hand. */
export function ViewTabs(props: {
  readonly chosen: Chosen;
  readonly own: readonly OwnView[];
  /** The event beside the list: while it has the hand, digits are its own. */
  readonly event: RefObject<HTMLElement | null>;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const t = useText();
  const { chosen, own, onChoose } = props;
  // Asked here and not by the place, which would draw its whole list anew with each step into the event.
  const keys = !useWithin(props.event);
  const frame = useRef<HTMLDivElement>(null);
  const all = chosenOf(own);
  const tally = useDesk("event.tally", {}, { everyMs: 30_000, unhurried: true }).data;
  const beside = (step: number) => {
    const next = all[(all.indexOf(chosen) + step + all.length) % all.length] ?? chosen;
    onChoose(next);
    return next;
  };
  useHotkey(hotkeys.queue.viewBefore, () => void beside(-1), { label: t("queue.key.view_before") });
  useHotkey(hotkeys.queue.viewAfter, () => void beside(1), { label: t("queue.key.view_after") });
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = beside(step);
    frame.current?.querySelectorAll<HTMLElement>('[role="tab"]')[all.indexOf(next)]?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another is chosen, it comes into sight
  useEffect(() => {
    frame.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [chosen, all.length]);
  const wordsOf = (one: Chosen) => own.find(({ id }) => id === one)?.name ?? t(`queue.view.${one as EventView}`);
  return (
    <div className="views-frame">
      <div ref={frame} className="views" role="tablist" aria-label={t("queue.views")} onKeyDown={onKey}>
        {all.map((one, at) => {
          const mine = own.find(({ id }) => id === one);
          const count = mine ? tally?.own[one] : tally?.views[one as EventView];
          return (
            <ViewTab
              key={one}
              words={wordsOf(one)}
              own={mine !== undefined}
              count={count}
              tone={count?.total && !mine ? (news[one as EventView] ?? "") : ""}
              digit={hotkeys.list.views[at] ?? ""}
              keys={keys}
              on={one === chosen}
              onChoose={() => onChoose(one)}
            />
          );
        })}
      </div>
      <select
        className="views-all"
        aria-label={t("queue.views.all")}
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
      >
        {all.map((one) => (
          <option key={one} value={one}>
            {wordsOf(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

function ViewTab(props: {
  readonly words: string;
  readonly own: boolean;
  readonly count: { readonly total: number; readonly more: boolean } | undefined;
  readonly tone: string;
  readonly digit: string;
  readonly keys: boolean;
  readonly on: boolean;
  readonly onChoose: () => void;
}) {
  const t = useText();
  const { words, count, tone, digit, on } = props;
  useHotkey(digit, props.onChoose, { when: props.keys && digit !== "", label: t("queue.key.view", { view: words }) });
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      aria-controls="queue-list"
      aria-keyshortcuts={digit || undefined}
      tabIndex={on ? 0 : -1}
      className={`view ${on ? "is-on" : ""} ${props.own ? "is-own" : ""}`}
      title={digit ? t("queue.view.key", { view: words, key: digit }) : words}
      onClick={props.onChoose}
    >
      {words}
      <span className={`view-count figures ${tone && `is-${tone}`}`}>
        {count ? `${countText(count.total)}${count.more ? "+" : ""}` : ""}
      </span>
    </button>
  );
}
