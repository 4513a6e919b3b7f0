import { useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import type { DeskError } from "#shared/errors.ts";
import { denseWhen } from "./dense-when.ts";

const cardOf = (event: DutyEvent, tables: Tables | undefined) =>
  event.sop?.card ??
  (tables?.sops.rows ?? []).filter(({ category }) => category === event.category).sort((a, b) => a.no - b.no);
const tickedIn = (event: DutyEvent, text: string) => event.sop?.ticks.find(({ item, done }) => item === text && done);

/** What must be done for this category and has no tick yet. */
export const mustsLeft = (event: DutyEvent, tables: Tables | undefined): string[] =>
  cardOf(event, tables)
    .filter(({ text, must }) => must && !tickedIn(event, text))
    .map(({ text }) => text);

/** SP-1: what has to be done for this category, item by item; each tick says who and when. */
export function SopCard(props: {
  readonly event: DutyEvent;
  readonly tables: Tables | undefined;
  /** Letters work: the detail has the focus. */
  readonly keys: boolean;
  readonly backToDetail: () => void;
  readonly again: () => void;
}) {
  const t = useText();
  const { event, tables, backToDetail, again } = props;
  const { act, busy } = useAct("event.sop");
  const ticked = (event.sop?.ticks.length ?? 0) > 0;
  const officers = useDesk("session.officers", {}, { enabled: ticked }).data?.officers;
  const [error, setError] = useState<DeskError>();
  const list = useRef<HTMLUListElement>(null);
  const card = cardOf(event, tables);
  const open = isOpen(event.state);
  const first = () =>
    (list.current?.querySelector<HTMLElement>("input:not(:checked)") ?? list.current?.querySelector("input"))?.focus();
  useHotkey(hotkeys.event.sop, first, { when: props.keys && open && card.length > 0, label: t("queue.sop") });
  if (card.length === 0) return null;
  const tickOf = (text: string) => tickedIn(event, text);
  const done = card.filter(({ text }) => tickOf(text)).length;
  const set = async (item: string, checked: boolean) => {
    const outcome = await act({ id: event.id, item, done: checked });
    setError(outcome.ok ? undefined : outcome.error);
    if (!outcome.ok) again();
  };
  return (
    <section className="sop" aria-label={t("queue.sop")}>
      <h3 className="detail-part">
        {t("queue.sop")} <span className="soft figures">{t("queue.sop.progress", { done, all: card.length })}</span>{" "}
        {open && <Key name="1" />}
      </h3>
      {error && <ErrorNote error={error} />}
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Esc in an item is back at the event, as among the parties */}
      <ul
        ref={list}
        onKeyDown={(pressed) => {
          if (pressed.key !== "Escape") return;
          pressed.preventDefault();
          backToDetail();
        }}
      >
        {card.map(({ text, must }) => {
          const tick = tickOf(text);
          return (
            <li key={text} className={tick ? "is-done" : ""}>
              <label>
                <input
                  type="checkbox"
                  checked={tick !== undefined}
                  disabled={!open}
                  aria-disabled={busy || undefined}
                  onChange={(change) => void set(text, change.target.checked)}
                />
                <span>{text}</span>
                {must && !tick && <span className="sop-must">{t("queue.sop.must")}</span>}
              </label>
              {tick && (
                <span className="soft sop-who">
                  {officers?.find(({ id }) => id === tick.by)?.name ?? ""}{" "}
                  <span className="figures">{denseWhen(tick.at, tick.at)}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
