import type { DutyEvent } from "#shared/domain/duty-event/event.ts";

/** What an acknowledgement of an event's alarm names: the report, what ran out, or the rung to which it was told. */
export function alarmKeyOf({ id, state }: Pick<DutyEvent, "id" | "state">, dueAt: number, rung: number): string {
  if (rung > 0) return `climb/${id}/${dueAt}/${rung}`;
  return state === "reported" ? `event/${id}` : `late/${id}/${dueAt}`;
}
