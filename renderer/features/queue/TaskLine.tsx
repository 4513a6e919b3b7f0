import { ClockBar, Confidential, LevelMark, Sample, useMinute } from "#renderer/parts/index.ts";
import { shortNumber, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TaskRow } from "#shared/contract.ts";
import { isTaskGivenUp } from "#shared/domain/duty-event/clock.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { isTaskOpen, taskRoleNames } from "#shared/domain/duty-event/task.ts";
import { denseWhen } from "./dense-when.ts";
import { TaskStateTag } from "./TaskStateTag.tsx";

const columns = ["level", "clock", "party", "state", "title", "number", "given"] as const;

export function TaskLineHead() {
  const t = useText();
  return (
    <div className="task-list-line" aria-hidden="true">
      {columns.map((column) => (
        <span key={column} className={`at-${column}`}>
          {t(`task.column.${column}`)}
        </span>
      ))}
    </div>
  );
}

/** One task as one line: how late, who, where it stands, of what event. */
export function TaskLine({ row }: { row: TaskRow }) {
  const now = useMinute();
  const { task, event } = row;
  return (
    <div className="task-list-line">
      <span className="at-level">
        <LevelMark level={event.level} />
      </span>
      <span className="at-clock">
        <ClockBar clock={row.clock} givenUp={isTaskGivenUp(event, task)} />
      </span>
      <span className="at-party">
        <span className="task-role">{say(taskRoleNames[task.role])}</span>
        <span className="one-line" title={task.party.name}>
          {task.party.name}
        </span>
      </span>
      <span className="at-state">
        {event.state === "merged" && isTaskOpen(task.state) ? (
          <span className="soft">{say(stateNames.merged)}</span>
        ) : (
          <TaskStateTag state={task.state} />
        )}
      </span>
      <span className="at-title">
        <span className="one-line" title={titleText(event.title)}>
          {titleText(event.title)}
        </span>
        {event.confidential && <Confidential />}
        {event.sample && <Sample />}
      </span>
      <span className="at-number figures one-line soft">{shortNumber(event.number)}</span>
      <span className="at-given figures soft">{denseWhen(task.givenAt, now)}</span>
    </div>
  );
}
