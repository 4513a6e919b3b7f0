import { z } from "zod";
import { type ClimbGiven, climbGivenSchema, judgeClimb } from "#shared/domain/duty-event/climb.ts";
import { settleClocks } from "#shared/domain/duty-event/clock.ts";
import { judgeOpen } from "#shared/domain/duty-event/confidential.ts";
import {
  type DispatchStep,
  type DispatchStepGiven,
  dispatchStepGivenSchema,
  dispatchStepNames,
  dispatchSteps,
  judgeDispatch,
  judgeDispatchStep,
} from "#shared/domain/duty-event/dispatch.ts";
import { type DutyEvent, dutyEventSchema } from "#shared/domain/duty-event/event.ts";
import {
  type DispatchGiven,
  dispatchGivenSchema,
  type Given,
  givenSchemas,
  logSentence,
  reportGivenSchema,
} from "#shared/domain/duty-event/given.ts";
import { judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import { judgeTask } from "#shared/domain/duty-event/judge-task.ts";
import { climbRungNames, clockStepNames } from "#shared/domain/duty-event/limits.ts";
import { type Saw, sawSchema } from "#shared/domain/duty-event/merge.ts";
import { judgeSop, type SopBody, sopBodySchema, sopSentence } from "#shared/domain/duty-event/sop.ts";
import {
  type TaskAction,
  type TaskGiven,
  taskActions,
  taskGivenSchema,
  taskSentence,
} from "#shared/domain/duty-event/task-steps.ts";
import { type EventAction, eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { Rung } from "#shared/domain/presence/ladder.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { id, row } from "./row.ts";

const acts = eventActions.filter((action): action is Exclude<EventAction, "report"> => action !== "report");

export const eventReport = row<{ eventId: string; given: z.infer<typeof reportGivenSchema> }, DutyEvent>({
  v: 3,
  body: () => z.strictObject({ eventId: id, given: reportGivenSchema }),
  entity: "event",
  state: () => dutyEventSchema,
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
  v: 7,
  body: () => z.union(actBodies) as unknown as z.ZodType<ActBody>,
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeAction(present, body.action, body.given, act, body.saw),
  log: (body, after, before) => ({
    kind: "event",
    text: logSentence(body.action, body.given, after, before),
    eventId: body.eventId,
    action: body.action,
  }),
});

/** A step of one party's task; `taskId: null` gives a task to a party that has none. */
export const eventTask = row<
  { eventId: string; taskId: string | null; action: TaskAction; given: TaskGiven },
  DutyEvent
>({
  v: 1,
  body: () =>
    z.strictObject({
      eventId: id,
      taskId: z.string().min(1).max(100).nullable(),
      action: z.enum(taskActions),
      given: taskGivenSchema,
    }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => {
    const done = judgeTask(present, body.taskId, body.action, body.given, act);
    return done.ok ? ok(settleClocks(present, done.value, act.at)) : done;
  },
  log: (body, after) => {
    const task = after.tasks.find(({ id }) => id === body.taskId);
    return {
      kind: "event",
      text: taskSentence(body.action, (task?.party ?? body.given.party)?.name ?? "", body.given),
      eventId: body.eventId,
      action: `task.${body.action}`,
    };
  },
});

/** CF-2: a confidential event is opened with a reason: a line of the log, and nothing else. */
export const eventOpen = row<{ eventId: string; reason: string }, DutyEvent>({
  v: 1,
  body: () => z.strictObject({ eventId: id, reason: z.string().trim().min(2).max(200) }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, _body, act) => judgeOpen(present, act),
  log: ({ reason }, { id: eventId }) => ({
    kind: "event",
    text: { zh: `打开涉密事件查看：${reason}`, en: `Opened the confidential event: ${reason}` },
    eventId,
    action: "open",
  }),
});

/** SP-1: a tick on the SOP card of an event. */
export const eventSop = row<SopBody, DutyEvent>({
  v: 1,
  body: () => sopBodySchema,
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeSop(present, body, act),
  log: (body) => ({ kind: "event", text: sopSentence(body), eventId: body.eventId, action: "sop" }),
});

/** What the district centre and its departments do to an event of a street. */
export const districtActions = ["route", "report_in", "feedback", "dispute", "decide", "return"] as const;
type DistrictBody = {
  [A in (typeof districtActions)[number]]: { eventId: string; action: A; given: Given };
}[(typeof districtActions)[number]];

const districtBodies = districtActions.map((action) =>
  z.strictObject({ eventId: id, action: z.literal(action), given: givenSchemas[action] }),
);

/** WH-3: a step of a whistle, taken by the district itself. */
export const eventDistrict = row<DistrictBody, DutyEvent>({
  v: 1,
  hand: "district",
  body: () => z.union(districtBodies) as unknown as z.ZodType<DistrictBody>,
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) =>
    present?.state === "whistled"
      ? judgeAction(present, body.action, body.given, act)
      : fail(
          present
            ? deskError("whistle.none", { action: transitionOf(body.action).label.zh })
            : deskError("event.unknown"),
        ),
  log: (body, after, before) => ({
    kind: "event",
    text: districtSentence(logSentence(body.action, body.given, after, before)),
    eventId: body.eventId,
    action: body.action,
  }),
});

const districtSentence = ({ zh, en }: Bilingual): Bilingual => ({ zh: `区中心：${zh}`, en: `District: ${en}` });

/** DS-1: an event that the district sends down to a street. */
export const eventDispatch = row<{ eventId: string; given: DispatchGiven }, DutyEvent>({
  v: 1,
  hand: "district",
  body: () => z.strictObject({ eventId: id, given: dispatchGivenSchema }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeDispatch(body.eventId, body.given, act, present),
  log: ({ eventId, given: { operator, title, requirement } }) => ({
    kind: "event",
    text: {
      zh: `区中心下派（${operator}）：${title}${requirement && `。办理要求：${requirement}`}`,
      en: `Sent down by the district (${operator}): ${title}${requirement && `. Wanted: ${requirement}`}`,
    },
    eventId,
    action: "dispatch",
  }),
});

/** DS-3, DS-4: the district recalls what it has sent down, or does not take it back. */
export const eventDispatchStep = row<{ eventId: string; step: DispatchStep; given: DispatchStepGiven }, DutyEvent>({
  v: 1,
  hand: "district",
  body: () => z.strictObject({ eventId: id, step: z.enum(dispatchSteps), given: dispatchStepGivenSchema }),
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeDispatchStep(present, body.step, body.given, act),
  log: ({ eventId, step, given: { operator, text } }) => ({
    kind: "event",
    text: districtSentence({
      zh: `${dispatchStepNames[step].zh}（${operator}）：${text}`,
      en: `${dispatchStepNames[step].en} (${operator}): ${text}`,
    }),
    eventId,
    action: step,
  }),
});

const rungNamesOf: Readonly<Record<Rung["to"], Bilingual>> = {
  ...climbRungNames,
  standby: { zh: "备勤", en: "standby" },
};

/** CL-11: a clock has run out, or what ran out was told one rung higher. */
export const eventClimb = row<ClimbGiven, DutyEvent>({
  v: 1,
  hand: "desk",
  body: () => climbGivenSchema,
  entity: "event",
  state: () => dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: judgeClimb,
  log: (body, after) => {
    const climb = after.climbs.find(({ of, dueAt }) => of === body.of && dueAt === body.dueAt);
    const rung = climb?.asked.ladder[body.rung];
    const to = rungNamesOf[rung?.to ?? "desk"];
    const step = clockStepNames[body.of];
    const names = rung && rung.to !== "district" ? rung.names.join("、") : "";
    return {
      kind: "event",
      text:
        body.rung === 0
          ? { zh: `${step.zh}超时，提醒${to.zh}${names}`, en: `${step.en}: overdue, ${to.en} was told ${names}`.trim() }
          : {
              zh: `${step.zh}超时未办，逐级上报${to.zh} ${names}`.trim(),
              en: `${step.en}: still overdue, told to ${to.en} ${names}`.trim(),
            },
      eventId: body.eventId,
      action: "climb",
    };
  },
});
