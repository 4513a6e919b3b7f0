import { z } from "zod";

const instant = z.number().int().nonnegative();
const words = z.strictObject({ operator: z.string().max(60), text: z.string().max(500), at: instant });

/** DS-3: the street asked the district to take an event back, and what the district said; `null`: it has not answered yet. */
const returnSchema = z.strictObject({
  reason: z.string().max(500),
  at: instant,
  by: z.string().max(64),
  answer: words.nullable(),
});

/** More are refused: an event must stay small. */
export const mostReturns = 20;

/** DS-1: what an event carries that the district has sent down. */
export const dispatchedSchema = z.strictObject({
  operator: z.string().max(60),
  /** What the district wants to have done. */
  requirement: z.string().max(2000),
  returns: z.array(returnSchema).max(mostReturns),
  recalled: words.nullable(),
});
export type Dispatched = z.infer<typeof dispatchedSchema>;

interface MayBeDispatched {
  readonly dispatch: Dispatched | null;
}

/** Waits for the district's word on its return. */
export const returnOf = ({ dispatch }: MayBeDispatched) => dispatch?.returns.find(({ answer }) => answer === null);

export const mayReturn = ({ dispatch }: MayBeDispatched): boolean =>
  dispatch !== null && dispatch.returns.length < mostReturns && !returnOf({ dispatch });
