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
import type { Db } from "../store/open.ts";
import { actAsDistrict, operatorSchema } from "./act.ts";

export const whistleStepSchema = z.strictObject({
  /** The event's number as people say it, or its id. */
  event: z.string().trim().min(1).max(64),
  step: z.enum(districtActions),
  /** The department that is sent, or decided for. */
  to: z.string().trim().max(60).optional(),
  /** Who came. */
  people: z.string().trim().max(200).optional(),
  words: z.string().trim().max(2000).optional(),
  operator: operatorSchema,
});

/** The states of the events of these streets, to be picked by their index. */
export const eventsIn = (db: Db, streets: readonly string[]) =>
  db
    .selectFrom("event_index")
    .innerJoin("entity", (join) =>
      join
        .onRef("entity.street", "=", "event_index.street")
        .on("entity.kind", "=", "event")
        .onRef("entity.id", "=", "event_index.id"),
    )
    .select(["entity.street", "entity.state"])
    .where("event_index.street", "in", streets);

export async function eventOf(context: Context, street: string, event: string): Promise<DutyEvent | undefined> {
  const row = await eventsIn(context.store.db, [street])
    .where((eb) => eb.or([eb("event_index.id", "=", event), eb("event_index.number", "=", event)]))
    // Two desks may give one number: the one that blows a whistle is meant.
    .orderBy((eb) => eb.case().when("event_index.state", "=", "whistled").then(0).else(1).end())
    .limit(1)
    .executeTakeFirst();
  return row && readEvent(JSON.parse(row.state));
}

/** WH-3: district or department takes a step; the street's desks get it like every other op. Errors: `event.unknown`, the rule's. */
export async function takeWhistleStep(
  context: Context,
  street: string,
  { event, step, to, people, words, operator }: z.output<typeof whistleStepSchema>,
): Promise<Result<{ eventId: string; no: number }, DeskError>> {
  if (!(await streetOf(context.store.db, street))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const found = await eventOf(context, street, event);
  if (!found) return fail(deskError("event.unknown", undefined, "event"));
  const said = { to, people, text: words, reason: words, toldBy: operator, side: "department" as const };
  const given = Object.fromEntries(
    transitionOf(step).fields.flatMap(({ name }) => {
      const value = said[name as keyof typeof said];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const body = { eventId: found.id, action: step, given } as BodyOf<"event.district">;
  const done = await actAsDistrict(context, street, "event.district", body);
  if (!done.ok) return done;
  await context.audit("whistle_step", null, `${street} ${found.number} ${step} ${operator}`);
  return ok({ eventId: found.id, no: done.value.no });
}

/** Whistles that wait for the district or a department, the oldest first. */
export async function whistlesIn(context: Context, street: string) {
  if (!(await streetOf(context.store.db, street))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const rows = await eventsIn(context.store.db, [street])
    .where("event_index.state", "=", "whistled")
    .orderBy("event_index.id")
    .limit(200)
    .execute();
  return ok({
    at: context.now(),
    whistles: rows.flatMap(({ state }) => {
      const { id, number, title, confidential, whistles } = readEvent(JSON.parse(state));
      const whistle = whistleOf({ whistles });
      if (!whistle) return [];
      const { state: standing, kindName, to, text, at, steps } = whistle;
      return [{ eventId: id, number, title: confidential ? "" : title, standing, kindName, to, text, at, steps }];
    }),
  });
}
