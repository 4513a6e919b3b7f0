import { useLayoutEffect, useRef, useState } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { ErrorNote, useHotkey } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { withdrawnBy } from "#shared/domain/duty-event/task-debts.ts";
import { type EventAction, type FieldName, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { ActionField } from "./ActionFields.tsx";
import {
  criteriaOf,
  draftKeyOf,
  type Entered,
  prefill,
  propose,
  readDraft,
  scoresBy,
  toGiven,
  writeDraft,
} from "./action-fields.ts";
import { type Problem, problemsOf } from "./action-problems.ts";
import { FormFoot } from "./FormFoot.tsx";
import { mustsLeft } from "./SopCard.tsx";

export interface ActionFormProps {
  readonly event: DutyEvent;
  readonly action: Exclude<EventAction, "report">;
  readonly tables: Tables;
  readonly send: (given: Record<string, unknown>) => Promise<Result<unknown, DeskError>>;
  readonly onClose: (how: "done" | "kept") => void;
}

/** The fields of one action, drawn from its row of the transition table. Ctrl+Enter confirms; Esc closes and keeps the words. */
export function ActionForm(props: ActionFormProps) {
  const draft = useDraft(draftKeyOf(props.event.id, props.action));
  // The form opens when it is known what was kept, so that nothing typed is laid over.
  return draft.kept === undefined ? null : <OpenForm {...props} draft={draft} />;
}

function OpenForm({
  event,
  action,
  tables,
  send,
  onClose,
  draft,
}: ActionFormProps & { readonly draft: ReturnType<typeof useDraft> }) {
  const t = useText();
  const row = transitionOf(action);
  const [start] = useState(() => {
    const fresh = prefill(action, event, tables.categories.rows);
    const kept = readDraft(draft.kept ?? null, fresh);
    const entered = kept ? { ...kept.entered, scores: scoresBy(criteriaOf(tables), kept.entered.scores) } : fresh;
    return { entered, touched: kept?.touched ?? new Set<FieldName>(), restored: kept !== null };
  });
  const [entered, setEntered] = useState<Entered>(start.entered);
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(start.touched);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<DeskError>();
  const form = useRef<HTMLFormElement>(null);

  const criteria = criteriaOf(tables);
  const problems = problemsOf(action, entered, event, criteria);
  const refused = (error?.field ?? "").split(".")[0];
  const problemAt = (name: FieldName): Problem | undefined => {
    if (tried && problems[name]) return problems[name];
    return refused === name ? "required" : undefined;
  };

  const focusOn = (index: number) => {
    const rows = form.current?.querySelectorAll(".ask-row");
    const at = rows?.[Math.max(0, index)];
    const field =
      at?.querySelector<HTMLElement>("input:checked, .is-lacking") ?? at?.querySelector<HTMLElement>("input, textarea");
    field?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens, at the first field to fill
  useLayoutEffect(() => focusOn(row.fields.findIndex((field) => field.name in problems)), []);

  const set = (name: FieldName, value: Entered[FieldName]) => {
    const nextTouched = new Set(touched).add(name);
    let next = { ...entered, [name]: value } as Entered;
    if (action === "assess" && (name === "category" || name === "level"))
      next = propose(next, nextTouched, tables.categories.rows);
    setEntered(next);
    setTouched(nextTouched);
    setAsked(false);
    setError(undefined);
    draft.keep(writeDraft(next, nextTouched));
  };

  const confirm = async () => {
    if (busy) return;
    setTried(true);
    const wrong = row.fields.findIndex((field) => field.name in problems);
    if (wrong >= 0) return focusOn(wrong);
    if (row.tone === "grave" && !asked) return setAsked(true);
    setBusy(true);
    const outcome = await send(toGiven(action, entered));
    setBusy(false);
    if (!outcome.ok) return setError(outcome.error);
    draft.drop();
    onClose("done");
  };
  const leave = () => onClose("kept");
  useHotkey(backKey, () => (asked ? setAsked(false) : leave()));

  const label = say(row.label);
  const left = withdrawnBy(event, action);
  const musts = action === "close" ? mustsLeft(event, tables) : [];
  return (
    <form
      ref={form}
      className="action-form"
      aria-label={label}
      onSubmit={(submit) => {
        submit.preventDefault();
      }}
    >
      <p className="action-form-title">
        {label}
        {start.restored && <span className="faint">{t("queue.draft.restored")}</span>}
      </p>
      {left.length > 0 && (
        <p className="action-form-left">
          {t("task.left", { count: left.length, parties: left.map(({ party }) => party.name).join("、") })}
        </p>
      )}
      {musts.length > 0 && (
        <p className="action-form-left">{t("queue.sop.left", { count: musts.length, items: musts.join("；") })}</p>
      )}
      {row.fields
        .filter(({ made }) => !made)
        .map((field) => (
          <ActionField
            key={field.name}
            action={action}
            field={field}
            entered={entered}
            set={set}
            problem={problemAt(field.name)}
            event={event}
            tables={tables}
          />
        ))}
      {error && <ErrorNote error={error} />}
      {asked && (
        <p className="action-form-ask" role="alert">
          {t("queue.grave.ask", { action: label, number: event.number })}
        </p>
      )}
      <FormFoot
        label={label}
        grave={row.tone === "grave"}
        asked={asked}
        busy={busy}
        hint={t("queue.form.kept")}
        onConfirm={() => void confirm()}
        onClose={leave}
      />
    </form>
  );
}
