import type { IntakePrefill, Point } from "#renderer/app/store.ts";
import type { Category, Cover, FoundPlace, InputOf, ReportInput, Thought } from "#shared/contract.ts";
import { type Level, type Source, sources } from "#shared/domain/duty-event/event.ts";
import type { Party } from "#shared/domain/duty-event/party.ts";
import type { Template } from "#shared/domain/table/use.ts";

/** What stands in the form of a new event. */
export interface Intake {
  readonly text: string;
  readonly title: string;
  readonly level: Level;
  readonly source: Source;
  readonly category: string;
  readonly callerName: string;
  readonly callerPhone: string;
  readonly placeText: string;
  readonly community: string;
  readonly grid: string;
  readonly point: Point | null;
  readonly confidential: boolean;
  readonly lead: Party | null;
  readonly coHandlers: readonly Party[];
  /** The closed event that has come back; empty: none. */
  readonly relapseOf: string;
  /** The category that somebody chose before an edition took it out (IN-9); empty: none. */
  readonly lostCategory: string;
  /** Fields that a person has set: proposals leave them alone. */
  readonly own: readonly OwnField[];
}
export type OwnField = "level" | "category" | "grid" | "lead" | "coHandlers" | "relapseOf";

export const emptyIntake: Intake = {
  text: "",
  title: "",
  level: "normal",
  source: "phone",
  category: "",
  callerName: "",
  callerPhone: "",
  placeText: "",
  community: "",
  grid: "",
  point: null,
  confidential: false,
  lead: null,
  coHandlers: [],
  relapseOf: "",
  lostCategory: "",
  own: [],
};

/** Reads a kept draft; anything unreadable is an empty form, never an error. */
export function readIntake(value: string | null): Intake {
  if (!value) return emptyIntake;
  try {
    const kept = JSON.parse(value) as Partial<Intake> | null;
    if (typeof kept !== "object" || kept === null) return emptyIntake;
    const intake = { ...emptyIntake, ...kept };
    // A level that somebody has raised is never lowered by a proposal.
    return intake.level === emptyIntake.level || intake.own.includes("level")
      ? intake
      : { ...intake, own: [...intake.own, "level"] };
  } catch {
    return emptyIntake;
  }
}

export const isBlank = (intake: Intake): boolean =>
  !intake.text && !intake.title && !intake.callerName && !intake.callerPhone && !intake.placeText && !intake.point;

/** Lays what is known from elsewhere (the map, a call) over the kept draft without losing a word of it. */
export function withPrefill(intake: Intake, prefill: IntakePrefill): Intake {
  const source = sources.find((one) => one === prefill.source);
  const text = prefill.text ?? "";
  const joined = !text || intake.text.includes(text) ? intake.text : [intake.text, text].filter(Boolean).join("\n");
  return {
    ...intake,
    text: joined,
    title: intake.title || (prefill.title ?? ""),
    source: source ?? intake.source,
    placeText: intake.placeText || (prefill.placeText ?? ""),
    point: prefill.point ?? intake.point,
    callerName: prefill.callerName || intake.callerName,
    callerPhone: prefill.callerPhone || intake.callerPhone,
  };
}

/** Joins what was kept with what was typed before it could be read: the hand is faster than the store. */
export function joinKept(kept: Intake, typed: Intake): Intake {
  if (isBlank(typed)) return { ...kept, point: typed.point ?? kept.point };
  if (isBlank(kept)) return typed;
  const said = Object.entries(typed).filter(([name, value]) => value !== emptyIntake[name as keyof Intake]);
  // The words of a call record that was opened again stand there already, in lines of their own; a first letter is no such line.
  const stands = `\n${kept.text}\n`.includes(`\n${typed.text}\n`);
  const text = stands ? kept.text : [kept.text, typed.text].filter(Boolean).join("\n");
  return { ...kept, ...Object.fromEntries(said), text };
}

/** Lays what the local rules propose over the fields that nobody has set. */
export function withProposal(intake: Intake, category: Category | null): Intake {
  const code = intake.own.includes("category") ? intake.category : (category?.code ?? "");
  return code === intake.category ? intake : { ...intake, category: code };
}

/** IN-9: a category of a draft or template that the table no longer has is none: the desk proposes again, and the form names it. */
export function withStandingCategory(intake: Intake, rows: readonly Category[]): Intake {
  const { category, own } = intake;
  if (!category || rows.some(({ code }) => code === category)) return intake;
  const lostCategory = own.includes("category") ? category : intake.lostCategory;
  return { ...intake, category: "", lostCategory, own: own.filter((field) => field !== "category") };
}

/** The row of a category, where it is a confidential one. */
export const secretCategory = (rows: readonly Category[], code: string): Category | undefined =>
  rows.find((row) => row.code === code && row.confidential);

/** IN-8: an event of a confidential category is confidential whatever is ticked; words that speak for such a category say so. */
export function secrecyOf(
  intake: Pick<Intake, "category" | "confidential">,
  spokenFor: Thought["categories"],
  rows: readonly Category[],
): { readonly by: Category | undefined; readonly hint: { category: Category; words: string[] } | undefined } {
  const by = secretCategory(rows, intake.category);
  if (by || intake.confidential) return { by, hint: undefined };
  for (const { code, words } of spokenFor) {
    const category = secretCategory(rows, code);
    if (category) return { by, hint: { category, words } };
  }
  return { by, hint: undefined };
}

