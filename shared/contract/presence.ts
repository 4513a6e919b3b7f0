import { z } from "zod";
import { dispatchSteps } from "#shared/domain/duty-event/dispatch.ts";
import { levels } from "#shared/domain/duty-event/event.ts";
import { alarmKinds, alarmLevels } from "#shared/domain/presence/alarm.ts";
import { presenceRulesSchema, rungNames } from "#shared/domain/presence/rules.ts";
import { arrivalSchema, watchIdSchema } from "#shared/domain/presence/watch.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { bilingual, type CallRow, command, id, instant, none, pin, query } from "./call.ts";

/** Whoever acts in person: with a PIN, or the officer who is signed in. */
const inPerson = { officerId: id.optional(), pin: pin.optional() };

export const watchViewSchema = z.object({
  watchId: watchIdSchema,
  name: bilingual,
  startAt: instant,
  endAt: instant,
  /** Who stands in the roster, and whether they have come. */
  people: z.array(
    z.object({
      officerId: z.string(),
      name: z.string(),
      phone: z.string(),
      role: z.enum(dutyRoles),
      mustCome: z.boolean(),
      arrival: arrivalSchema.nullable(),
    }),
  ),
  /** Who came without standing in it. */
  others: z.array(arrivalSchema),
});
export type WatchView = z.infer<typeof watchViewSchema>;

export const openCheckSchema = z.object({
  kind: z.enum(["vigilance", "duty_check"]),
  checkId: z.string(),
  watchId: watchIdSchema,
  /** Duty checks: when the district asked, its clock. */
  askedAt: instant,
  /** When this desk showed it. */
  reachedAt: instant,
  /** Who is asked now, with the numbers to call. */
  to: z.enum(rungNames),
  people: z.array(z.object({ name: z.string(), phone: z.string() })),
  sinceAt: instant,
  /** When the next is asked; `null`: there is nobody left to ask. */
  untilAt: instant.nullable(),
  /** How many were asked before and did not answer. */
  missed: z.number().int(),
  operator: z.string(),
  words: z.string(),
});
export type OpenCheck = z.infer<typeof openCheckSchema>;

export const presenceNowSchema = z.object({
  at: instant,
  rules: presenceRulesSchema,
  current: watchViewSchema.nullable(),
  next: watchViewSchema.nullable(),
  /** From when on the coming shift may sign in. */
  nextOpensAt: instant.nullable(),
  /** A shift that has ended and is not handed over: who stays responsible. */
  handing: z
    .object({ handoverId: z.string(), name: bilingual, dueAt: instant, responsible: z.array(z.string()) })
    .nullable(),
  /** Quiet hours now; when the next check comes is nobody's business. */
  quiet: z.object({ fromAt: instant, toAt: instant }).nullable(),
  /** Checks of the current shift so far. */
  checked: z.object({ asked: z.number().int(), answered: z.number().int(), missed: z.number().int() }),
  open: z.array(openCheckSchema),
});
export type PresenceNow = z.infer<typeof presenceNowSchema>;

export const alarmSchema = z.object({
  kind: z.enum(alarmKinds),
  level: z.enum(alarmLevels),
  /** What an acknowledgement names: one for each thing of the group. */
  keys: z.array(z.string()),
  sinceAt: instant,
  /** Of a person (name), an event (title), a role. The first few. */
  names: z.array(z.string()),
  roles: z.array(z.enum(dutyRoles)),
  /** How many things it speaks of; more than `keys` in a flood. */
  count: z.number().int(),
  /** `climbed`: to whom it was told; `null`: to the district, which it has not reached yet. */
  to: z.enum(rungNames).nullable(),
  eventLevel: z.enum(levels).nullable(),
  /** `district_word`: what the district said of the event that is named. */
  said: z.enum(dispatchSteps).nullable(),
  eventId: z.string().nullable(),
  checkId: z.string().nullable(),
  /** How it stops: by an answer, by accepting the event, or by a person who says to have seen it. */
  stops: z.enum(["answer", "accept", "acknowledge"]),
  acknowledged: z.object({ name: z.string(), at: instant }).nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** Who is here, whether somebody is there, and what must not wait. */
export const presenceCalls = {
  "presence.now": query(
    "open",
    "Who has come, who is missing, what is asked of whom now.",
    () => none,
    () => presenceNowSchema,
  ),

  "presence.arrive": command(
    "open",
    "Signs in for the shift, with PIN; without, the signed-in officer. The coming shift from its set time on.",
    () => z.strictObject(inPerson),
    () => z.object({ watchId: z.string() }),
  ),

  "presence.leave": command(
    "open",
    "Signs out of the shift; before the relief has signed the handover with a reason.",
    () => z.strictObject({ ...inPerson, why: z.string().trim().max(200).default("") }),
    () => z.object({ watchId: z.string() }),
  ),

  "presence.answer": command(
    "open",
    "Answers a vigilance check or a duty check. Signed in: no PIN. Locked: a vigilance check only, and the record says so.",
    () =>
      z.strictObject({
        ...inPerson,
        kind: openCheckSchema.shape.kind,
        checkId: id,
        remarks: z.string().trim().max(400).default(""),
      }),
    () => z.object({ name: z.string(), afterMs: z.number().int() }),
  ),

  "alarm.list": query(
    "open",
    "Everything that must not wait, grouped, the gravest first; acknowledged ones last.",
    () => none,
    () => z.object({ at: instant, alarms: z.array(alarmSchema) }),
  ),

  "alarm.acknowledge": command(
    "officer",
    "Says by name that a person has seen these; they are silent for this shift (red ones for a while).",
    () => z.strictObject({ keys: z.array(z.string().min(1).max(160)).min(1).max(200) }),
    () => z.object({ count: z.number().int() }),
  ),
} as const satisfies Record<string, CallRow>;
