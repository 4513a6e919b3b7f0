import { eventStates, stateNames } from "#shared/domain/duty-event/event.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { DeskError } from "#shared/errors.ts";
import { languageNow, say, sayId, type Values } from "./text.ts";

/** Params come in the words of the domain: states as ids, actions as their Chinese label. They are said in the present language. */
function spoken(params: Values): Values {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const state = eventStates.find((one) => one === value);
      if (name === "state" && state) return [name, say(stateNames[state])];
      const action = eventActions.find((one) => one === value || transitionOf(one).label.zh === value);
      if (name === "action" && action && languageNow() === "en") return [name, transitionOf(action).label.en];
      return [name, value];
    }),
  );
}

/** What happened, why, what to do now. */
export const errorText = (error: Pick<DeskError, "id" | "params">): string => reasonText(error.id, error.params);

/** The same for a bare reason id, as link states and refused items carry it. */
export function reasonText(id: string, params: Values = {}): string {
  const key = `error.${id}`;
  const sentence = sayId(key, spoken(params));
  return sentence === key ? sayId("error.other", { id }) : sentence;
}
