import type { KeyObject } from "node:crypto";
import { type HandoverSide, noStatement } from "#shared/domain/handover/handover.ts";
import type { HandoverRecord } from "#shared/domain/handover/record.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { dayMs, minuteMs } from "#shared/lib/time.ts";
import { handoverId } from "../queries/handover.ts";
import { checksOf, shiftOf } from "../queries/handover-record.ts";
import { signHandoverRecord } from "../session/handover-signature.ts";
import type { Happening, Stage } from "./play.ts";

export interface Signer {
  readonly officer: Officer;
  readonly key: KeyObject;
}

/** What the last sample shift leaves to the one that is on duty. */
const leftOver = [
  "茶竹路弯道护栏松动，施工队答应今天修好，请回访并拍照",
  "物资库对讲机缺两块电池，已报办公室，到货请签收",
];

/** The handovers of the last two days: signed by both shift leaders, with their own keys. */
export function handoverHappenings(
  stage: Stage,
  signers: ReadonlyMap<string, Signer>,
  office: HandoverRecord["office"],
): Happening[] {
  const rules = stage.tables.roster;
  const ended = shiftsBetween(rules, stage.now - 2 * dayMs, stage.now).filter(({ endAt }) => endAt <= stage.now);
  return ended.flatMap((span) => {
    const next = shiftsBetween(rules, span.endAt, span.endAt + 1)[0];
    const id = handoverId(span);
    let record: HandoverRecord | undefined;
    const happen = (side: HandoverSide, at: number): Happening => ({
      at,
      record: () => {
        record ??= quietRecord(stage, office, span, next, span === ended.at(-1) ? leftOver : []);
        const leader = record[side].find(({ role }) => role === "shift_leader")?.officerId ?? "";
        const signer = signers.get(leader);
        if (!signer) throw new Error(`nobody to sign the sample handover ${id}`);
        const statement = noStatement;
        const signature = signHandoverRecord(signer.key, signer.officer, { id, side, record, statement, at });
        const body = { handoverId: id, side, record: side === "outgoing" ? record : null, signature, statement };
        stage.put("handover.sign", body, leader, at);
        if (side === "outgoing") return;
        for (const { toOfficerId, toName, ...item } of record.carryOver)
          stage.put("carry.give", { ...item, officerId: toOfficerId, officerName: toName, handoverId: id }, leader, at);
      },
    });
    return [
      happen("outgoing", span.endAt - 4 * minuteMs),
      happen("incoming", Math.min(stage.now, span.endAt + 2 * minuteMs)),
    ];
  });
}

/** The record of a quiet past shift: its people, a finished checklist and what it left over. */
function quietRecord(
  stage: Stage,
  office: HandoverRecord["office"],
  span: ShiftSpan,
  next: ShiftSpan | undefined,
  left: readonly string[],
): HandoverRecord {
  const shift = shiftOf(stage, office, span, next);
  const to = shift.incoming.find(({ role }) => role === "main_operator");
  return {
    ...shift,
    opened: 0,
    closed: 0,
    openEvents: [],
    sections: [],
    unconfirmed: { waiting: 0, recorded: 0, oldestAt: null },
    ...checksOf(stage, true),
    remarks: "示例交接记录。",
    carryOver: to
      ? left.map((text) => ({
          id: stage.newId(),
          text,
          eventId: null,
          confidential: false,
          toOfficerId: to.officerId,
          toName: to.name,
        }))
      : [],
    chain: null,
  };
}
