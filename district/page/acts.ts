import type { z } from "zod";
import { dispatchStepNames } from "#shared/domain/duty-event/dispatch.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { readLength } from "#shared/lib/length.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Bilingual, fillBoth } from "#shared/lib/text.ts";
import type { Context } from "../context.ts";
import { dispatchEvent, dispatchSchema, dispatchStepSchema, takeDispatchStep } from "../operator/dispatch.ts";
import { askDuty, askSchema } from "../operator/presence.ts";
import { takeWhistleStep, whistleStepSchema } from "../operator/whistle.ts";
import { streetOf } from "../store/meta.ts";
import { words } from "./words.ts";

/** What a form sent, each field once. */
export type Typed = Readonly<Record<string, string>>;
type Act = (context: Context, typed: Typed, operator: string) => Promise<Result<Bilingual, DeskError>>;

function read<S extends z.ZodType>(
  schema: S,
  given: Readonly<Record<string, unknown>>,
): Result<z.output<S>, DeskError> {
  const parsed = schema.safeParse(given);
  return parsed.success
    ? ok(parsed.data)
    : fail(deskError("input.invalid", undefined, parsed.error.issues[0]?.path.join(".") || "body"));
}

/** A field that was left empty was not given. */
const given = (typed: Typed, ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (typed[name]?.trim() ? [[name, typed[name]]] : [])));

const dispatch: Act = async (context, typed, operator) => {
  const street = await streetOf(context.store.db, typed.street ?? "");
  if (!street) return fail(deskError("setup.unknown_street"));
  const limit = typed.limit?.trim();
  const input = read(dispatchSchema, {
    ...given(typed, "title", "text", "level", "category", "requirement", "callerName", "callerPhone"),
    place: { text: typed.place?.trim() ?? "" },
    confidential: typed.confidential === "1",
    ...(limit ? { limitMin: readLength(limit) } : {}),
    operator,
  });
  if (!input.ok) return input;
  const done = await dispatchEvent(context, street.code, input.value);
  return done.ok
    ? ok(fillBoth(words.didDispatch, { street: street.name, number: done.value.number, no: done.value.no }))
    : done;
};

/** PS-9: one street, those that are online, or every one that has a desk. */
const ask: Act = async (context, typed, operator) => {
  const { street = "" } = typed;
  const input = read(askSchema, {
    ...given(typed, "words"),
    ...(typed.answerMinutes ? { answerMinutes: Number(typed.answerMinutes) } : {}),
    operator,
  });
  if (!input.ok) return input;
  const streets = await context.contacts.overview(context.now());
  const chosen =
    street === "online" || street === "all"
      ? streets.filter(({ online, desks }) => online || (street === "all" && desks.length > 0)).map(({ code }) => code)
      : [street];
  if (chosen.length === 0) return ok(words.nobody);
  for (const code of chosen) {
    const done = await askDuty(context, code, input.value);
    if (!done.ok) return done;
  }
  return ok(fillBoth(words.didAsk, { count: chosen.length }));
};

const whistle: Act = async (context, typed, operator) => {
  const input = read(whistleStepSchema, { ...given(typed, "event", "step", "to", "people", "words"), operator });
  if (!input.ok) return input;
  const done = await takeWhistleStep(context, typed.street ?? "", input.value);
  return done.ok ? ok(didStep(transitionOf(input.value.step).label, done.value.no)) : done;
};

const dispatchStep: Act = async (context, typed, operator) => {
  const input = read(dispatchStepSchema, { ...given(typed, "event", "step", "words"), operator });
  if (!input.ok) return input;
  const done = await takeDispatchStep(context, typed.street ?? "", input.value);
  return done.ok ? ok(didStep(dispatchStepNames[input.value.step], done.value.no)) : done;
};

const didStep = (step: Bilingual, no: number): Bilingual => ({
  zh: fillBoth(words.didStep, { step: step.zh, no }).zh,
  en: fillBoth(words.didStep, { step: step.en, no }).en,
});

/** What the page may do: the very acts of the operator's door, by the path of their form. */
export const acts: Readonly<Record<string, Act>> = {
  "/dispatch": dispatch,
  "/duty-check": ask,
  "/whistle": whistle,
  "/dispatch-step": dispatchStep,
};
