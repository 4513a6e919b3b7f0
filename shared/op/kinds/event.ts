import { z } from "zod";
import { type DutyEvent, dutyEventSchema } from "#shared/domain/duty-event/event.ts";
import { type Given, givenSchemas, logSentence, reportGivenSchema } from "#shared/domain/duty-event/given.ts";
import { judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import { type Saw, sawSchema } from "#shared/domain/duty-event/merge.ts";
import { type EventAction, eventActions } from "#shared/domain/duty-event/transitions.ts";
import { id, row } from "./row.ts";

const acts = eventActions.filter((action): action is Exclude<EventAction, "report"> => action !== "report");

export const eventReport = row<{ eventId: string; given: z.infer<typeof reportGivenSchema> }, DutyEvent>({
  v: 1,
  body: z.strictObject({ eventId: id, given: reportGivenSchema }),
  entity: "event",
  state: dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeReport(body.eventId, body.given, act, present),
  log: (body, after) => ({
    kind: "event",
    text: logSentence("report", {}, after, undefined),
    eventId: body.eventId,
    action: "report",
  }),
});

type ActBody = {
  [A in (typeof acts)[number]]: { eventId: string; action: A; given: Given; saw?: Saw | undefined };
}[(typeof acts)[number]];

const actBodies = acts.map((action) =>
  z.strictObject({ eventId: id, action: z.literal(action), given: givenSchemas[action], saw: sawSchema.optional() }),
);

export const eventAct = row<ActBody, DutyEvent>({
  v: 2,
  body: z.union(actBodies) as unknown as z.ZodType<ActBody>,
  entity: "event",
  state: dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeAction(present, body.action, body.given, act, body.saw),
  log: (body, after, before) => ({
    kind: "event",
    text: logSentence(body.action, body.given, after, before),
    eventId: body.eventId,
    action: body.action,
  }),
});
