import { z } from "zod";
import {
  type Hazard,
  type HazardAction,
  type HazardGiven,
  hazardActions,
  hazardGivenSchema,
  hazardSchema,
  hazardStepOf,
  judgeHazard,
  judgeHazardStep,
} from "#shared/domain/hazard/hazard.ts";
import { type StepGiven, stepGivenSchema, stepSentence } from "#shared/domain/step.ts";
import { dayOf, defaultOffsetMin } from "#shared/lib/time.ts";
import { id, row } from "./row.ts";

/** The last day on which it is in time: a limit at midnight belongs to the day before it. */
const dueOn = (dueAt: number): string => dayOf(dueAt - 1, defaultOffsetMin);

export const hazardReport = row<{ hazardId: string; given: HazardGiven }, Hazard>({
  v: 1,
  body: () => z.strictObject({ hazardId: id, given: hazardGivenSchema }),
  entity: "hazard",
  state: () => hazardSchema,
  entityId: (body) => body.hazardId,
  apply: (present, body, act) => judgeHazard(body.hazardId, body.given, act, present),
  log: ({ given }) => ({
    kind: "hazard",
    text: {
      zh: `发现隐患“${given.title}”，限 ${dueOn(given.dueAt)} 前整改`,
      en: `Hazard found: “${given.title}”, to be rectified by ${dueOn(given.dueAt)}`,
    },
    eventId: null,
    action: "report",
  }),
});

export const hazardAct = row<{ hazardId: string; action: HazardAction; given: StepGiven }, Hazard>({
  v: 1,
  body: () => z.strictObject({ hazardId: id, action: z.enum(hazardActions), given: stepGivenSchema }),
  entity: "hazard",
  state: () => hazardSchema,
  entityId: (body) => body.hazardId,
  apply: (present, body, act) => judgeHazardStep(present, body.action, body.given, act),
  log: ({ action, given }, after) => ({
    kind: "hazard",
    text: stepSentence(hazardStepOf(action).log, {
      name: after.title,
      text: given.text ?? "",
      to: given.to ?? "",
      due: given.dueAt === undefined ? "" : dueOn(given.dueAt),
    }),
    eventId: null,
    action,
  }),
});
