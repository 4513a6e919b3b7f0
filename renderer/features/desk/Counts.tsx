import { usePage } from "#renderer/app/store.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskNow } from "#shared/contract.ts";

/** Four figures that can be read from two metres; each opens its part of the queue. */
export function Counts({ counts }: { counts: DeskNow["counts"] }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const figures = [
    { view: "late", count: counts.late, tone: "late" },
    { view: "to_acknowledge", count: counts.toAcknowledge, tone: "" },
    { view: "due_soon", count: counts.dueSoon, tone: "soon" },
    { view: "open", count: counts.open, tone: "" },
  ] as const;
  return (
    <ul className="counts">
      {figures.map(({ view, count, tone }) => (
        <li key={view}>
          <button
            type="button"
            className={`count ${count > 0 && tone ? `is-${tone}` : ""}`}
            onClick={() => goTo("queue", { view })}
          >
            <span className="count-figure">{count}</span>
            <span className="count-word">{t(`desk.count.${view}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
