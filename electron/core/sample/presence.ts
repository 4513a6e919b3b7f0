import { ladderFor } from "#shared/domain/presence/ladder.ts";
import { shiftsBetween } from "#shared/domain/roster/roster.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import { handoverId } from "../queries/handover.ts";
import { peopleIn } from "../queries/people.ts";
import type { Happening, Stage } from "./play.ts";

/** The people of the last shifts came ten minutes early; in the last night they were asked twice and answered. */
export function presenceHappenings(stage: Stage): Happening[] {
  const rules = stage.tables.presence;
  const spans = shiftsBetween(stage.tables.roster, stage.now - dayMs, stage.now + 1);
  const night = spans.find(({ startAt, endAt }) => endAt <= stage.now && endAt - startAt > 8 * hourMs);
  const came = spans.flatMap((span) =>
    peopleIn(stage, span, span.startAt)
      .filter(({ role }) => rules.arrival.roles.includes(role))
      .map(({ officerId, name, role }, index): Happening => {
        const at = Math.min(stage.now, span.startAt - (10 - 2 * index) * minuteMs);
        const body = { watchId: handoverId(span), officerId, name, role };
        return { at, record: () => stage.put("watch.arrive", body, officerId, at) };
      }),
  );
  if (!night) return came;
  const checks = [3.2, 5.7].flatMap((hours, index): Happening[] => {
    const at = Math.round(night.startAt + hours * hourMs);
    const checkId = stage.newId();
    const people = peopleIn(stage, night, night.startAt);
    const main = people.find(({ role }) => role === "main_operator");
    if (!main) return [];
    const watchId = handoverId(night);
    const ladder = ladderFor(rules.vigilance.ladder, (to) =>
      people
        .filter(({ role }) => (to === "desk" ? rules.arrival.roles.includes(role) : role === to))
        .map(({ name }) => name),
    );
    const answerAt = at + (index + 1) * 20_000;
    return [
      { at, record: () => stage.put("watch.ask", { watchId, checkId, ladder }, "desk", at) },
      {
        at: answerAt,
        record: () =>
          stage.put("watch.answer", { watchId, checkId, name: main.name, locked: false }, main.officerId, answerAt),
      },
    ];
  });
  return [...came, ...checks];
}
