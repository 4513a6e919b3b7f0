import { useLayoutEffect, useRef, useState } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { deskTime, ErrorNote, useHotkey, useMinute } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { isTaskOpen, type Task } from "#shared/domain/duty-event/task.ts";
import { type TaskAction, type TaskGiven, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { CallFields } from "./CallFields.tsx";
import { Combobox } from "./Combobox.tsx";
import { FormFoot } from "./FormFoot.tsx";
import { Labelled } from "./Labelled.tsx";
import { partyKey, partyOptions } from "./PartyChips.tsx";
import {
  type EnteredStep,
  givenOfStep,
  prefillStep,
  problemsOfStep,
  readStepDraft,
  type StepProblem,
  stepDraftKey,
} from "./task-fields.ts";

export interface TaskFormProps {
  readonly event: DutyEvent;
  /** Without: a party gets a task. */
  readonly task: Task | undefined;
  readonly action: TaskAction;
  readonly tables: Tables;
  readonly send: (given: TaskGiven) => Promise<Result<unknown, DeskError>>;
  readonly onClose: () => void;
}

/** The fields of one step of a party, drawn from its row. Ctrl+Enter confirms; Esc closes and keeps the words. */
export function TaskForm(props: TaskFormProps) {
  const draft = useDraft(stepDraftKey(props.event.id, props.task?.id ?? null, props.action));
  return draft.kept === undefined ? null : <OpenForm {...props} draft={draft} />;
}

/** The control in which a problem is mended. */
const firstOf = (problem: StepProblem | undefined): string =>
  problem === "time"
    ? ".call-time"
    : problem === "call"
      ? ".call-line input"
      : `[data-field="${problem}"] :is(input, textarea)`;

function OpenForm({
  event,
  task,
  action,
  tables,
  send,
  onClose,
  draft,
}: TaskFormProps & { readonly draft: ReturnType<typeof useDraft> }) {
  const t = useText();
  const now = useMinute();
  const row = taskStepOf(action);
  const [start] = useState(() => {
    const fresh = prefillStep(action, task);
    const kept = readStepDraft(draft.kept ?? null, fresh);
    return { entered: kept ?? fresh, restored: kept !== null };
  });
  const [entered, setEntered] = useState<EnteredStep>(start.entered);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);
  const problems = problemsOfStep(action, entered, now);
  const wrong = (name: StepProblem) => (tried && problems.includes(name)) || error?.field === name;
  useLayoutEffect(() => {
    form.current?.scrollIntoView?.({ block: "nearest" });
    const written =
      form.current?.querySelectorAll<HTMLInputElement>("input:not([type=radio], .figures), textarea") ?? [];
    ([...written].find(({ value }) => value === "") ?? written[0])?.focus();
  }, []);

  const set = (change: Partial<EnteredStep>) => {
    const next = { ...entered, ...change };
    setEntered(next);
    setAsked(false);
    setError(undefined);
    draft.keep(JSON.stringify(next));
  };
  const confirm = async () => {
    if (busy) return;
    setTried(true);
    if (problems.length > 0) {
      form.current?.querySelector<HTMLElement>(firstOf(problems[0]))?.focus();
      return;
    }
    if (row.tone === "grave" && !asked) return setAsked(true);
    setBusy(true);
    const outcome = await send(givenOfStep(action, entered, deskTime()));
    setBusy(false);
    if (!outcome.ok) return setError(outcome.error);
    draft.drop();
    onClose();
  };
  useHotkey(backKey, () => (asked ? setAsked(false) : onClose()));

  const label = say(row.label);
  const busyWith = event.tasks.filter((one) => isTaskOpen(one.state) && one.id !== task?.id);
  const parties = tables.parties.rows.filter(
    (party) =>
      !(task && partyKey(party) === partyKey(task.party)) &&
      !busyWith.some((one) => partyKey(one.party) === partyKey(party) && task?.role !== "lead"),
  );
  return (
    <form ref={form} className="action-form" aria-label={label} onSubmit={(submit) => submit.preventDefault()}>
      <p className="action-form-title">
        {task ? t("task.form", { party: task.party.name, action: label }) : label}
        {start.restored && <span className="faint">{t("queue.draft.restored")}</span>}
      </p>
      {row.fields.map(({ name, required, label: words }) => (
        <div key={name} className="task-field" data-field={name}>
          {name === "call" ? (
            <CallFields
              entered={entered}
              required={required}
              badTime={wrong("time")}
              blank={wrong("call")}
              now={now}
              set={set}
            />
          ) : (
            <Labelled
              label={t(`task.field.${name}`)}
              required={required}
              problem={
                wrong(name)
                  ? t(`queue.problem.${name === "party" ? "choose" : "required"}`, { field: say(words) })
                  : undefined
              }
              wide={name === "text"}
            >
              {({ id, describedBy }) =>
                name === "party" ? (
                  <Combobox
                    id={id}
                    describedBy={describedBy}
                    invalid={wrong("party")}
                    required={required}
                    options={partyOptions(parties)}
                    value={entered.party ? partyKey(entered.party) : ""}
                    onChange={(key) => set({ party: parties.find((party) => partyKey(party) === key) ?? null })}
                    placeholder={t("queue.find_by")}
                  />
                ) : (
                  <textarea
                    id={id}
                    className="input"
                    rows={2}
                    maxLength={2000}
                    placeholder={say(words)}
                    aria-describedby={describedBy}
                    aria-invalid={wrong("text") || undefined}
                    aria-required={required || undefined}
                    value={entered.text}
                    onChange={(change) => set({ text: change.target.value })}
                  />
                )
              }
            </Labelled>
          )}
        </div>
      ))}
      {error && <ErrorNote error={error} />}
      {asked && (
        <p className="action-form-ask" role="alert">
          {t("task.grave.ask", { action: label, party: task?.party.name ?? "" })}
        </p>
      )}
      <FormFoot
        label={label}
        grave={row.tone === "grave"}
        asked={asked}
        busy={busy}
        hint={t("queue.form.kept")}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </form>
  );
}
