import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskNow } from "#shared/contract.ts";

/** Five figures that can be read from two metres; each opens its part of the queue. */
export function Counts({ counts }: { counts: DeskNow["counts"] }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const reported = useDesk("event.list", { view: "open", states: ["reported"], sort: "urgency", limit: 1 }).data;
  const gravest = { critical: "late", urgent: "urgent", normal: "" }[reported?.rows[0]?.level ?? "normal"];
  const figures = [
    { view: "late", word: "late", count: counts.late, tone: "late" },
    { view: "open", word: "reported", count: reported?.total ?? 0, tone: gravest },
    { view: "to_acknowledge", word: "to_acknowledge", count: counts.toAcknowledge, tone: "" },
    { view: "due_soon", word: "due_soon", count: counts.dueSoon, tone: "soon" },
    { view: "open", word: "open", count: counts.open, tone: "" },
  ] as const;
  return (
    <ul className="counts">
      {figures.map(({ view, word, count, tone }) => (
        <li key={word}>
          <button
            type="button"
            className={`count ${count > 0 && tone ? `is-${tone}` : ""}`}
            onClick={() => goTo("queue", { view, ...(word === "reported" ? { state: "reported" } : {}) })}
          >
            <span className="count-figure">{count}</span>
            <span className="count-word">{t(`desk.count.${word}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
