import { z } from "zod";
import { type DutyEvent, dutyEventSchema } from "#shared/domain/duty-event/event.ts";
import { type Given, givenSchemas, logSentence, reportGivenSchema } from "#shared/domain/duty-event/given.ts";
import { type Act, judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import { type EventAction, eventActions } from "#shared/domain/duty-event/transitions.ts";
import { type LogKind, type WrittenEntry, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { type Handover, handoverSchema, judgeSign, signGivenSchema } from "#shared/domain/handover/handover.ts";
import { type Grade, gradeNames, type Officer, officerSchema } from "#shared/domain/officer/officer.ts";
import {
  type DutyRole,
  type RosterMonth,
  roleNames,
  rosterMonthSchema,
  slotPattern,
} from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { EntityKind, Op } from "./op.ts";

/** What a kind leaves in the duty log. `eventId` ties it to the timeline of an event. */
export interface LogLine {
  readonly kind: LogKind;
  readonly text: Bilingual;
  readonly eventId: string | null;
  /** The action for entries of events, else empty. */
  readonly action: string;
}

export interface OpKindRow<Body, State> {
  readonly v: number;
  readonly body: z.ZodType<Body>;
  readonly entity: EntityKind;
  readonly state: z.ZodType<State>;
  readonly entityId: (body: Body) => string;
  readonly apply: (present: State | undefined, body: Body, act: Act) => Result<State, DeskError>;
  readonly log: (body: Body, after: State, before: State | undefined) => LogLine;
}

const id = z.string().min(1).max(64);
const rosterHands: readonly Grade[] = ["shift_leader", "leader", "admin"];
const row = <Body, State>(kind: OpKindRow<Body, State>) => kind;

const acts = eventActions.filter((action): action is Exclude<EventAction, "report"> => action !== "report");

const eventReport = row<{ eventId: string; given: z.infer<typeof reportGivenSchema> }, DutyEvent>({
  v: 1,
  body: z.strictObject({ eventId: id, given: reportGivenSchema }),
  entity: "event",
  state: dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeReport(body.eventId, body.given, act, present),
  log: (body, after) => ({
    kind: "event",
    text: logSentence("report", {}, after, undefined),
    eventId: body.eventId,
    action: "report",
  }),
});

type ActBody = { [A in (typeof acts)[number]]: { eventId: string; action: A; given: Given } }[(typeof acts)[number]];

const actBodies = acts.map((action) =>
  z.strictObject({ eventId: id, action: z.literal(action), given: givenSchemas[action] }),
);

const eventAct = row<ActBody, DutyEvent>({
  v: 1,
  body: z.union(actBodies) as unknown as z.ZodType<ActBody>,
  entity: "event",
  state: dutyEventSchema,
  entityId: (body) => body.eventId,
  apply: (present, body, act) => judgeAction(present, body.action, body.given, act),
  log: (body, after, before) => ({
    kind: "event",
    text: logSentence(body.action, body.given, after, before),
    eventId: body.eventId,
    action: body.action,
  }),
});

/** LG-1: an entry is written once and stays; a correction is an entry of its own. */
const logWrite = row<WrittenEntry, WrittenEntry>({
  v: 1,
  body: writtenEntrySchema,
  entity: "log",
  state: writtenEntrySchema,
  entityId: (body) => body.id,
  apply: (present, body) => (present ? fail(deskError("event.exists")) : ok(body)),
  log: (body) => ({ kind: body.kind, text: { zh: body.text, en: body.text }, eventId: body.eventId, action: "" }),
});

const monthOnly = rosterMonthSchema.shape.month;

/** RO-6: publishing sets a whole month; it needs the right to plan. */
const rosterPublish = row<RosterMonth, RosterMonth>({
  v: 1,
  body: rosterMonthSchema.refine((month) => Object.keys(month.slots).every((key) => key.startsWith(month.month))),
  entity: "roster",
  state: rosterMonthSchema,
  entityId: (body) => body.month,
  apply: (_present, body, act) =>
    rosterHands.includes(act.grade) ? ok(body) : fail(deskError("event.role", { action: "排班" })),
  log: (body) => ({
    kind: "roster",
    text: { zh: `发布 ${body.month} 值班表`, en: `Published the roster of ${body.month}` },
    eventId: null,
    action: "publish",
  }),
});

const assignBody = z.strictObject({
  month: monthOnly,
  slot: z.string().regex(slotPattern),
  officerId: id.nullable(),
  /** Who stood there on the desk that changed it: a change made elsewhere meanwhile is not overwritten. */
  was: id.nullable(),
  names: z.strictObject({ officer: z.string().max(40), was: z.string().max(40) }),
});
type AssignBody = z.infer<typeof assignBody>;

/** RO-7: one slot changes only if it still holds whom the officer saw. */
const rosterAssign = row<AssignBody, RosterMonth>({
  v: 1,
  body: assignBody.refine((body) => body.slot.startsWith(body.month)),
  entity: "roster",
  state: rosterMonthSchema,
  entityId: (body) => body.month,
  apply: (present, body, act) => {
    if (!rosterHands.includes(act.grade)) return fail(deskError("event.role", { action: "排班" }));
    const slots = { ...present?.slots };
    if ((slots[body.slot] ?? null) !== body.was) return fail(deskError("roster.changed"));
    if (body.officerId === null) delete slots[body.slot];
    else slots[body.slot] = body.officerId;
    return ok({ month: body.month, slots });
  },
  log: (body) => {
    const [on = "", , role = "main_operator"] = body.slot.split("/");
    const name = roleNames[role as DutyRole];
    return {
      kind: "roster",
      text: {
        zh: `值班表 ${on} ${name.zh}：${body.names.was || "空"} → ${body.names.officer || "空"}`,
        en: `Roster ${on} ${name.en}: ${body.names.was || "none"} → ${body.names.officer || "none"}`,
      },
      eventId: null,
      action: "assign",
    };
  },
});

const handoverSign = row<z.infer<typeof signGivenSchema>, Handover>({
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

/** OF-1: people are entered by an administrator, or while the desk is being set up; an officer may set their own key. */
const officerPut = row<Officer, Officer>({
  v: 1,
  body: officerSchema,
  entity: "officer",
  state: officerSchema,
  entityId: (body) => body.id,
  apply: (present, body, act) => {
    const isAdmin = act.grade === "admin";
    if (isAdmin) return ok(body);
    const ownKey = act.by === body.id && present !== undefined;
    if (!ownKey) return fail(deskError("session.not_allowed"));
    const same = (Object.keys(officerSchema.shape) as (keyof Officer)[]).every(
      (field) => field === "publicKey" || present[field] === body[field],
    );
    return same ? ok(body) : fail(deskError("session.not_allowed"));
  },
  log: (body, _after, before) => ({
    kind: "officer",
    text: {
      zh: `${before ? "更新" : "登记"}人员：${body.name}（${gradeNames[body.grade].zh}）`,
      en: `${before ? "Updated" : "Added"} ${body.name} (${gradeNames[body.grade].en})`,
    },
    eventId: null,
    action: "put",
  }),
});

/** Every kind of op: what it carries, what it changes, what it leaves in the log. */
export const opKinds = {
  "event.report": eventReport,
  "event.act": eventAct,
  "log.write": logWrite,
  "roster.publish": rosterPublish,
  "roster.assign": rosterAssign,
  "handover.sign": handoverSign,
  "officer.put": officerPut,
} as const;

export type OpKind = keyof typeof opKinds;
export type BodyOf<K extends OpKind> = z.infer<(typeof opKinds)[K]["body"]>;
export type StateOf<K extends OpKind> = z.infer<(typeof opKinds)[K]["state"]>;
export interface EntityStates {
  event: DutyEvent;
  log: WrittenEntry;
  roster: RosterMonth;
  handover: Handover;
  officer: Officer;
}

export const isOpKind = (kind: string): kind is OpKind => Object.hasOwn(opKinds, kind);

type AnyRow = OpKindRow<unknown, unknown>;
const rowOf = (kind: OpKind): AnyRow => opKinds[kind] as unknown as AnyRow;

/** Reads a body and says what it touches. OP-1: an unknown kind or a newer version is kept, not guessed (`op.newer`). */
export function targetOf(op: Op): Result<{ entity: EntityKind; id: string; body: unknown }, DeskError> {
  if (!isOpKind(op.kind)) return fail(deskError("op.newer", { kind: op.kind }));
  const kind = rowOf(op.kind);
  if (op.v > kind.v) return fail(deskError("op.newer", { kind: op.kind }));
  const parsed = kind.body.safeParse(op.body);
  if (!parsed.success)
    return fail(deskError("input.invalid", { kind: op.kind }, parsed.error.issues[0]?.path.join(".")));
  return ok({ entity: kind.entity, id: kind.entityId(parsed.data), body: parsed.data });
}

export interface Applied {
  readonly state: unknown;
  readonly log: LogLine;
}

/**
 * OP-2: the one judgement of an op, on the desk when it is made, on the desk again when it is laid on what was pulled,
 * and at the district. `grade` is the author's right as the judging end knows it; `undefined`: unknown author.
 */
export function applyOp(op: Op, present: unknown, grade: Grade | undefined): Result<Applied, DeskError> {
  const target = targetOf(op);
  if (!target.ok) return target;
  const settingUp = op.by === "setup" && target.value.entity === "officer";
  const right = settingUp ? "admin" : grade;
  if (!right) return fail(deskError("op.author"));
  const kind = rowOf(op.kind as OpKind);
  const done = kind.apply(present, target.value.body, { at: op.at, by: op.by, grade: right });
  if (!done.ok) return done;
  return ok({ state: done.value, log: kind.log(target.value.body, done.value, present) });
}
