import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { ErrorNote, useHotkey } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { DeskError } from "#shared/errors.ts";
import { Choice } from "./Choice.tsx";
import { Combobox } from "./Combobox.tsx";
import { FormFoot } from "./FormFoot.tsx";
import { Labelled } from "./Labelled.tsx";

/** Requests of this event that name a leader and that no later entry has answered. */
export const openRequests = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
  entries.filter(
    (entry) =>
      entry.kind === "request" &&
      entry.officers.length > 0 &&
      entry.sync.state !== "refused" &&
      !entries.some((other) => other.corrects === entry.id),
  );

interface FormProps {
  readonly event: DutyEvent;
  readonly entries: readonly TimelineEntry[];
  /** What was done, as its button is called. */
  readonly onDone: (label: string) => void;
  readonly onClose: () => void;
}

/** HO-17: asks a leader for an instruction in this matter, or keeps the answer to one that was asked. Both are entries of the duty log. */
export function RequestForm(props: FormProps) {
  const draft = useDraft(`request:${props.event.id}`);
  return draft.kept === undefined ? null : <OpenForm {...props} draft={draft} />;
}

function OpenForm({
  event,
  entries,
  onDone,
  onClose,
  draft,
}: FormProps & { readonly draft: ReturnType<typeof useDraft> }) {
  const t = useText();
  const people = useDesk("officer.list", {});
  const now = useDesk("desk.now", {});
  const { act, busy } = useAct("log.write");
  const waiting = openRequests(entries);
  const [mode, setMode] = useState<"ask" | "answer">(waiting.length > 0 ? "answer" : "ask");
  const [text, setText] = useState(draft.kept ?? "");
  const [chosen, setChosen] = useState<string>();
  const [answered, setAnswered] = useState(waiting[0]?.id ?? "");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<DeskError>();
  const leaders = (people.data?.officers ?? []).filter(({ grade, active }) => grade === "leader" && active);
  const onDuty = now.data?.current?.people.find(({ role }) => role === "leader_on_duty")?.officerId;
  const leader = chosen ?? onDuty ?? leaders[0]?.id ?? "";
  const request = waiting.find(({ id }) => id === answered);
  const label = t(mode === "ask" ? "queue.request.ask" : "queue.request.answer");
  const confirm = async () => {
    setTried(true);
    if (busy || !text.trim() || (mode === "ask" ? !leader : !request)) return;
    setError(undefined);
    const entry =
      mode === "ask"
        ? { kind: "request" as const, text: text.trim(), eventId: event.id, officerIds: [leader] }
        : {
            kind: "instruction" as const,
            text: text.trim(),
            eventId: event.id,
            corrects: answered,
            officerIds: request?.officers.map(({ id }) => id) ?? [],
          };
    const done = await act(entry);
    if (!done.ok) return setError(done.error);
    draft.drop();
    onDone(label);
  };
  useHotkey(backKey, onClose);
  return (
    <form className="action-form" aria-label={label} onSubmit={(submit) => submit.preventDefault()}>
      <p className="action-form-title">{t("queue.requests")}</p>
      {waiting.length > 0 && (
        <Labelled label={t("queue.request.what")}>
          {({ id }) => (
            <Choice
              name={id}
              label={t("queue.request.what")}
              digits
              options={[
                { value: "answer", label: t("queue.request.answer") },
                { value: "ask", label: t("queue.request.ask") },
              ]}
              value={mode}
              onChange={setMode}
            />
          )}
        </Labelled>
      )}
      {mode === "ask" ? (
        <Labelled
          label={t("queue.request.whom")}
          required
          problem={tried && !leader ? t("queue.problem.choose", { field: t("queue.request.whom") }) : undefined}
        >
          {(ids) => (
            <Combobox
              {...ids}
              required
              options={leaders.map(({ id, name, post }) => ({
                key: id,
                name,
                detail: id === onDuty ? t("queue.request.on_duty") : post,
              }))}
              value={leader}
              onChange={setChosen}
            />
          )}
        </Labelled>
      ) : (
        <Labelled label={t("queue.request.which")} required wide>
          {(ids) => (
            <Combobox
              {...ids}
              required
              options={waiting.map((entry) => ({
                key: entry.id,
                name: say(entry.text),
                detail: entry.officers.map(({ name }) => name).join("\u3001"),
              }))}
              value={answered}
              onChange={setAnswered}
            />
          )}
        </Labelled>
      )}
      <Labelled
        label={t(mode === "ask" ? "queue.request.words" : "queue.request.answer_words")}
        required
        wide
        problem={tried && !text.trim() ? t("queue.problem.required", { field: t("queue.field.text") }) : undefined}
      >
        {(ids) => (
          <textarea
            className="input"
            id={ids.id}
            aria-describedby={ids.describedBy}
            rows={3}
            maxLength={4000}
            value={text}
            ref={focusOnce}
            onChange={(change) => {
              setText(change.target.value);
              draft.keep(change.target.value);
            }}
          />
        )}
      </Labelled>
      {error && <ErrorNote error={error} />}
      <FormFoot
        label={label}
        busy={busy}
        hint={t("queue.form.kept")}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </form>
  );
}

const focusOnce = (field: HTMLTextAreaElement | null): void => field?.focus();
