import { SyncMark, useMinute } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { logKindNames } from "#shared/domain/duty-log/duty-log.ts";
import { denseWhen } from "./dense-when.ts";

const actionOf = (entry: TimelineEntry) => eventActions.find((action) => action === entry.action);

/** What happened, newest first: at three in the morning the last word is the one that counts. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const t = useText();
  const now = useMinute();
  return (
    <ol className="timeline" aria-label={t("queue.timeline")}>
      {entries.toReversed().map((entry) => {
        const action = actionOf(entry);
        return (
          <li
            key={entry.id}
            className={entry.sync.state === "refused" ? "timeline-entry is-refused" : "timeline-entry"}
          >
            <time className="timeline-time figures" dateTime={new Date(entry.at).toISOString()}>
              {denseWhen(entry.at, now)}
            </time>
            <div className="timeline-words">
              <span className="timeline-kind">
                {say(action ? transitionOf(action).label : logKindNames[entry.kind])}
              </span>
              <span>{sentenceOf(say(entry.text), action ? say(transitionOf(action).label) : "")}</span>
              {entry.corrects && <span className="faint">{t("queue.timeline.corrects")}</span>}
            </div>
            <div className="timeline-foot">
              <span className="one-line">{entry.officerName}</span>
              <SyncMark sync={entry.sync} short />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The sentence without the action's name at its head, which already stands before it. */
export function sentenceOf(text: string, label: string): string {
  if (!label || !text.startsWith(label)) return text;
  return text.slice(label.length).replace(/^[：:。.，,\s]+/, "");
}
