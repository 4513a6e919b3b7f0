import type { Category, Tables } from "#shared/contract.ts";
import { type Into, isChosen, type LinkKind } from "#shared/domain/duty-event/bond.ts";
import type { Board, DutyEvent, Level, Party } from "#shared/domain/duty-event/event.ts";
import type { Measures } from "#shared/domain/duty-event/review.ts";
import { criterionNameMost, mostCriteria } from "#shared/domain/duty-event/score.ts";
import { type EventAction, type FieldName, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { owesAnswer } from "#shared/domain/duty-event/urge.ts";
import { type DisputeSide, type Points, whistleOf } from "#shared/domain/duty-event/whistle.ts";
import { readLength } from "#shared/lib/length.ts";

export type Criterion = Tables["criteria"]["rows"][number];

/** WH-5: by what is scored, as the rule table stands now and as an event can hold it. */
export const criteriaOf = ({ criteria }: Pick<Tables, "criteria">): readonly Criterion[] =>
  criteria.rows.slice(0, mostCriteria).map((row) => ({ ...row, name: row.name.slice(0, criterionNameMost) }));

/** Points that were given before, by what is scored now: a criterion that was taken out has none, another name and bound count. */
export const scoresBy = (criteria: readonly Criterion[], points: Points): Points =>
  criteria.flatMap(({ code, name, most }) => {
    const given = points.find((one) => one.code === code)?.points;
    return given === undefined ? [] : [{ code, name, points: given, most }];
  });

/** What stands in the fields of an action form, before it is judged. Blank is `""`, nobody is `null`. */
export interface Entered {
  readonly board: Board | "";
  readonly category: string;
  readonly level: Level | "";
  readonly lead: Party | null;
  readonly coHandlers: readonly Party[];
  /** Minutes, as typed. */
  readonly limitMin: string;
  /** A length, as typed: `3天`, `12小时`, `90`. */
  readonly pauseMin: string;
  readonly moreMin: string;
  readonly whistleKind: string;
  readonly whistleKindName: string;
  readonly party: string;
  readonly via: string;
  readonly to: string;
  readonly note: string;
  readonly text: string;
  readonly result: string;
  readonly reason: string;
  readonly toldBy: string;
  readonly people: string;
  readonly side: DisputeSide | "";
  readonly scores: Points;
  readonly border: string;
  readonly oneOff: string;
  readonly upkeep: string;
  readonly agreedBy: string;
  readonly agreedOn: string;
  readonly into: Into | null;
  readonly other: { readonly eventId: string; readonly number: string } | null;
  readonly linkKind: Exclude<LinkKind, "split_from"> | "";
  /** One piece a line, as typed. */
  readonly parts: string;
  readonly happened: string;
  readonly well: string;
  readonly change: string;
  readonly measures: Measures;
  /** The desk says it, by the category. */
  readonly confidential: null;
}

const blank: Entered = {
  board: "",
  category: "",
  level: "",
  lead: null,
  coHandlers: [],
  limitMin: "",
  pauseMin: "",
  moreMin: "",
  whistleKind: "",
  party: "",
  via: "",
  to: "",
  note: "",
  text: "",
  result: "",
  reason: "",
  whistleKindName: "",
  toldBy: "",
  people: "",
  side: "",
  scores: [],
  border: "",
  oneOff: "",
  upkeep: "",
  agreedBy: "",
  agreedOn: "",
  into: null,
  other: null,
  linkKind: "",
  parts: "",
  happened: "",
  well: "",
  change: "",
  measures: [],
  confidential: null,
};

const limitOf = (category: Category | undefined, level: Level | ""): string =>
  category && level ? String(category.limitMin[level] ?? "") : "";

/** What the table of categories proposes for the fields that nobody has touched. */
export function propose(entered: Entered, touched: ReadonlySet<FieldName>, categories: readonly Category[]): Entered {
  const category = categories.find((row) => row.code === entered.category);
  if (!category) return entered;
  return {
    ...entered,
    board: touched.has("board") && entered.board ? entered.board : category.board,
    lead: touched.has("lead") && entered.lead ? entered.lead : category.lead,
    limitMin: touched.has("limitMin") ? entered.limitMin : limitOf(category, entered.level),
  };
}

/** The form as it opens: what the event already says, and for the rest what its category proposes. */
export function prefill(action: EventAction, event: DutyEvent, categories: readonly Category[]): Entered {
  const from: Entered = {
    ...blank,
    board: event.board ?? "",
    category: event.category,
    level: event.level,
    lead: event.lead,
    coHandlers: event.coHandlers,
    party: action === "acknowledge" ? (event.lead?.name ?? "") : "",
    ...stands(action, event),
  };
  if (action !== "assess") return from;
  const said = new Set<FieldName>();
  if (event.board) said.add("board");
  if (event.lead) said.add("lead");
  const proposed = propose(from, said, categories);
  return event.state === "assessed" && event.limitMin !== null
    ? { ...proposed, limitMin: String(event.limitMin) }
    : proposed;
}

/** What the event already says in the fields of whistles, boundaries, urging and review. */
function stands(action: EventAction, event: DutyEvent): Partial<Entered> {
  switch (action) {
    case "route":
    case "decide":
      return { to: whistleOf(event)?.to ?? "" };
    case "urge":
    case "supervise":
      return { to: (event.state === "whistled" ? whistleOf(event)?.to : event.lead?.name) ?? "" };
    case "answer_urge":
      return { to: owesAnswer(event)[0] ?? "" };
    case "agree": {
      const { oneOff, upkeep, agreedBy, agreedOn } = event.border?.agreement ?? blank;
      return { oneOff, upkeep, agreedBy, agreedOn };
    }
    case "review": {
      const { happened, well, change, measures } = event.review ?? blank;
      return { happened, well, change, measures };
    }
    case "link":
      return { linkKind: "related" };
    case "unlink": {
      const [only, second] = event.links.filter(isChosen);
      return only && !second ? { other: { eventId: only.eventId, number: only.number } } : {};
    }
    default:
      return {};
  }
}

/** The fields of `given`, blank ones left out, texts trimmed. */
export function toGiven(action: EventAction, entered: Entered): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, made } of transitionOf(action).fields) {
    if (made) continue;
    const value = entered[name];
    if (name === "limitMin") {
      if (entered.limitMin.trim()) given.limitMin = Number(entered.limitMin);
    } else if (name === "pauseMin" || name === "moreMin") {
      if (entered[name].trim()) given[name] = readLength(entered[name]);
    } else if (name === "parts") {
      const parts = linesOf(entered.parts);
      if (parts.length > 0) given.parts = parts;
    } else if (name === "measures") {
      const measures = entered.measures.filter(({ text, who, dueOn }) => text || who || dueOn);
      if (measures.length > 0) given.measures = measures;
    } else if (name === "scores") {
      if (entered.scores.length > 0) given.scores = entered.scores;
    } else if (typeof value === "string") {
      if (value.trim()) given[name] = value.trim();
    } else if (value !== null) given[name] = value;
  }
  return given;
}

/** One piece a line; blank lines are none. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** Whether one key is enough: nothing must be given, and the event already says who leads. */
export function actsAtOnce(action: EventAction, event: Pick<DutyEvent, "lead">): boolean {
  const row = transitionOf(action);
  if (row.tone === "grave" || row.fields.some((field) => field.required)) return false;
  return action !== "assign" || event.lead !== null;
}

export const draftKeyOf = (eventId: string, action: EventAction): string => `action:${eventId}:${action}`;

/** Reads a kept draft over the prefilled form; anything unreadable is left aside, never an error. */
export function readDraft(
  value: string | null,
  prefilled: Entered,
): { entered: Entered; touched: Set<FieldName> } | null {
  if (!value) return null;
  try {
    const kept = JSON.parse(value) as { entered?: Partial<Entered>; touched?: FieldName[] };
    if (typeof kept.entered !== "object" || kept.entered === null) return null;
    return { entered: { ...prefilled, ...kept.entered }, touched: new Set(kept.touched ?? []) };
  } catch {
    return null;
  }
}

export const writeDraft = (entered: Entered, touched: ReadonlySet<FieldName>): string =>
  JSON.stringify({ entered, touched: [...touched] });
