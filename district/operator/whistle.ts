import { z } from "zod";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { whistleOf } from "#shared/domain/duty-event/whistle.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { districtActions } from "#shared/op/kinds/event.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";
import { actAsDistrict } from "./act.ts";

export const whistleStepSchema = z.strictObject({
  /** The event's number as people say it, or its id. */
  event: z.string().trim().min(1).max(64),
  step: z.enum(districtActions),
  /** The department that is sent, or decided for. */
  to: z.string().trim().max(60).optional(),
  /** Who came. */
  people: z.string().trim().max(200).optional(),
  words: z.string().trim().max(2000).optional(),
  operator: z.string().trim().min(1).max(60).default("区中心"),
});

/** Whistles of a street that the district may still move. */
const open = "json_extract(state, '$.state') = 'whistled'";

function eventOf(context: Context, street: string, event: string): DutyEvent | undefined {
  const state = context.db
    .prepare(
      `SELECT state FROM entity WHERE street = ? AND kind = 'event' AND (id = ? OR json_extract(state, '$.number') = ?)
       ORDER BY ${open} DESC LIMIT 1`,
    )
    .pluck()
    .get(street, event, event) as string | undefined;
  return state === undefined ? undefined : readEvent(JSON.parse(state));
}

/** WH-3: district or department takes a step; the street's desks get it like every other op. Errors: `event.unknown`, the rule's. */
export function takeWhistleStep(
  context: Context,
  street: string,
  { event, step, to, people, words, operator }: z.output<typeof whistleStepSchema>,
): Result<{ eventId: string; no: number }, DeskError> {
  if (!streetOf(context.db, street)) return fail(deskError("setup.unknown_street", undefined, "street"));
  const found = eventOf(context, street, event);
  if (!found) return fail(deskError("event.unknown", undefined, "event"));
  const said = { to, people, text: words, reason: words, toldBy: operator, side: "department" as const };
  const given = Object.fromEntries(
    transitionOf(step).fields.flatMap(({ name }) => {
      const value = said[name as keyof typeof said];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const body = { eventId: found.id, action: step, given } as BodyOf<"event.district">;
  const done = actAsDistrict(context, street, "event.district", body);
  if (!done.ok) return done;
  context.audit("whistle_step", null, `${street} ${found.number} ${step}`);
  return ok({ eventId: found.id, no: done.value.no });
}

/** Whistles that wait for the district or a department, the oldest first. */
export function whistlesIn(context: Context, street: string) {
  if (!streetOf(context.db, street)) return fail(deskError("setup.unknown_street", undefined, "street"));
  const states = context.db
    .prepare(`SELECT state FROM entity WHERE street = ? AND kind = 'event' AND ${open} ORDER BY id LIMIT 200`)
    .pluck()
    .all(street) as string[];
  return ok({
    at: context.now(),
    whistles: states.flatMap((state) => {
      const { id, number, title, confidential, whistles } = readEvent(JSON.parse(state));
      const whistle = whistleOf({ whistles });
      if (!whistle) return [];
      const { state: standing, kindName, to, text, at, steps } = whistle;
      return [{ eventId: id, number, title: confidential ? "" : title, standing, kindName, to, text, at, steps }];
    }),
  });
}
