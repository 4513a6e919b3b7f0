import { z } from "zod";
import { stepClockSchema } from "#shared/domain/duty-event/clock.ts";
import { eventStates, levels } from "#shared/domain/duty-event/event.ts";
import { alarmKinds, alarmLevels } from "#shared/domain/presence/alarm.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { bilingual, type CallRow, instant, none, query } from "./call.ts";
import { warningSchema } from "./desk.ts";
import { alarmSchema } from "./presence.ts";

/** An open event as everyone in the room may read it (WL-2); of a confidential one all words are empty, whoever is signed in. */
export const wallRowSchema = z.object({
  id: z.string(),
  number: z.string(),
  level: z.enum(levels),
  state: z.enum(eventStates),
  confidential: z.boolean(),
  title: z.string(),
  place: z.string(),
  point: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  lead: z.string(),
  clock: stepClockSchema.nullable(),
  partyDueAt: z.number().int().nullable(),
});
export type WallRow = z.infer<typeof wallRowSchema>;

/** An alarm that nobody has answered, as the room may read it: of events the first by its number, of people and roles their names. */
export const wallAlarmSchema = z.object({
  kind: z.enum(alarmKinds),
  level: z.enum(alarmLevels),
  sinceAt: instant,
  count: z.number().int(),
  names: z.array(z.string()),
  roles: z.array(z.enum(dutyRoles)),
  to: alarmSchema.shape.to,
  eventLevel: z.enum(levels).nullable(),
  said: alarmSchema.shape.said,
  event: wallRowSchema.pick({ number: true, title: true, confidential: true }).nullable(),
});
export type WallAlarm = z.infer<typeof wallAlarmSchema>;

export const wallNowSchema = z.object({
  at: instant,
  streetName: z.string(),
  sample: z.boolean(),
  shift: z
    .object({
      name: bilingual,
      startAt: instant,
      endAt: instant,
      people: z.array(z.object({ role: z.enum(dutyRoles), name: z.string() })),
    })
    .nullable(),
  /** Roles that nobody fills now. */
  gaps: z.array(z.enum(dutyRoles)),
  /** PS-3: a shift that has ended and is not handed over: who stays responsible. */
  handing: z.object({ dueAt: instant, responsible: z.array(z.string()) }).nullable(),
  counts: z.object({
    open: z.number().int(),
    late: z.number().int(),
    dueSoon: z.number().int(),
    today: z.number().int(),
    shift: z.number().int(),
    closed: z.number().int(),
  }),
  /** The most pressing first, at most `wallMost`; how many there are is `counts.open`. */
  rows: z.array(wallRowSchema),
  alarms: z.array(wallAlarmSchema),
  warnings: z.array(warningSchema.pick({ id: true, level: true, title: true, toAt: true })),
});
export type WallNow = z.infer<typeof wallNowSchema>;

/** [D] The wall turns through so many events; a longer list is read at the desk. */
export const wallMost = 120;

/** The wall display: read-only, for a room with visitors in it. */
export const wallCalls = {
  "wall.now": query(
    "open",
    "Everything that the wall display tells, masked for everybody, whoever is signed in.",
    () => none,
    () => wallNowSchema,
  ),

  "wall.ground": query(
    "open",
    "Outlines of district, street and communities under the wall's map, as GeoJSON with no more than names.",
    () => none,
    () => z.object({ district: z.unknown(), street: z.unknown(), areas: z.unknown() }),
  ),
} as const satisfies Record<string, CallRow>;
