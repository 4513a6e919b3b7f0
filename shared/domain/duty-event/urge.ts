import { z } from "zod";

const instant = z.number().int().nonnegative();

/** UR-1: somebody was urged, or is supervised by a leader, and what came back. */
export const urgeSchema = z.strictObject({
  kind: z.enum(["urge", "supervise"]),
  to: z.string().min(1).max(60),
  via: z.string().max(40),
  text: z.string().max(500),
  at: instant,
  by: z.string().max(64),
  answer: z.strictObject({ text: z.string().max(500), at: instant, by: z.string().max(64) }).nullable(),
});
export type Urge = z.infer<typeof urgeSchema>;
export const mostUrges = 100;

interface Urged {
  readonly urges: readonly Urge[];
}

/** Those who owe an answer, each once, who was urged first comes first. */
export const owesAnswer = ({ urges }: Urged): string[] => [
  ...new Set(urges.filter(({ answer }) => answer === null).map(({ to }) => to)),
];
export const isUrgedOpen = (event: Urged): boolean => event.urges.some(({ answer }) => answer === null);

/** UR-2: an answer is one to everything that its party was asked and had not answered. */
export const answerUrges = (urges: readonly Urge[], to: string, answer: NonNullable<Urge["answer"]>): Urge[] =>
  urges.map((urge) => (urge.to === to && urge.answer === null ? { ...urge, answer } : urge));
