import type { z } from "zod";
import {
  type DutyCheck,
  type DutyCheckStep,
  dutyCheckGiven,
  dutyCheckSchema,
  judgeDutyCheck,
} from "#shared/domain/presence/duty-check.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { type Hand, row } from "./row.ts";
import { rungText, secondsText } from "./watch.ts";

type Given<S extends DutyCheckStep> = z.infer<(typeof dutyCheckGiven)[S]>;

const words: { readonly [S in DutyCheckStep]: (given: Given<S>, after: DutyCheck) => Bilingual } = {
  ask: ({ operator, words: text }) => ({
    zh: `区中心查岗${operator ? `（${operator}）` : ""}${text ? `：${text}` : ""}`,
    en: `Duty check by the district${operator ? ` (${operator})` : ""}${text ? `: ${text}` : ""}`,
  }),
  reach: (_given, after) => {
    const length = secondsText(Math.max(0, (after.reached?.at ?? 0) - after.askedAt));
    return { zh: `查岗送达本席位，距发出 ${length.zh}`, en: `The duty check reached the desk after ${length.en}` };
  },
  raise: ({ rung }, after) => {
    const ladder = after.reached?.asked.ladder ?? [];
    const missed = rungText(ladder[rung - 1]);
    const next = rungText(ladder[rung]);
    return {
      zh: `查岗 ${missed.zh} 未应答，改请 ${next.zh} 应答`,
      en: `Duty check missed by ${missed.en}; now asked of ${next.en}`,
    };
  },
  miss: () => ({ zh: "查岗无人应答", en: "Nobody answered the duty check" }),
  answer: ({ name, remarks }, after) => {
    const length = secondsText(after.reached?.asked.answer?.afterMs ?? 0);
    const more = remarks ? `：${remarks}` : "";
    return {
      zh: `查岗：${name} 送达后 ${length.zh}应答${more}`,
      en: `Duty check: ${name} answered ${length.en} after it came${remarks ? `: ${remarks}` : ""}`,
    };
  },
};

const dutyCheckOp = <S extends DutyCheckStep>(step: S, hand?: Hand) =>
  row<Given<S>, DutyCheck>({
    v: 1,
    body: () => dutyCheckGiven[step] as unknown as z.ZodType<Given<S>>,
    entity: "duty_check",
    state: () => dutyCheckSchema,
    entityId: (body) => body.checkId,
    ...(hand ? { hand } : {}),
    apply: (present, body, act) => judgeDutyCheck(step, present, body, act),
    log: (body, after) => ({ kind: "presence", text: words[step](body, after), eventId: null, action: `duty_${step}` }),
  });

export const dutyCheckAsk = dutyCheckOp("ask", "district");
export const dutyCheckReach = dutyCheckOp("reach", "desk");
export const dutyCheckRaise = dutyCheckOp("raise", "desk");
export const dutyCheckMiss = dutyCheckOp("miss", "desk");
export const dutyCheckAnswer = dutyCheckOp("answer");
