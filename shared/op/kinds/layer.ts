import { z } from "zod";
import { judgeLayerAsk, judgeLayerStep, layerSteps } from "#shared/domain/roster/layer-course.ts";
import {
  type LayerAsk,
  type LayerEntry,
  type LayerKind,
  layerAskSchema,
  layerEntrySchema,
} from "#shared/domain/roster/layer-entry.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { id, row } from "./row.ts";

export const layerNames: Readonly<Record<LayerKind, Bilingual>> = {
  swap: { zh: "换班", en: "Swap" },
  leave: { zh: "请假", en: "Leave" },
  stand_in: { zh: "替班", en: "Stand-in" },
  relief: { zh: "临时顶岗", en: "Emergency relief" },
};

const stepWords: Readonly<Record<(typeof layerSteps)[number], Bilingual>> = {
  agree: { zh: "同意", en: "Agreed" },
  approve: { zh: "批准", en: "Approved" },
  refuse: { zh: "不同意", en: "Refused" },
  withdraw: { zh: "撤回", en: "Withdrawn" },
  end: { zh: "提前结束", en: "Ended early" },
};

const line = (word: Bilingual, { about, kind }: Pick<LayerEntry, "about" | "kind">, why: string) => ({
  kind: "roster" as const,
  text: {
    zh: `${word.zh}${layerNames[kind].zh}：${about.zh}${why ? `，${why}` : ""}`,
    en: `${word.en} (${layerNames[kind].en}): ${about.en}${why ? `, ${why}` : ""}`,
  },
  eventId: null,
});

/** RO-30, RO-31: somebody asks for a swap, leave, stand-in or relief. */
export const layerAsk = row<LayerAsk, LayerEntry>({
  v: 1,
  body: () => layerAskSchema,
  entity: "layer",
  state: () => layerEntrySchema,
  entityId: (body) => body.id,
  apply: judgeLayerAsk,
  log: (body) => ({ ...line({ zh: "申请", en: "Asked" }, body, body.reason), action: "ask" }),
});

const stepBody = z.strictObject({ id, step: z.enum(layerSteps), reason: z.string().max(200) });

/** RO-12, RO-31, RO-32, RO-33: consent, approval, refusal, withdrawal, early end. */
export const layerStep = row<z.infer<typeof stepBody>, LayerEntry>({
  v: 1,
  body: () => stepBody,
  entity: "layer",
  state: () => layerEntrySchema,
  entityId: (body) => body.id,
  apply: (present, { step, reason }, act) =>
    present ? judgeLayerStep(present, step, { ...act, reason }) : fail(deskError("roster.unknown_layer")),
  log: ({ step, reason }, after) => ({ ...line(stepWords[step], after, reason), action: step }),
});
