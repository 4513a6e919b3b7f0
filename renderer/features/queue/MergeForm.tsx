import { useEffect, useRef, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { ErrorNote, useHotkey } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { dateText, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { DeskError } from "#shared/errors.ts";
import { EventPicker } from "./EventPicker.tsx";
import { FormFoot } from "./FormFoot.tsx";
import { Labelled } from "./Labelled.tsx";

type Chosen = Pick<DutyEvent, "id" | "number" | "title" | "reportedAt">;

const byReport = (one: Chosen, other: Chosen) =>
  one.reportedAt - other.reportedAt || (one.number < other.number ? -1 : 1);

/** BO-4: this event and others become one matter; which one leads is said before it is done. */
export function MergeForm(props: {
  readonly event: DutyEvent;
  /** What was done, as its button is called. */
  readonly onDone: (label: string) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const { event, onDone, onClose } = props;
  const { act, busy } = useAct("event.merge");
  const [others, setOthers] = useState<readonly Chosen[]>([]);
  const { typed, type, drop } = useTyped(`merge:${event.id}`, { text: "" });
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<DeskError>();
  const frame = useRef<HTMLDivElement>(null);
  // The picker is another one after each choice: without the hand in it, the next number would be keys of the event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each choice, whatever it is
  useEffect(() => frame.current?.querySelector("input")?.focus(), [others.length]);
  const [lead, ...merged] = [event, ...others].toSorted(byReport);
  const label = say(transitionOf("merge").label);
  const confirm = async () => {
    setTried(true);
    if (busy || others.length === 0) return;
    setError(undefined);
    const done = await act({ ids: [event.id, ...others.map(({ id }) => id)], text: typed.text });
    if (!done.ok) return setError(done.error);
    drop();
    onDone(label);
  };
  useHotkey(backKey, onClose);
  return (
    <form className="action-form" aria-label={label} onSubmit={(submit) => submit.preventDefault()}>
      <p className="action-form-title">{label}</p>
      <Labelled
        label={t("queue.merge.others")}
        required
        wide
        problem={
          tried && others.length === 0 ? t("queue.problem.choose", { field: t("queue.merge.others") }) : undefined
        }
      >
        {(ids) => (
          <div className="merge-others" ref={frame}>
            {others.map((other) => (
              <span key={other.id} className="chip">
                {other.number} {titleText(other.title)}
                <button
                  type="button"
                  className="chip-drop"
                  aria-label={t("queue.co.drop", { name: other.number })}
                  onClick={() => setOthers(others.filter(({ id }) => id !== other.id))}
                >
                  ×
                </button>
              </span>
            ))}
            <EventPicker
              {...ids}
              key={others.length}
              value=""
              without={[event.id, ...others.map(({ id }) => id)]}
              category={event.category}
              openOnly
              onPick={(row) => setOthers([...others, row])}
            />
          </div>
        )}
      </Labelled>
      <Labelled label={t("queue.field.note")} wide>
        {({ id }) => (
          <input
            className="input"
            id={id}
            maxLength={500}
            value={typed.text}
            onChange={(change) => type({ text: change.target.value })}
          />
        )}
      </Labelled>
      {lead && merged.length > 0 && (
        <p className="merge-means" role="status">
          {t("queue.merge.means", {
            lead: `${lead.number} ${titleText(lead.title)}`,
            at: dateText(lead.reportedAt),
            others: merged.map(({ number }) => number).join("\u3001"),
          })}
        </p>
      )}
      {error && <ErrorNote error={error} />}
      <FormFoot
        label={label}
        busy={busy}
        hint={t("queue.merge.undo")}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </form>
  );
}
