import { stripNow } from "#renderer/parts/strip.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventState } from "#shared/domain/duty-event/event.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";

/** The six steps of the street and where this event stands. A void event stands in none. */
export function StepStrip({ state }: { state: EventState }) {
  const t = useText();
  const steps = stripNow();
  const here = steps.findIndex((step) => step.states.includes(state));
  return (
    <ol className="steps" aria-label={t("queue.steps")}>
      {steps.map((step, index) => (
        <li
          key={step.name.zh}
          className={index < here ? "is-past" : index === here ? "is-here" : ""}
          aria-current={index === here ? "step" : undefined}
        >
          <i aria-hidden="true">{index < here ? "✓" : index + 1}</i>
          <span className="steps-name">{say(step.name)}</span>
          {index === here && <b className="steps-state">{say(stateNames[state])}</b>}
        </li>
      ))}
    </ol>
  );
}
