import { z } from "zod";
import { grades, officerSchema } from "#shared/domain/officer/officer.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { admins, type CallRow, command, done, id, instant, newPin, none, pin, query } from "./call.ts";

export const officerViewSchema = officerSchema.omit({ publicKey: true });
export type OfficerView = z.infer<typeof officerViewSchema>;

/** Who signs in, and the people of the street. */
export const peopleCalls = {
  "session.officers": query(
    "open",
    "Who may sign in; those on duty now first.",
    () => none,
    () => z.object({ officers: z.array(officerViewSchema.extend({ onDuty: z.enum(dutyRoles).nullable() })) }),
  ),

  "session.current": query(
    "open",
    "Who is signed in, and since when the screen is locked.",
    () => none,
    () => z.object({ officer: officerViewSchema.nullable(), lockedAt: instant.nullable() }),
  ),

  "session.touch": command(
    "open",
    "The officer is at the keyboard: the idle time begins anew.",
    () => none,
    () => done,
  ),

  "session.lock": command(
    "open",
    "Locks the screen; the officer stays signed in.",
    () => none,
    () => done,
  ),

  "session.unlock": command(
    "open",
    "Opens the locked screen with the PIN of its officer.",
    () => z.strictObject({ pin }),
    () => z.object({ officer: officerViewSchema }),
  ),

  "session.signIn": command(
    "open",
    "Signs in with PIN; from another officer it takes the desk over. Without `officerId`: the shift leader on duty now.",
    () => z.strictObject({ officerId: id.optional(), pin }),
    () => z.object({ officer: officerViewSchema }),
  ),

  "session.signOut": command(
    "open",
    "Signs out; the core goes on receiving.",
    () => none,
    () => done,
  ),

  "officer.list": query(
    "officer",
    "The people of the street.",
    () => none,
    () => z.object({ officers: z.array(officerViewSchema) }),
  ),

  "officer.add": command(
    "officer",
    "Enters a person with a first PIN. Administrator only.",
    () =>
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        grade: z.enum(grades),
        pool: z.enum(["full_time", "rotating"]).default("full_time"),
        phone: z.string().max(30).default(""),
        post: z.string().max(60).default(""),
        pin: newPin,
      }),
    () => z.object({ officer: officerViewSchema }),
    admins,
  ),

  "officer.edit": command(
    "officer",
    "Changes what is known of a person, or retires them (`active: false`); their PIN and signatures stay. Administrator only.",
    () =>
      z.strictObject({
        id,
        name: z.string().trim().min(1).max(40).optional(),
        grade: z.enum(grades).optional(),
        pool: z.enum(["full_time", "rotating"]).optional(),
        phone: z.string().max(30).optional(),
        post: z.string().max(60).optional(),
        active: z.boolean().optional(),
      }),
    () => z.object({ officer: officerViewSchema }),
    admins,
  ),

  "officer.setPin": command(
    "officer",
    "Changes one's own PIN; the key that signs stays the same.",
    () => z.strictObject({ pin, newPin }),
    () => done,
  ),

  "officer.resetPin": command(
    "officer",
    "A new PIN and a new key for somebody who has forgotten theirs. What they signed before stays verifiable.",
    () => z.strictObject({ officerId: id, newPin }),
    () => done,
    admins,
  ),
} as const satisfies Record<string, CallRow>;
