import { timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { callWayNames, callWays } from "#shared/domain/duty-event/task.ts";
import { Choice } from "./Choice.tsx";
import { Labelled } from "./Labelled.tsx";
import type { EnteredStep } from "./task-fields.ts";

/** The record of a call: by what way, whom, by what number, when, and what was answered. */
export function CallFields(props: {
  readonly entered: EnteredStep;
  readonly required: boolean;
  readonly badTime: boolean;
  /** It says neither whom nor what. */
  readonly blank: boolean;
  readonly now: number;
  readonly set: (change: Partial<EnteredStep>) => void;
}) {
  const t = useText();
  const { entered, required, set } = props;
  return (
    <>
      <Labelled label={t("task.call.way")} required={required} hint={required ? null : t("task.call.way.hint")}>
        {({ id, describedBy }) => (
          <Choice
            name={id}
            label={t("task.call.way")}
            describedBy={describedBy}
            digits
            options={callWays.map((way) => ({ value: way, label: say(callWayNames[way]) }))}
            value={entered.way}
            onChange={(way) => set({ way })}
          />
        )}
      </Labelled>
      {entered.way && (
        <>
          <Labelled
            label={t("task.call.whom")}
            problem={
              props.badTime ? t("task.call.time.problem") : props.blank ? t("task.call.blank.problem") : undefined
            }
          >
            {({ id, describedBy }) => (
              <span className="call-line">
                <input
                  id={id}
                  className="input"
                  maxLength={40}
                  autoComplete="off"
                  placeholder={t("task.call.person")}
                  aria-describedby={describedBy}
                  value={entered.person}
                  onChange={(event) => set({ person: event.target.value })}
                />
                <input
                  className="input figures"
                  inputMode="tel"
                  maxLength={30}
                  autoComplete="off"
                  aria-label={t("task.call.phone")}
                  placeholder={t("task.call.phone")}
                  value={entered.phone}
                  onChange={(event) => set({ phone: event.target.value })}
                />
                <input
                  className="input figures call-time"
                  maxLength={5}
                  autoComplete="off"
                  aria-label={t("task.call.time")}
                  aria-invalid={props.badTime || undefined}
                  placeholder={t("task.call.now", { at: timeText(props.now) })}
                  value={entered.time}
                  onChange={(event) => set({ time: event.target.value })}
                />
              </span>
            )}
          </Labelled>
          <Labelled label={t("task.call.answer")}>
            {({ id, describedBy }) => (
              <input
                id={id}
                className="input"
                maxLength={500}
                autoComplete="off"
                aria-describedby={describedBy}
                value={entered.answer}
                onChange={(event) => set({ answer: event.target.value })}
              />
            )}
          </Labelled>
        </>
      )}
    </>
  );
}
