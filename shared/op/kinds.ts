import type { z } from "zod";
import type { KeptAsset } from "#shared/domain/asset/asset.ts";
import type { Fault } from "#shared/domain/asset/fault.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { markWhole, readEvent } from "#shared/domain/duty-event/read-event.ts";
import type { WrittenEntry } from "#shared/domain/duty-log/duty-log.ts";
import type { Carry } from "#shared/domain/handover/carry-over.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import type { Hazard } from "#shared/domain/hazard/hazard.ts";
import type { Grade, Officer } from "#shared/domain/officer/officer.ts";
import type { Overlay } from "#shared/domain/overlay/overlay.ts";
import type { DutyCheck } from "#shared/domain/presence/duty-check.ts";
import type { PresenceRules } from "#shared/domain/presence/rules.ts";
import type { Watch } from "#shared/domain/presence/watch.ts";
import type { HolidayYear } from "#shared/domain/roster/holidays.ts";
import type { LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import type { RulesFrom } from "#shared/domain/roster/settings.ts";
import type { MonthWishes } from "#shared/domain/roster/wishes.ts";
import type { TableEdition } from "#shared/domain/table/edition.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { assetPut, assetRemove } from "./kinds/asset.ts";
import { attachmentAdd, attachmentWithdraw } from "./kinds/attachment.ts";
import { carryAct, carryGive } from "./kinds/carry-over.ts";
import { dutyCheckAnswer, dutyCheckAsk, dutyCheckMiss, dutyCheckRaise, dutyCheckReach } from "./kinds/duty-check.ts";
import {
  eventAct,
  eventClimb,
  eventDispatch,
  eventDispatchStep,
  eventDistrict,
  eventOpen,
  eventReport,
  eventSop,
  eventTask,
} from "./kinds/event.ts";
import { faultAct, faultReport } from "./kinds/fault.ts";
import { handoverAct, handoverSign } from "./kinds/handover.ts";
import { hazardAct, hazardReport } from "./kinds/hazard.ts";
import { layerAsk, layerStep } from "./kinds/layer.ts";
import { logErase, logWrite } from "./kinds/log.ts";
import { officerKey, officerPut } from "./kinds/officer.ts";
import { overlaySave } from "./kinds/overlay.ts";
import { holidayPut, rosterRulesPut, wishPut } from "./kinds/planning.ts";
import { type PublishedMonth, rosterAssign, rosterEdit, rosterPublish } from "./kinds/roster.ts";
import type { LogLine, OpKindRow } from "./kinds/row.ts";
import { rulesPresence } from "./kinds/rules.ts";
import { tableDistrict, tableSet } from "./kinds/table.ts";
import {
  watchAcknowledge,
  watchAnswer,
  watchArrive,
  watchAsk,
  watchLeave,
  watchMiss,
  watchRaise,
  watchTakeOver,
} from "./kinds/watch.ts";
import { districtDevice, type EntityKind, type Op } from "./op.ts";

/** Every kind of op: what it carries, what it changes, what it leaves in the log. */
export const opKinds = {
  "event.report": eventReport,
  "event.act": eventAct,
  "attachment.add": attachmentAdd,
  "attachment.withdraw": attachmentWithdraw,
  "event.task": eventTask,
  "event.open": eventOpen,
  "event.sop": eventSop,
  "event.district": eventDistrict,
  "event.climb": eventClimb,
  "event.dispatch": eventDispatch,
  "event.dispatch_step": eventDispatchStep,
  "log.write": logWrite,
  "log.erase": logErase,
  "roster.publish": rosterPublish,
  "roster.assign": rosterAssign,
  "roster.edit": rosterEdit,
  "roster.rules": rosterRulesPut,
  "layer.ask": layerAsk,
  "layer.step": layerStep,
  "wish.put": wishPut,
  "holiday.put": holidayPut,
  "handover.sign": handoverSign,
  "handover.act": handoverAct,
  "carry.give": carryGive,
  "carry.act": carryAct,
  "officer.put": officerPut,
  "asset.put": assetPut,
  "asset.remove": assetRemove,
  "officer.key": officerKey,
  "fault.report": faultReport,
  "fault.act": faultAct,
  "overlay.save": overlaySave,
  "hazard.report": hazardReport,
  "hazard.act": hazardAct,
  "watch.arrive": watchArrive,
  "watch.leave": watchLeave,
  "watch.take_over": watchTakeOver,
  "watch.acknowledge": watchAcknowledge,
  "watch.ask": watchAsk,
  "watch.raise": watchRaise,
  "watch.miss": watchMiss,
  "watch.answer": watchAnswer,
  "duty_check.ask": dutyCheckAsk,
  "duty_check.reach": dutyCheckReach,
  "duty_check.raise": dutyCheckRaise,
  "duty_check.miss": dutyCheckMiss,
  "duty_check.answer": dutyCheckAnswer,
  "rules.presence": rulesPresence,
  "table.set": tableSet,
  "table.district": tableDistrict,
} as const;

export type OpKind = keyof typeof opKinds;
export type BodyOf<K extends OpKind> = z.infer<(typeof opKinds)[K]["body"]>;
export type StateOf<K extends OpKind> = z.infer<(typeof opKinds)[K]["state"]>;
export interface EntityStates {
  event: DutyEvent;
  log: WrittenEntry;
  roster: PublishedMonth;
  layer: LayerEntry;
  wish: MonthWishes;
  roster_rules: RulesFrom;
  holiday_year: HolidayYear;
  handover: Handover;
  carry: Carry;
  officer: Officer;
  asset: KeptAsset;
  fault: Fault;
  hazard: Hazard;
  overlay: Overlay;
  watch: Watch;
  duty_check: DutyCheck;
  rules: PresenceRules;
  table: TableEdition;
}

/** A state as it was kept, by this version or an older one. */
export const readState = (entity: EntityKind, kept: unknown): unknown =>
  entity === "event" && kept ? readEvent(kept) : kept;

export const isOpKind = (kind: string): kind is OpKind => Object.hasOwn(opKinds, kind);

type AnyRow = OpKindRow<unknown, unknown>;
const rowOf = (kind: OpKind): AnyRow => opKinds[kind] as unknown as AnyRow;

/** What an op touches, and its body as it was read. */
export interface Target {
  readonly entity: EntityKind;
  readonly id: string;
  readonly body: unknown;
}

/** Reads a body and says what it touches. OP-1: an unknown kind or a newer version is kept, not guessed (`op.newer`). */
export function targetOf(op: Op): Result<Target, DeskError> {
  if (!isOpKind(op.kind)) return fail(deskError("op.newer", { kind: op.kind }));
  const kind = rowOf(op.kind);
  if (op.v > kind.v) return fail(deskError("op.newer", { kind: op.kind }));
  const parsed = kind.body.safeParse(op.body);
  if (!parsed.success)
    return fail(deskError("input.invalid", { kind: op.kind }, parsed.error.issues[0]?.path.join(".")));
  return ok({ entity: kind.entity, id: kind.entityId(parsed.data), body: parsed.data });
}

/** OP-5: what a machine does by itself, only it may do, and it does nothing else. */
function rightOf(op: Op, { hand, entity }: AnyRow, grade: Grade | undefined): Grade | undefined {
  if (hand === "desk") return op.by === "desk" ? "operator" : undefined;
  if (hand === "district")
    return op.by === "district" && op.device === districtDevice(op.street) ? "operator" : undefined;
  return op.by === "setup" && entity === "officer" ? "admin" : grade;
}

export interface Applied {
  readonly state: unknown;
  /** Its words are put together when they are asked for: the district never does. */
  readonly log: LogLine;
}

/**
 * OP-2: the one judgement of an op, on the desk when it is made, on the desk again when it is laid on what was pulled,
 * and at the district. `grade` is the author's right as the judging end knows it; `undefined`: unknown author. Who has
 * asked for its target already gives it, so that its body is read once.
 */
export function applyOp(
  op: Op,
  present: unknown,
  grade: Grade | undefined,
  target: Result<Target, DeskError> = targetOf(op),
): Result<Applied, DeskError> {
  if (!target.ok) return target;
  const kind = rowOf(op.kind as OpKind);
  const right = rightOf(op, kind, grade);
  if (!right) return fail(deskError("op.author"));
  const stood = readState(kind.entity, present);
  const done = kind.apply(stood, target.value.body, { at: op.at, by: op.by, grade: right });
  if (!done.ok) return done;
  if (kind.entity === "event") markWhole(done.value as DutyEvent);
  const { body } = target.value;
  return ok({
    state: done.value,
    get log() {
      return kind.log(body, done.value, stood);
    },
  });
}