/** A point knows its grid; a grid that a person has chosen stays. */
export function withCover(intake: Intake, cover: Cover | null): Intake {
  if (!cover || intake.own.includes("grid")) return intake;
  return intake.grid === cover.grid && intake.community === cover.community
    ? intake
    : { ...intake, community: cover.community, grid: cover.grid };
}

/** IN-7: the words name a place where nobody has given one; words that no longer do take it back. */
function withNamed(intake: Intake, named: Thought["named"]): Intake {
  if (intake.point || intake.own.includes("grid")) return intake;
  return { ...intake, community: named?.community ?? "", grid: named?.grid ?? "" };
}

/** What the desk is asked to think about: what a person has said, not what it has proposed itself. */
export const toThink = (intake: Intake): InputOf<"intake.think"> => ({
  text: intake.text.slice(0, textMax),
  category: intake.own.includes("category") ? intake.category : "",
  level: intake.own.includes("level") ? intake.level : "",
  phone: intake.callerPhone.trim(),
  place: {
    text: intake.placeText.trim(),
    point: intake.point,
    community: intake.own.includes("grid") ? intake.community : "",
    grid: intake.own.includes("grid") ? intake.grid : "",
  },
});

/** Lays everything that the desk proposes over the fields that nobody has set. */
export function withThought(intake: Intake, thought: Thought, categories: readonly Category[]): Intake {
  const proposed = categories.find(({ code }) => code === thought.categories[0]?.code) ?? null;
  const placed = withNamed(
    withCover(withProposal(intake, proposed), intake.point ? thought.cover : null),
    thought.named,
  );
  const own = (field: OwnField) => intake.own.includes(field);
  return {
    ...placed,
    level: own("level") ? intake.level : thought.level,
    lead: own("lead") ? intake.lead : (thought.responsible?.lead ?? null),
    coHandlers: own("coHandlers") ? intake.coHandlers : (thought.responsible?.coHandlers ?? []),
    relapseOf: own("relapseOf") ? intake.relapseOf : (thought.relapses[0]?.row.id ?? ""),
  };
}

/** That a person has set these fields. */
export const owned = (intake: Intake, ...fields: readonly OwnField[]): Intake["own"] => [
  ...intake.own.filter((field) => !fields.includes(field)),
  ...fields,
];

/** A place that was chosen from what was found: words, point and grid together. */
export function withPlace(intake: Intake, { title, kind, point, community, grid }: FoundPlace): Intake {
  const named = kind === "community" || kind === "grid";
  const rest = intake.own.filter((field) => field !== "grid");
  return {
    ...intake,
    placeText: named ? "" : title,
    point,
    community,
    grid,
    own: point === null && (community !== "" || grid !== "") ? [...rest, "grid"] : rest,
  };
}

/** A template fills what is still blank; what was typed stays before its words. */
export function withTemplate(intake: Intake, { title, text, category, level, lead, coHandlers }: Template): Intake {
  const fields: OwnField[] = [
    ...(level ? (["level"] as const) : []),
    ...(category ? (["category"] as const) : []),
    ...(lead ? (["lead"] as const) : []),
    ...(coHandlers.length > 0 ? (["coHandlers"] as const) : []),
  ];
  return {
    ...intake,
    text: [intake.text.trim(), text].filter(Boolean).join("\n"),
    title: intake.title || title,
    category: category || intake.category,
    level: level || intake.level,
    lead: lead ?? intake.lead,
    coHandlers: coHandlers.length > 0 ? coHandlers : intake.coHandlers,
    own: owned(intake, ...fields),
  };
}

/** What goes to the core in one stroke; nobody is told without a lead. */
export const toTake = (intake: Intake, dispatch: boolean): InputOf<"intake.take"> => ({
  ...toReport(intake),
  relapseOf: intake.relapseOf,
  dispatch: dispatch && intake.lead ? { lead: intake.lead, coHandlers: [...intake.coHandlers] } : null,
});

export type IntakeProblem = { readonly field: "text"; readonly problem: "required" | "too_long" } | null;
export const textMax = 4000;

export function problemOfIntake(intake: Intake): IntakeProblem {
  if (!intake.text.trim()) return { field: "text", problem: "required" };
  return intake.text.trim().length > textMax ? { field: "text", problem: "too_long" } : null;
}

export const toReport = (intake: Intake): ReportInput => ({
  source: intake.source,
  text: intake.text,
  title: intake.title,
  level: intake.level,
  category: intake.category,
  confidential: intake.confidential,
  callerName: intake.callerName.trim(),
  callerPhone: intake.callerPhone.trim(),
  place: { text: intake.placeText.trim(), point: intake.point, community: intake.community, grid: intake.grid },
});

export interface GridArea {
  readonly community: string;
  readonly grid: string;
  readonly head: string;
  readonly worker: string;
}

/** The grids of the street out of the areas of the map; shapes it does not know are left aside. */
export function gridsOf(areas: unknown): GridArea[] {
  const features = (areas as { features?: unknown } | null | undefined)?.features;
  if (!Array.isArray(features)) return [];
  return features.flatMap((feature: { properties?: Record<string, unknown> } | null) => {
    const of = feature?.properties ?? {};
    const text = (name: string) => (typeof of[name] === "string" ? of[name] : "");
    if (of["level"] !== "grid" || !text("name")) return [];
    return [
      { community: text("communityName"), grid: text("name"), head: text("headName"), worker: text("workerName") },
    ];
  });
}
