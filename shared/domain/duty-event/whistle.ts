import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";
import { type Points, pointsSchema } from "./given-parts.ts";

export type { Points };

/** Where one whistle stands. */
export const whistleStates = [
  "called",
  "routed",
  "reported_in",
  "disputed",
  "fed_back",
  "rated",
  "returned",
  "withdrawn",
] as const;
export type WhistleState = (typeof whistleStates)[number];

export const whistleStateNames: Readonly<Record<WhistleState, Bilingual>> = {
  called: { zh: "待派哨", en: "To route" },
  routed: { zh: "待应哨", en: "To report in" },
  reported_in: { zh: "办理中", en: "In hand" },
  disputed: { zh: "管辖争议", en: "Jurisdiction disputed" },
  fed_back: { zh: "待评哨", en: "To score" },
  rated: { zh: "已评哨", en: "Scored" },
  returned: { zh: "已退回", en: "Returned" },
  withdrawn: { zh: "已撤哨", en: "Withdrawn" },
};

export const whistleSteps = [
  "call",
  "route",
  "report_in",
  "dispute",
  "decide",
  "feedback",
  "rate",
  "return",
  "withdraw",
] as const;
export type WhistleStep = (typeof whistleSteps)[number];

/** WH-2: the life of a whistle: step → where it may start and where it leads. `call` begins one. */
export const whistleMoves: Readonly<Record<WhistleStep, Readonly<Partial<Record<WhistleState, WhistleState>>>>> = {
  call: {},
  route: { called: "routed", routed: "routed", reported_in: "routed" },
  // A second party may come, and the district's own word may arrive after the phone's.
  report_in: { called: "reported_in", routed: "reported_in", reported_in: "reported_in" },
  dispute: { called: "disputed", routed: "disputed", reported_in: "disputed" },
  decide: { disputed: "routed" },
  feedback: { called: "fed_back", routed: "fed_back", reported_in: "fed_back" },
  rate: { fed_back: "rated" },
  return: { called: "returned", routed: "returned", reported_in: "returned", disputed: "returned" },
  withdraw: { called: "withdrawn", routed: "withdrawn", reported_in: "withdrawn", disputed: "withdrawn" },
};

/** What a step is called where the district's table does not name it: it has names for the five steps alone. */
export const whistleStepNames: Readonly<Record<WhistleStep, Bilingual>> = {
  call: { zh: "吹哨", en: "Whistle" },
  route: { zh: "派哨", en: "Route" },
  report_in: { zh: "应哨", en: "Report in" },
  dispute: { zh: "争议", en: "Dispute" },
  decide: { zh: "裁定", en: "Decision" },
  feedback: { zh: "反馈", en: "Feedback" },
  rate: { zh: "评哨", en: "Score" },
  return: { zh: "退回", en: "Returned" },
  withdraw: { zh: "撤哨", en: "Withdrawn" },
};

export const disputeSides = ["street", "department"] as const;
export type DisputeSide = (typeof disputeSides)[number];
export const disputeSideNames: Readonly<Record<DisputeSide, Bilingual>> = {
  street: { zh: "街道", en: "the street" },
  department: { zh: "部门", en: "the department" },
};

const instant = z.number().int().nonnegative();

/** [D] What is whistled and how its five steps are called: `resources/defaults/whistle.json`. By what is scored is a rule table. */
export const whistleTableSchema = z.object({
  label: z.string().min(1),
  kinds: z
    .array(z.object({ code: z.string().min(1).max(40), name: z.string().min(1).max(40), about: z.string() }))
    .min(1),
  steps: z
    .array(
      z.object({ code: z.enum(["call", "route", "report_in", "feedback", "rate"]), name: z.string().min(1).max(20) }),
    )
    .length(5),
});
export type WhistleTable = z.infer<typeof whistleTableSchema>;

/** One step as it was taken. `by`: officer id, or `district`. `toldBy`: who told the desk, or the district's operator. */
export const whistleStepSchema = z.strictObject({
  step: z.enum(whistleSteps),
  at: instant,
  by: z.string().max(64),
  toldBy: z.string().max(60),
  /** Department that was asked or decided for; empty: the same. */
  to: z.string().max(60),
  /** Who came. */
  people: z.string().max(200),
  text: z.string().max(2000),
});
export type PastWhistleStep = z.infer<typeof whistleStepSchema>;

/** States from which a street whistles, and to which a withdrawn whistle leads back. */
export const whistledFrom = ["assessed", "handling"] as const;

/** WH-1: one call of the street for what it cannot solve, from the whistle to the score. */
export const whistleSchema = z.strictObject({
  /** Code of the district's table, and its name as it was then. */
  kind: z.string().min(1).max(40),
  kindName: z.string().max(40),
  /** Who should come; once routed, who was sent. */
  to: z.string().max(60),
  text: z.string().max(2000),
  at: instant,
  by: z.string().max(64),
  from: z.enum(whistledFrom),
  state: z.enum(whistleStates),
  steps: z.array(whistleStepSchema).max(60),
  score: z
    .strictObject({ points: pointsSchema, text: z.string().max(1000), at: instant, by: z.string().max(64) })
    .nullable(),
});
export type Whistle = z.infer<typeof whistleSchema>;

