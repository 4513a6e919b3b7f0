import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";

/** What an officer may do at the desk, weakest first. It is a right, not the role of one shift. */
export const grades = ["operator", "shift_leader", "leader", "admin"] as const;
export type Grade = (typeof grades)[number];

export const gradeNames: Readonly<Record<Grade, Bilingual>> = {
  operator: { zh: "值班员", en: "Operator" },
  shift_leader: { zh: "值班长", en: "Shift leader" },
  leader: { zh: "带班领导", en: "Leader on duty" },
  admin: { zh: "管理员", en: "Administrator" },
};

export const officerSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(40),
  grade: z.enum(grades),
  pool: z.enum(["full_time", "rotating"]),
  phone: z.string().max(30).default(""),
  post: z.string().max(60).default(""),
  active: z.boolean().default(true),
  /** Ed25519 public key, base64 of the raw 32 bytes; empty until the officer has set a PIN. */
  publicKey: z.string().max(64).default(""),
});
export type Officer = z.infer<typeof officerSchema>;
