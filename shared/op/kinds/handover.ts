import type { z } from "zod";
import { type Handover, handoverSchema, judgeSign, signGivenSchema } from "#shared/domain/handover/handover.ts";
import { row } from "./row.ts";

export const handoverSign = row<z.infer<typeof signGivenSchema>, Handover>({
  v: 1,
  body: signGivenSchema,
  entity: "handover",
  state: handoverSchema,
  entityId: (body) => body.handoverId,
  apply: (present, body) => judgeSign(present, body),
  log: (body, after) => ({
    kind: "handover",
    text:
      body.side === "outgoing"
        ? {
            zh: `交班签字：${body.signature.name}（${after.record.shiftName}）`,
            en: `Outgoing signed: ${body.signature.name}`,
          }
        : {
            zh: `接班签字：${body.signature.name}（${after.record.shiftName}）`,
            en: `Incoming signed: ${body.signature.name}`,
          },
    eventId: null,
    action: body.side,
  }),
});
