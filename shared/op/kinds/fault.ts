import { z } from "zod";
import {
  type Fault,
  type FaultAction,
  type FaultGiven,
  faultActions,
  faultGivenSchema,
  faultSchema,
  faultStepOf,
  judgeFault,
  judgeFaultStep,
} from "#shared/domain/asset/fault.ts";
import { type StepGiven, stepGivenSchema, stepSentence } from "#shared/domain/step.ts";
import { id, row } from "./row.ts";

export const faultReport = row<{ faultId: string; given: FaultGiven }, Fault>({
  v: 1,
  body: () => z.strictObject({ faultId: id, given: faultGivenSchema }),
  entity: "fault",
  state: () => faultSchema,
  entityId: (body) => body.faultId,
  apply: (present, body, act) => judgeFault(body.faultId, body.given, act, present),
  log: ({ given }) => ({
    kind: "asset",
    text: {
      zh: `${given.assetName}故障：${given.text}`,
      en: `Fault of ${given.assetName}: ${given.text}`,
    },
    eventId: null,
    action: "report",
  }),
});

export const faultAct = row<{ faultId: string; action: FaultAction; given: StepGiven }, Fault>({
  v: 1,
  body: () => z.strictObject({ faultId: id, action: z.enum(faultActions), given: stepGivenSchema }),
  entity: "fault",
  state: () => faultSchema,
  entityId: (body) => body.faultId,
  apply: (present, body, act) => judgeFaultStep(present, body.action, body.given, act),
  log: ({ action, given }, after) => ({
    kind: "asset",
    text: stepSentence(faultStepOf(action).log, {
      name: after.assetName,
      text: given.text ?? "",
      to: given.to ?? "",
    }),
    eventId: null,
    action,
  }),
});
