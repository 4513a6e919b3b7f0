import type { KeyObject } from "node:crypto";
import type { HandoverRecord, HandoverSide } from "#shared/domain/handover/handover.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { dayMs, minuteMs } from "#shared/lib/time.ts";
import { signRecord } from "../commands/handover.ts";
import { handoverId, peopleIn } from "../queries/handover.ts";
import type { Happening, Stage } from "./play.ts";

export interface Signer {
  readonly officer: Officer;
  readonly key: KeyObject;
}

/** The handovers of the last two days: signed by both shift leaders, with their own keys. */
export function handoverHappenings(stage: Stage, signers: ReadonlyMap<string, Signer>): Happening[] {
  const rules = stage.tables.roster;
  const ended = shiftsBetween(rules, stage.now - 2 * dayMs, stage.now).filter(({ endAt }) => endAt <= stage.now);
  return ended.flatMap((span) => {
    const next = shiftsBetween(rules, span.endAt, span.endAt + 1)[0];
    const happen = (side: HandoverSide, at: number): Happening => ({
      at,
      record: () => {
        const record = finishedRecord(stage, span, next);
        const leader = record[side].find(({ role }) => role === "shift_leader")?.officerId ?? "";
        const signer = signers.get(leader);
        if (!signer) throw new Error(`nobody to sign the sample handover ${handoverId(span)}`);
        const id = handoverId(span);
        const signature = signRecord(signer.key, signer.officer, id, side, record, at);
        const body = { handoverId: id, side, record: side === "outgoing" ? record : null, signature };
        stage.put("handover.sign", body, leader, at);
      },
    });
    return [
      happen("outgoing", span.endAt - 4 * minuteMs),
      happen("incoming", Math.min(stage.now, span.endAt + 2 * minuteMs)),
    ];
  });
}

/** The record of a quiet past shift: its people and a finished checklist. */
function finishedRecord(stage: Stage, span: ShiftSpan, next: ShiftSpan | undefined): HandoverRecord {
  return {
    on: span.on,
    shift: span.shift,
    shiftName: span.name.zh,
    startAt: span.startAt,
    dueAt: span.endAt,
    outgoing: peopleIn(stage, span, span.endAt - 1),
    incoming: next ? peopleIn(stage, next, next.startAt) : [],
    opened: 0,
    closed: 0,
    openEvents: [],
    whistles: [],
    instructions: [],
    warnings: [],
    unconfirmed: 0,
    checklist: stage.tables.checklist.items.map((item) => ({ item, ok: true, note: "" })),
    remarks: "示例交接记录。",
    carryOver: [],
  };
}
