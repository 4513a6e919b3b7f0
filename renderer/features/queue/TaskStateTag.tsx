import { say } from "#renderer/text/text.ts";
import { type TaskState, taskStateNames } from "#shared/domain/duty-event/task.ts";

const shapes: Readonly<Record<TaskState, string>> = {
  given: "○",
  acknowledged: "◔",
  arrived: "◑",
  reported: "◕",
  finished: "●",
  declined: "✕",
  withdrawn: "–",
};

/** Where a party stands: a disc that fills, and the word. Only what needs a person stands out. */
export function TaskStateTag({ state }: { state: TaskState }) {
  return (
    <span className={`task-state is-${state}`}>
      <span aria-hidden="true">{shapes[state]}</span> {say(taskStateNames[state])}
    </span>
  );
}
