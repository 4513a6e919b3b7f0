import { usePage } from "#renderer/app/store.ts";
import { Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

export type QueueTab = "events" | "tasks";

/** The queue by events or by the tasks of their parties; one key goes to the other. */
export function QueueTabs({ tab }: { tab: QueueTab }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const other = tab === "events" ? "tasks" : "events";
  const go = (to: QueueTab) => goTo("queue", to === "tasks" ? { tab: "tasks" } : {});
  useHotkey(hotkeys.queue.tabs, () => go(other), { label: t(`task.key.${other}`) });
  return (
    <span className="queue-tabs">
      {(["events", "tasks"] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={`queue-tab ${one === tab ? "is-on" : ""}`}
          aria-current={one === tab ? "page" : undefined}
          onClick={() => go(one)}
        >
          {t(`task.tab.${one}`)}
          {one !== tab && <Key name=";" />}
        </button>
      ))}
    </span>
  );
}
