import {
  type Carry,
  type CarryActGiven,
  type CarryGiven,
  carryActGivenSchema,
  carryGivenSchema,
  carrySchema,
  judgeCarry,
  judgeGive,
} from "#shared/domain/handover/carry-over.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { row } from "./row.ts";

const line = (text: Bilingual, after: Carry, action: string) =>
  ({ kind: "handover", text, eventId: after.eventId, action }) as const;

export const carryGive = row<CarryGiven, Carry>({
  v: 1,
  body: () => carryGivenSchema,
  entity: "carry",
  state: () => carrySchema,
  entityId: (body) => body.id,
  apply: judgeGive,
  log: (body, after) =>
    line(
      {
        zh: `遗留事项交 ${body.officerName}${after.times > 1 ? `（第 ${after.times} 班）` : ""}：${body.text}`,
        en: `Carried over to ${body.officerName}: ${body.text}`,
      },
      after,
      "carry_give",
    ),
});

const said = (text: string) => (text ? `：${text}` : "");

export const carryAct = row<CarryActGiven, Carry>({
  v: 1,
  body: () => carryActGivenSchema,
  entity: "carry",
  state: () => carrySchema,
  entityId: (body) => body.carryId,
  apply: judgeCarry,
  log: (body, after) => {
    const words = {
      accept: { zh: `${after.officerName} 接办遗留事项：${after.text}`, en: `Took over: ${after.text}` },
      finish: { zh: `遗留事项办完：${after.text}${said(body.text)}`, en: `Finished: ${after.text}. ${body.text}` },
      contest: { zh: `遗留事项有异议：${after.text}${said(body.text)}`, en: `Contested: ${after.text}. ${body.text}` },
      decide: {
        zh: `遗留事项裁定，由 ${after.officerName} 办：${after.text}${said(body.text)}`,
        en: `Decided, ${after.officerName} does it: ${after.text}. ${body.text}`,
      },
    }[body.action];
    return line(words, after, `carry_${body.action}`);
  },
});
