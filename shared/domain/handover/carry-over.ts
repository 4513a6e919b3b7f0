import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";

/** An item that one shift left to a named person of the next. It stays on the desk until it is finished. */
export const carryStates = ["waiting", "accepted", "contested", "finished"] as const;
export type CarryState = (typeof carryStates)[number];

export const carryStateNames: Readonly<Record<CarryState, Bilingual>> = {
  waiting: { zh: "待接办", en: "To take over" },
  accepted: { zh: "接办中", en: "In hand" },
  contested: { zh: "有异议", en: "Contested" },
  finished: { zh: "已办完", en: "Finished" },
};

export const carrySchema = z.strictObject({
  id: z.string().min(1).max(64),
  text: z.string().trim().min(1).max(500),
  eventId: z.string().max(64).nullable(),
  confidential: z.boolean(),
  state: z.enum(carryStates),
  /** Who is to do it now. */
  officerId: z.string().min(1).max(64),
  officerName: z.string().max(40),
  /** The handover that gave it last, and the one that it came from. */
  handoverId: z.string().max(64),
  firstHandoverId: z.string().max(64),
  givenAt: z.number().int(),
  /** Handovers that it has gone through. */
  times: z.number().int().positive(),
  /** Words of the last action: the objection, the decision, the result. */
  said: z.string().max(500),
  updatedAt: z.number().int(),
});
export type Carry = z.infer<typeof carrySchema>;

interface CarryMove {
  readonly from: readonly CarryState[];
  readonly to: CarryState;
  /** `named`: whom the item names. */
  readonly who: readonly (Grade | "named")[];
  readonly needs: "nothing" | "words";
  readonly label: Bilingual;
  readonly key: string;
}

/** HO-12: the life of an item, read by buttons, input check, op and log line alike. */
export const carryMoves = {
  accept: {
    from: ["waiting"],
    to: "accepted",
    who: ["named"],
    needs: "nothing",
    label: { zh: "接办", en: "Take over" },
    key: "a",
  },
  finish: {
    from: ["waiting", "accepted"],
    to: "finished",
    who: ["named", "shift_leader", "leader"],
    needs: "words",
    label: { zh: "办完", en: "Finish" },
    key: "f",
  },
  contest: {
    from: ["waiting"],
    to: "contested",
    who: ["named"],
    needs: "words",
    label: { zh: "有异议", en: "Contest" },
    key: "x",
  },
  decide: {
    from: ["waiting", "contested"],
    to: "waiting",
    who: ["leader", "shift_leader"],
    needs: "words",
    label: { zh: "裁定", en: "Decide" },
    key: "d",
  },
} as const satisfies Record<string, CarryMove>;
export type CarryAction = keyof typeof carryMoves;
export const carryActions = Object.keys(carryMoves) as CarryAction[];
export const carryMoveOf = (action: CarryAction): CarryMove => carryMoves[action];

export const carryGivenSchema = carrySchema
  .pick({ id: true, text: true, eventId: true, confidential: true, officerId: true, officerName: true })
  .extend({ handoverId: z.string().min(1).max(64) });
export type CarryGiven = z.infer<typeof carryGivenSchema>;

export const carryActGivenSchema = z.strictObject({
  carryId: z.string().min(1).max(64),
  action: z.enum(["accept", "finish", "contest", "decide"]),
  text: z.string().trim().max(500),
  /** `decide` only: who is to do it from now on. */
  to: z.strictObject({ officerId: z.string().min(1).max(64), name: z.string().max(40) }).nullable(),
});
export type CarryActGiven = z.infer<typeof carryActGivenSchema>;

/** HO-12: a sealed handover gives an item to its person; one that is there already goes on to the next. */
export function judgeGive(present: Carry | undefined, given: CarryGiven, act: Act): Result<Carry, DeskError> {
  if (present?.state === "finished") return fail(deskError("carry.finished"));
  return ok({
    ...given,
    state: "waiting",
    firstHandoverId: present?.firstHandoverId ?? given.handoverId,
    givenAt: act.at,
    times: (present?.times ?? 0) + 1,
    said: "",
    updatedAt: act.at,
  });
}

export function carryActionsFor(item: Carry, by: string, grade: Grade): CarryAction[] {
  return carryActions.filter((action) => {
    const move = carryMoveOf(action);
    return (
      move.from.includes(item.state) &&
      move.who.some((one) => (one === "named" ? item.officerId === by : one === grade))
    );
  });
}

/** HO-12: judges an action on an item. The same on desk and district. */
export function judgeCarry(present: Carry | undefined, given: CarryActGiven, act: Act): Result<Carry, DeskError> {
  if (!present) return fail(deskError("carry.unknown"));
  const move = carryMoveOf(given.action);
  if (present.state === "finished") return fail(deskError("carry.finished"));
  if (!move.from.includes(present.state))
    return fail(deskError("carry.not_from_here", { action: move.label.zh, state: carryStateNames[present.state].zh }));
  if (!carryActionsFor(present, act.by, act.grade).includes(given.action))
    return fail(deskError("carry.not_yours", { action: move.label.zh, name: present.officerName }));
  if (move.needs === "words" && given.text === "")
    return fail(deskError("event.missing", { action: move.label.zh }, "text"));
  const to = given.action === "decide" ? given.to : null;
  return ok({
    ...present,
    ...(to ? { officerId: to.officerId, officerName: to.name } : {}),
    state: move.to,
    said: given.text,
    updatedAt: act.at,
  });
}
