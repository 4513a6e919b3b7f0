import "./tasks.css";
import { type KeyboardEvent, type Ref, type RefObject, useImperativeHandle, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ClockBar, ErrorNote, Key, useHotkey, useMinute } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventDetail, Tables } from "#shared/contract.ts";
import { isTaskGivenUp, taskClock } from "#shared/domain/duty-event/clock.ts";
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
  /** The keys of the event work, and with them the one that leads here. */
  readonly keys: boolean;
  readonly frame: RefObject<HTMLElement | null>;
  /** The focus is here: keys are those of the parties. */
  readonly within: boolean;
  readonly handle?: Ref<TaskStripHandle>;
  readonly backToDetail: () => void;
  readonly again: () => void;
}

/** One party a line: who, as what, where it stands, since when, its last word. Arrows or digits choose, a letter steps. */
export function TaskStrip(props: TaskStripProps) {
  const t = useText();
  const now = useMinute();
  const { detail, tables, keys, frame, handle, backToDetail, again } = props;
  const { event, taskActions } = detail;
  const [chosen, setChosen] = useState<string | null>(null);
  const [form, setForm] = useState<{ taskId: string | null; action: TaskAction } | null>(null);
  const [error, setError] = useState<DeskError>();
  const { act, busy } = useAct("task.act");

  const toLine = (index: number) =>
    frame.current
      ?.querySelectorAll<HTMLElement>(".task-line")
      [Math.max(0, Math.min(event.tasks.length - 1, index))]?.focus();
  const waited = Math.max(
    0,
    event.tasks.findIndex((task) => isTaskOpen(task.state)),
  );
  const focus = (taskId?: string) =>
    toLine(taskId === undefined ? waited : event.tasks.findIndex(({ id }) => id === taskId));
  useImperativeHandle(handle, () => ({ focus }));
  useHotkey(hotkeys.event.parties, () => focus(), { when: keys && event.tasks.length > 0, label: t("task.key.strip") });

  const openForm = form && (form.taskId !== null || detail.mayGive) ? form : null;
  /** Digits and letters are those of the parties. */
  const within = props.within && openForm === null;
  const give = taskStepOf("give");
  useHotkey(hotkeys.party.give, () => void take(null, "give", true), {
    when: within && detail.mayGive && !busy,
    label: say(give.label),
  });

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
    if (pressed.target !== pressed.currentTarget || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const { key } = pressed;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: event.tasks.length - 1 }[key];
    const action = key === "Enter" ? taskActions[index]?.[0] : undefined;
    if (to !== undefined) toLine(to);
    else if (key === "Escape") {
      setChosen(null);
      backToDetail();
    } else if (action && !busy) void take(task, action, false);
    else return;
    pressed.preventDefault();
  };

  if (event.tasks.length === 0) return null;
  const finished = event.tasks.filter(({ state }) => state === "finished").length;
  const counted = event.tasks.filter(({ state }) => state !== "withdrawn" && state !== "declined").length;
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
    <section ref={frame} className="tasks" aria-label={t("task.strip")}>
      <header className="tasks-head">
        <h3 className="tasks-title">{t("task.strip")}</h3>
        {counted > 0 && <span className="soft figures">{t("task.strip.done", { done: finished, all: counted })}</span>}
        {detail.suggested === "feedback" && <span className="tasks-suggest">{t("task.suggest.feedback")}</span>}
        <span className="tasks-tools">
          <span className="faint">
            <Key name="i" /> {t("task.strip.how")}
          </span>
          {detail.mayGive && (
            <Button className="button-small" onPress={() => void take(null, "give", true)} disabled={busy}>
              {say(give.label)}… {within && <Key name={hotkeys.party.give} />}
            </Button>
          )}
        </span>
      </header>
      <ul className="tasks-lines">
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
            <PartyKey
              name={hotkeys.party.choose[index]}
              when={within}
              label={t("task.key.party_line", { party: task.party.name })}
              run={() => toLine(index)}
            />
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
                  <ClockBar clock={taskClock(event, task)} givenUp={isTaskGivenUp(event, task)} />
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
                keys={within}
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
  readonly keys: boolean;
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
      {actions.map((action, index) => (
        <StepButton
          key={action}
          action={action}
          first={index === 0}
          keys={props.keys && !props.busy}
          busy={props.busy}
          onTake={props.onTake}
        />
      ))}
      {call && (
        <span className="task-call soft">
          {t("task.call.last", { at: timeText(call.at), whom: [call.person, call.phone].filter(Boolean).join(" ") })}
        </span>
      )}
    </div>
  );
}

function StepButton(props: {
  readonly action: TaskAction;
  readonly first: boolean;
  readonly keys: boolean;
  readonly busy: boolean;
  readonly onTake: (action: TaskAction, withForm: boolean) => void;
}) {
  const { action, onTake } = props;
  const row = taskStepOf(action);
  const atOnce = stepsAtOnce(action);
  useHotkey(row.key, () => onTake(action, false), { when: props.keys, label: say(row.label) });
  useHotkey(`Alt+${row.key}`, () => onTake(action, true), { when: props.keys && atOnce });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`button button-small button-${props.first && row.tone === "next" ? "next" : "plain"}`}
      disabled={props.busy}
      aria-keyshortcuts={row.key}
      onClick={() => onTake(action, false)}
    >
      <span className="button-words">{atOnce ? say(row.label) : `${say(row.label)}…`}</span>
      <Key name={row.key} />
    </button>
  );
}

/** The digit of a party's line. */
function PartyKey(props: {
  readonly name: string | undefined;
  readonly when: boolean;
  readonly label: string;
  readonly run: () => void;
}) {
  const { name, label } = props;
  useHotkey(name ?? "", props.run, { when: props.when && name !== undefined, label });
  return null;
}

/** When the task came to where it stands. */
const sinceOf = (task: Task): number => task.steps.at(-1)?.at ?? task.givenAt;

/** The party's last word; a reason where one ended it. */
const wordOf = (task: Task): string =>
  (task.state === "declined" || task.state === "withdrawn" ? task.reason : "") || task.feedback;