/** More are refused: an event must stay small. */
export const mostWhistles = 20;
const mostSteps = 60;

/** What stood in an event before whistles had a life of their own. */
export const oldWhistleSchema = z.strictObject({
  kind: z.enum(["daily", "emergency", "difficult"]),
  to: z.string(),
  text: z.string(),
  at: instant,
});
const oldKindNames = { daily: "日常", emergency: "应急", difficult: "疑难" } as const;

/** WH-8: an old whistle as one that has a life: still waiting while its event says so, answered otherwise. */
export function readOldWhistle(old: z.infer<typeof oldWhistleSchema>, eventState: string): Whistle {
  const past = { by: "", toldBy: "", to: "", people: "" };
  return {
    ...old,
    kindName: oldKindNames[old.kind],
    by: "",
    from: "handling",
    state: eventState === "whistled" ? "called" : "fed_back",
    steps: [{ ...past, step: "call", at: old.at, to: old.to, text: old.text }],
    score: null,
  };
}

/** The whistle that counts now: the last. */
export const whistleOf = (event: { readonly whistles: readonly Whistle[] }): Whistle | undefined =>
  event.whistles.at(-1);

/** The whistle that a step would move: a score goes to the last that was answered and not yet scored. */
export const whistleFor = (event: { readonly whistles: readonly Whistle[] }, step: WhistleStep): Whistle | undefined =>
  step === "rate" ? event.whistles.findLast(({ state }) => state === "fed_back") : whistleOf(event);

/** WH-2: whether the life of the whistle allows a step now. */
export function whistleAllows(event: { readonly whistles: readonly Whistle[] }, step: WhistleStep): boolean {
  if (step === "call") return event.whistles.length < mostWhistles;
  const whistle = whistleFor(event, step);
  return whistle !== undefined && whistle.steps.length < mostSteps && whistleMoves[step][whistle.state] !== undefined;
}

/** What is given with a step of a whistle. */
export interface WhistleGiven {
  readonly whistleKind?: string | undefined;
  readonly whistleKindName?: string | undefined;
  readonly to?: string | undefined;
  readonly toldBy?: string | undefined;
  readonly people?: string | undefined;
  readonly text?: string | undefined;
  readonly reason?: string | undefined;
  readonly scores?: Points | undefined;
}

/** The whistles of an event after a step that `whistleAllows`. */
export function stepWhistle(
  event: { readonly state: string; readonly whistles: readonly Whistle[] },
  step: WhistleStep,
  given: WhistleGiven,
  act: { readonly at: number; readonly by: string },
): Whistle[] {
  const past: PastWhistleStep = {
    step,
    at: act.at,
    by: act.by,
    toldBy: given.toldBy ?? "",
    to: given.to ?? "",
    people: given.people ?? "",
    text: given.text ?? given.reason ?? "",
  };
  if (step === "call") {
    const kind = given.whistleKind ?? "daily";
    const made: Whistle = {
      kind,
      kindName: given.whistleKindName ?? oldKindNames[kind as keyof typeof oldKindNames] ?? kind,
      to: given.to ?? "",
      text: given.text ?? "",
      at: act.at,
      by: act.by,
      from: event.state === "assessed" ? "assessed" : "handling",
      state: "called",
      steps: [past],
      score: null,
    };
    return [...event.whistles, made];
  }
  const moved = whistleFor(event, step);
  return event.whistles.map((whistle) => {
    if (whistle !== moved) return whistle;
    return {
      ...whistle,
      to: (step === "route" || step === "decide") && given.to ? given.to : whistle.to,
      state: whistleMoves[step][whistle.state] ?? whistle.state,
      steps: [...whistle.steps, past],
      score:
        step === "rate" && given.scores
          ? { points: given.scores, text: given.text ?? "", at: act.at, by: act.by }
          : whistle.score,
    };
  });
}

/** Points given and possible, over all criteria. */
export const totalOf = (points: Points): { readonly given: number; readonly most: number } => ({
  given: points.reduce((sum, one) => sum + one.points, 0),
  most: points.reduce((sum, one) => sum + one.most, 0),
});

/** States in which somebody still owes the next step. */
const waitingStates: readonly WhistleState[] = ["called", "routed", "reported_in", "disputed", "fed_back"];

/** WH-7: how long the whistle stayed after each step, in ms; the last hop runs until `now` while a next step is owed. */
export function dwellsOf(
  whistle: Whistle,
  now: number,
): { readonly past: PastWhistleStep; readonly dwellMs: number | null }[] {
  return whistle.steps.map((past, index) => {
    const next = whistle.steps[index + 1]?.at ?? (waitingStates.includes(whistle.state) ? now : null);
    return { past, dwellMs: next === null ? null : Math.max(0, next - past.at) };
  });
}
