import { SyncMark, useMinute } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import { dispatchStepNames, dispatchSteps } from "#shared/domain/duty-event/dispatch.ts";
import { taskActions, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { logKindNames } from "#shared/domain/duty-log/duty-log.ts";
import { denseWhen } from "./dense-when.ts";

/** What was done, by the event's table or by that of its tasks. */
function labelOf(entry: TimelineEntry) {
  const action = eventActions.find((one) => one === entry.action);
  const step = taskActions.find((one) => `task.${one}` === entry.action);
  const ofDistrict = (["dispatch", ...dispatchSteps] as const).find((one) => one === entry.action);
  if (action) return transitionOf(action).label;
  return step ? taskStepOf(step).label : ofDistrict && dispatchStepNames[ofDistrict];
}

/** What happened, newest first: at three in the morning the last word is the one that counts. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const t = useText();
  const now = useMinute();
  return (
    <ol className="timeline" aria-label={t("queue.timeline")}>
      {entries.toReversed().map((entry) => {
        const label = labelOf(entry);
        const sentence = sentenceOf(say(entry.text), label ? say(label) : "");
        return (
          <li
            key={entry.id}
            className={entry.sync.state === "refused" ? "timeline-entry is-refused" : "timeline-entry"}
          >
            <time className="timeline-time figures" dateTime={new Date(entry.at).toISOString()}>
              {denseWhen(entry.at, now)}
            </time>
            <div className="timeline-words">
              {sentence !== undefined && (
                <span className="timeline-kind">{say(label ?? logKindNames[entry.kind])}</span>
              )}
              <span>{sentence ?? say(entry.text)}</span>
              {entry.corrects && (
                <span className="faint">
                  {t(entry.kind === "instruction" ? "queue.timeline.answers" : "queue.timeline.corrects")}
                </span>
              )}
            </div>
            <div className="timeline-foot">
              <span className="one-line">
                {entry.officerName || (entry.officerId === "district" ? t("queue.whistle.district") : "")}
              </span>
              <SyncMark sync={entry.sync} short />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/**
 * The sentence without the action's name at its head, which already stands before it. `undefined`: the sentence begins
 * with a form of that name (`Assigned to …`) and stands better alone.
 */
export function sentenceOf(text: string, label: string): string | undefined {
  if (!label || !text.startsWith(label)) return text;
  const rest = text.slice(label.length);
  return /^[a-z]/i.test(rest) ? undefined : rest.replace(/^[：:。.，,\s]+/, "");
}
