import { z } from "zod";
import { minuteMs } from "#shared/lib/time.ts";
import { type RungName, rungNames } from "./rules.ts";

const instant = z.number().int().nonnegative();

/** One rung as it was when the question was asked: names are kept as they were. */
export const rungSchema = z.strictObject({
  to: z.enum(rungNames),
  names: z.array(z.string().max(40)).max(20),
  /** How long this rung has before the next one is asked, ms. */
  answerMs: z.number().int().positive(),
  /** Events: how long it may stand after somebody has said to have seen it, ms. */
  standMs: z.number().int().positive().optional(),
});
export type Rung = z.infer<typeof rungSchema>;

export const answerSchema = z.strictObject({
  officerId: z.string().min(1).max(64),
  name: z.string().max(40),
  at: instant,
  /** From the moment the desk showed the question, ms. */
  afterMs: z.number().int().nonnegative(),
  /** The screen was locked: somebody was there, but no PIN says who. */
  locked: z.boolean(),
  remarks: z.string().max(400),
});
export type CheckAnswer = z.infer<typeof answerSchema>;

/** A question that must be answered, and how far up it has gone. */
export const askedSchema = z.strictObject({
  id: z.string().min(1).max(64),
  ladder: z.array(rungSchema).min(1).max(rungNames.length),
  /** When each rung was asked, from the first. Never more than the ladder has. */
  raisedAt: z.array(instant).min(1).max(rungNames.length),
  /** When the last rung let its time pass too. */
  missedAt: instant.nullable(),
  answer: answerSchema.nullable(),
});
export type Asked = z.infer<typeof askedSchema>;

/** What to do with a question now: it waits for a rung, the next rung is to be asked, the last one has missed it, or it is answered. */
export type LadderStep =
  | { readonly do: "wait"; readonly rung: number; readonly sinceAt: number; readonly untilAt: number | null }
  | { readonly do: "raise"; readonly rung: number }
  | { readonly do: "miss" }
  | { readonly do: "nothing" };

/** A clock that was set back by no more than this is only being trimmed. */
const trimMs = minuteMs;

/**
 * PS-7: each rung has its whole time from the moment it was really asked, so a sleep of the PC skips nobody and raises one
 * rung, never a burst. A clock that stands before the question was set back: nobody knows how long it has waited, so the
 * next rung is asked at once.
 */
export function ladderAt(asked: Asked, now: number): LadderStep {
  if (asked.answer) return { do: "nothing" };
  const rung = asked.raisedAt.length - 1;
  const sinceAt = asked.raisedAt[rung] ?? now;
  if (asked.missedAt !== null) return { do: "wait", rung, sinceAt, untilAt: null };
  const untilAt = sinceAt + (asked.ladder[rung]?.answerMs ?? 0);
  if (now < untilAt && now > sinceAt - trimMs) return { do: "wait", rung, sinceAt, untilAt };
  return rung + 1 < asked.ladder.length ? { do: "raise", rung: rung + 1 } : { do: "miss" };
}

export interface AskedOf {
  readonly id: string;
  readonly to: RungName;
  readonly names: readonly string[];
  readonly sinceAt: number;
  /** When the next rung is asked; `null`: there is none left. */
  readonly untilAt: number | null;
}

/** What is asked of whom at an instant, of all questions that stand open. */
export function askedAt(questions: readonly Asked[], now: number): AskedOf[] {
  return questions.flatMap((asked) => {
    if (asked.answer) return [];
    const rung = asked.raisedAt.length - 1;
    const sinceAt = asked.raisedAt[rung] ?? now;
    const here = asked.ladder[rung];
    if (!here) return [];
    const step = ladderAt(asked, now);
    return [
      { id: asked.id, to: here.to, names: here.names, sinceAt, untilAt: step.do === "wait" ? step.untilAt : now },
    ];
  });
}

/** The ladder of a shift: a rung with nobody in it is left out, except the desk itself. */
export function ladderFor(
  steps: readonly { readonly to: RungName; readonly answerMinutes: number }[],
  namesOf: (to: RungName) => readonly string[],
): Rung[] {
  return steps
    .map(({ to, answerMinutes }) => ({
      to,
      names: [...new Set(namesOf(to))].slice(0, 20),
      answerMs: Math.max(1, Math.round(answerMinutes * minuteMs)),
    }))
    .filter(({ to, names }) => to === "desk" || names.length > 0);
}

/** One rung up. Two desks of a street may both see it: the second changes nothing. */
export function raise<A extends Asked>(asked: A, rung: number, at: number): A {
  if (asked.answer || asked.missedAt !== null || rung !== asked.raisedAt.length || rung >= asked.ladder.length)
    return asked;
  return { ...asked, raisedAt: [...asked.raisedAt, at] };
}

export function miss<A extends Asked>(asked: A, at: number): A {
  if (asked.answer || asked.missedAt !== null || asked.raisedAt.length < asked.ladder.length) return asked;
  return { ...asked, missedAt: at };
}

/** PS-8: the first answer counts, whoever gives it and however late. */
export function answer<A extends Asked>(
  asked: A,
  given: Pick<CheckAnswer, "officerId" | "name" | "at" | "locked" | "remarks">,
): A {
  if (asked.answer) return asked;
  return { ...asked, answer: { ...given, afterMs: Math.max(0, given.at - (asked.raisedAt[0] ?? given.at)) } };
}
