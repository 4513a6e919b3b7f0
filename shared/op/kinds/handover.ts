import type { z } from "zod";
import {
  type Handover,
  type HandoverActGiven,
  handoverActGivenSchema,
  handoverSchema,
  judgeHandoverAct,
  judgeSign,
  signGivenSchema,
  timingOf,
} from "#shared/domain/handover/handover.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { row } from "./row.ts";

type SignBody = z.infer<typeof signGivenSchema>;

/** Signed by whom, for which shift, and what is not as usual: early, late, someone absent, objections. */
function signedWords(body: SignBody, after: Handover): Bilingual {
  const { kind, minutes } = timingOf(after.record, body.signature.at);
  const { name } = body.signature;
  const shift = after.record.shiftName;
  const absent = body.statement?.absent.map((one) => one.name) ?? [];
  const isContested = after.phase === "contested";
  const zh = [
    kind === "on_time" ? "" : `${kind === "late" ? "晚" : "早"} ${minutes} 分钟`,
    absent.length > 0 ? `${absent.join("、")} 缺席，领导代签` : "",
    isContested ? "有异议" : "",
  ].filter(Boolean);
  const en = [
    kind === "on_time" ? "" : `${minutes} min ${kind}`,
    absent.length > 0 ? `absent: ${absent.join(", ")}` : "",
    isContested ? "with objections" : "",
  ].filter(Boolean);
  const [sideZh, sideEn] = body.side === "outgoing" ? ["交班签字", "Outgoing"] : ["接班签字", "Incoming"];
  return {
    zh: `${sideZh}：${name}（${[shift, ...zh].join("，")}）`,
    en: `${sideEn} signed: ${[name, ...en].join(", ")}`,
  };
}

export const handoverSign = row<SignBody, Handover>({
  v: 2,
  body: () => signGivenSchema,
  entity: "handover",
  state: () => handoverSchema,
  entityId: (body) => body.handoverId,
  apply: judgeSign,
  log: (body, after) => ({ kind: "handover", text: signedWords(body, after), eventId: null, action: body.side }),
});

export const handoverAct = row<HandoverActGiven, Handover>({
  v: 1,
  body: () => handoverActGivenSchema,
  entity: "handover",
  state: () => handoverSchema,
  entityId: (body) => body.handoverId,
  apply: judgeHandoverAct,
  log: (body, after) => {
    const shift = after.record.shiftName;
    const text =
      body.action === "withdraw"
        ? { zh: `撤回交班签字：${body.name}（${shift}）：${body.text}`, en: `${body.name} withdrew: ${body.text}` }
        : { zh: `交接异议裁定：${body.name}（${shift}）：${body.text}`, en: `${body.name} decided: ${body.text}` };
    return { kind: "handover", text, eventId: null, action: body.action };
  },
});
