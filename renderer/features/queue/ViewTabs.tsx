import { type KeyboardEvent, useRef } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { eventViews } from "#shared/contract.ts";

export type View = (typeof eventViews)[number];

/** Views whose count needs a person: red when anything stands there, yellow when it soon will. */
const news: Partial<Record<View, "late" | "soon">> = { late: "late", due_soon: "soon" };

/** Saved views with how many stand in each. Left and right move between them. */
export function ViewTabs({ view, onView }: { view: View; onView: (view: View) => void }) {
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (eventViews.indexOf(view) + step + eventViews.length) % eventViews.length;
    onView(eventViews[next] ?? view);
    frame.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div ref={frame} className="views" role="tablist" aria-label={t("queue.views")} onKeyDown={onKey}>
      {eventViews.map((one) => (
        <ViewTab key={one} view={one} on={one === view} onView={onView} />
      ))}
    </div>
  );
}

function ViewTab({ view, on, onView }: { view: View; on: boolean; onView: (view: View) => void }) {
  const t = useText();
  const { data } = useDesk("event.list", { view, limit: 1 }, { everyMs: 30_000 });
  const total = data?.total;
  const tone = total ? (news[view] ?? "") : "";
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      aria-controls="queue-list"
      tabIndex={on ? 0 : -1}
      className={`view ${on ? "is-on" : ""}`}
      onClick={() => onView(view)}
    >
      {t(`queue.view.${view}`)}
      <span className={`view-count figures ${tone && `is-${tone}`}`}>
        {total === undefined ? "" : countText(total)}
      </span>
    </button>
  );
}
