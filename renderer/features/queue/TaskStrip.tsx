import "./tasks.css";
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ClockBar, ErrorNote, Key, useHotkey, useMinute } from "#renderer/parts/index.ts";
import { timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventDetail, Tables } from "#shared/contract.ts";
import { taskClock } from "#shared/domain/duty-event/clock.ts";
import { isTaskOpen, type Task, taskRoleNames } from "#shared/domain/duty-event/task.ts";
import { type TaskAction, type TaskGiven, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import type { DeskError } from "#shared/errors.ts";
import { denseWhen } from "./dense-when.ts";
import { TaskForm } from "./TaskForm.tsx";
import { TaskStateTag } from "./TaskStateTag.tsx";
import { stepsAtOnce } from "./task-fields.ts";

export interface TaskStripHandle {
  /** Chooses a party's line by its id; without, the first that is waited for. */
  focus(taskId?: string): void;
}

export interface TaskStripProps {
  readonly detail: EventDetail;
  readonly tables: Tables | undefined;
  /** Letters work: the detail has the focus and no other form is open. */
  readonly keys: boolean;
  readonly handle?: Ref<TaskStripHandle>;
  readonly backToDetail: () => void;
  readonly again: () => void;
}

/** One party a line: who, as what, where it stands, since when, its last word. Arrows or digits choose, a letter steps. */
export function TaskStrip({ detail, tables, keys, handle, backToDetail, again }: TaskStripProps) {
  const t = useText();
  const now = useMinute();
  const { event, taskActions } = detail;
  const frame = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  /** Its letters work: before that they are those of the event. */
  const [within, setWithin] = useState(false);
  const [form, setForm] = useState<{ taskId: string | null; action: TaskAction } | null>(null);
  const [error, setError] = useState<DeskError>();
  const { act, busy } = useAct("task.act");

  const toLine = (index: number) =>
    frame.current?.querySelectorAll<HTMLElement>("li")[Math.max(0, Math.min(event.tasks.length - 1, index))]?.focus();
  const waited = Math.max(
    0,
    event.tasks.findIndex((task) => isTaskOpen(task.state)),
  );
  const focus = (taskId?: string) =>
    toLine(taskId === undefined ? waited : event.tasks.findIndex(({ id }) => id === taskId));
  useImperativeHandle(handle, () => ({ focus }));
  useHotkey("i", () => focus(), { when: keys && event.tasks.length > 0, label: t("task.key.strip") });

  const send = async (taskId: string | null, action: TaskAction, given: TaskGiven) => {
    setError(undefined);
    const outcome = await act({ eventId: event.id, taskId, action, given });
    if (!outcome.ok) again();
    return outcome;
  };
  const take = async (task: Task | null, action: TaskAction, withForm: boolean) => {
    setError(undefined);
    if (withForm || !stepsAtOnce(action)) return setForm({ taskId: task?.id ?? null, action });
    const outcome = await send(task?.id ?? null, action, {});
    if (!outcome.ok) setError(outcome.error);
  };
  const closeForm = (taskId: string | null) => {
    setForm(null);
    if (taskId === null) backToDetail();
    else focus(taskId);
  };

  const onKey = (pressed: KeyboardEvent, task: Task, index: number) => {
    if (pressed.target !== pressed.currentTarget || pressed.ctrlKey || pressed.metaKey) return;
    const { key } = pressed;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: event.tasks.length - 1 }[key];
    const digit = /^[1-9]$/.test(key) ? Number(key) - 1 : undefined;
    const actions = taskActions[index] ?? [];
    const action = key === "Enter" ? actions[0] : actions.find((one) => taskStepOf(one).key === key.toLowerCase());
    if (to !== undefined) toLine(to);
    else if (digit !== undefined) toLine(digit);
    else if (key === "Escape") {
      setChosen(null);
      backToDetail();
    } else if (action && !busy) void take(task, action, pressed.altKey);
    else if (key === "g" && detail.mayGive) void take(null, "give", true);
    // A letter that this party has no step for is not one of the event behind it.
    else if (!/^[a-z]$/i.test(key)) return;
    pressed.preventDefault();
  };

  if (event.tasks.length === 0) return null;
  const finished = event.tasks.filter(({ state }) => state === "finished").length;
  const counted = event.tasks.filter(({ state }) => state !== "withdrawn" && state !== "declined").length;
  const openForm = form && (form.taskId !== null || detail.mayGive) ? form : null;
  const formOf = ({ taskId, action }: { taskId: string | null; action: TaskAction }, task: Task | undefined) =>
    tables && (
      <TaskForm
        key={action}
        event={event}
        task={task}
        action={action}
        tables={tables}
        send={(given) => send(taskId, action, given)}
        onClose={() => closeForm(taskId)}
      />
    );
  return (
    <section className="tasks" aria-label={t("task.strip")}>
      <header className="tasks-head">
        <h3 className="tasks-title">{t("task.strip")}</h3>
        <span className="soft figures">{t("task.strip.done", { done: finished, all: counted })}</span>
        {detail.suggested === "feedback" && <span className="tasks-suggest">{t("task.suggest.feedback")}</span>}
        <span className="tasks-tools">
          <span className="faint">
            <Key name="i" /> {t("task.strip.how")}
          </span>
          {detail.mayGive && (
            <Button className="button-small" onPress={() => void take(null, "give", true)} disabled={busy}>
              {say(taskStepOf("give").label)}… {within && <Key name="g" />}
            </Button>
          )}
        </span>
      </header>
      <ul
        ref={frame}
        className="tasks-lines"
        onFocus={() => setWithin(true)}
        onBlur={({ currentTarget, relatedTarget }) => setWithin(currentTarget.contains(relatedTarget))}
      >
        {event.tasks.map((task, index) => (
          // biome-ignore lint/a11y/noNoninteractiveElementInteractions: a line holds the keys of its party
          <li
            key={task.id}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the line is chosen by arrows and digits, its buttons follow
            tabIndex={index === waited ? 0 : -1}
            className={`task-line ${isTaskOpen(task.state) ? "" : "is-ended"} ${chosen === task.id ? "is-chosen" : ""}`}
            onFocus={() => setChosen(task.id)}
            onKeyDown={(pressed) => onKey(pressed, task, index)}
          >
            <div className="task-row">
              <span className="task-digit figures faint" aria-hidden="true">
                {index < 9 ? index + 1 : ""}
              </span>
              <span className={`task-role ${task.role === "lead" ? "is-lead" : ""}`}>
                {say(taskRoleNames[task.role])}
              </span>
              <span className="task-party one-line" title={task.party.name}>
                {task.party.name}
              </span>
              <TaskStateTag state={task.state} />
              {isTaskOpen(task.state) ? (
                <span className="task-clock" title={t("task.since", { at: denseWhen(sinceOf(task), now) })}>
                  <ClockBar clock={taskClock(event, task)} />
                </span>
              ) : (
                <span className="task-clock figures soft">{denseWhen(sinceOf(task), now)}</span>
              )}
              <span className="task-word one-line" title={wordOf(task)}>
                {wordOf(task)}
              </span>
            </div>
            {openForm?.taskId === task.id && formOf(openForm, task)}
            {chosen === task.id && openForm?.taskId !== task.id && (
              <TaskSteps
                task={task}
                actions={taskActions[index] ?? []}
                busy={busy}
                onTake={(action, withForm) => void take(task, action, withForm)}
              />
            )}
          </li>
        ))}
      </ul>
      {error && <ErrorNote error={error} />}
      {openForm?.taskId === null && formOf(openForm, undefined)}
    </section>
  );
}

