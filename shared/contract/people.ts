import { z } from "zod";
import { grades, officerSchema } from "#shared/domain/officer/officer.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { type CallRow, command, done, id, none, query } from "./call.ts";

export const officerViewSchema = officerSchema.omit({ publicKey: true });
export type OfficerView = z.infer<typeof officerViewSchema>;

/** Who signs in, and the people of the street. */
export const peopleCalls = {
  "session.officers": query(
    "open",
    "Who may sign in; those on duty now first.",
    none,
    z.object({ officers: z.array(officerViewSchema.extend({ onDuty: z.enum(dutyRoles).nullable() })) }),
  ),

  "session.current": query("open", "Who is signed in.", none, z.object({ officer: officerViewSchema.nullable() })),

  "session.signIn": command(
    "open",
    "Signs in with PIN. Without `officerId`: the shift leader on duty now.",
    z.strictObject({ officerId: id.optional(), pin: z.string().min(1).max(32) }),
    z.object({ officer: officerViewSchema }),
  ),

  "session.signOut": command("open", "Signs out; the core goes on receiving.", none, done),

  "officer.list": query(
    "officer",
    "The people of the street.",
    none,
    z.object({ officers: z.array(officerViewSchema) }),
  ),

  "officer.add": command(
    "officer",
    "Enters a person with a first PIN. Administrator only.",
    z.strictObject({
      name: z.string().trim().min(1).max(40),
      grade: z.enum(grades),
      pool: z.enum(["full_time", "rotating"]).default("full_time"),
      phone: z.string().max(30).default(""),
      post: z.string().max(60).default(""),
      pin: z.string().regex(/^\d{4,12}$/),
    }),
    z.object({ officer: officerViewSchema }),
  ),
} as const satisfies Record<string, CallRow>;