/** The steps of the chosen party with their keys, and the last call with it. */
function TaskSteps(props: {
  readonly task: Task;
  readonly actions: readonly TaskAction[];
  readonly busy: boolean;
  readonly onTake: (action: TaskAction, withForm: boolean) => void;
}) {
  const t = useText();
  const { task, actions } = props;
  const call = task.steps.findLast((step) => step.call !== null)?.call;
  return (
    <div className="task-steps">
      {task.ask && <p className="task-ask soft">{t("task.asked", { text: task.ask })}</p>}
      {actions.length === 0 && <span className="faint">{t("task.steps.none")}</span>}
      {actions.map((action, index) => {
        const row = taskStepOf(action);
        return (
          <button
            key={action}
            type="button"
            tabIndex={-1}
            className={`button button-small button-${index === 0 && row.tone === "next" ? "next" : "plain"}`}
            disabled={props.busy}
            aria-keyshortcuts={row.key}
            onClick={() => props.onTake(action, false)}
          >
            <span className="button-words">{stepsAtOnce(action) ? say(row.label) : `${say(row.label)}…`}</span>
            <Key name={row.key} />
          </button>
        );
      })}
      {call && (
        <span className="task-call soft">
          {t("task.call.last", { at: timeText(call.at), whom: [call.person, call.phone].filter(Boolean).join(" ") })}
        </span>
      )}
    </div>
  );
}

/** When the task came to where it stands. */
const sinceOf = (task: Task): number => task.steps.at(-1)?.at ?? task.givenAt;

/** The party's last word; a reason where one ended it. */
const wordOf = (task: Task): string =>
  (task.state === "declined" || task.state === "withdrawn" ? task.reason : "") || task.feedback;
