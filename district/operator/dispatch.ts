import { z } from "zod";
import { dispatchSteps } from "#shared/domain/duty-event/dispatch.ts";
import { type DutyEvent, levels, placeSchema } from "#shared/domain/duty-event/event.ts";
import { longestMin } from "#shared/domain/duty-event/hours-kind.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayOf, defaultOffsetMin } from "#shared/lib/time.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";
import type { Db } from "../store/open.ts";
import { actAsDistrict, newId, operatorSchema } from "./act.ts";
import { type Begun, begunIn } from "./begun.ts";
import { categoriesOf, limitsIn } from "./street-tables.ts";
import { eventOf, eventsIn } from "./whistle.ts";

export const dispatchSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().max(4000).default(""),
  /** What is to be done, and told back. */
  requirement: z.string().trim().max(2000).default(""),
  level: z.enum(levels),
  /** A code of the street's table of categories; empty: the street says. */
  category: z.string().max(40).default(""),
  place: placeSchema.prefault({}),
  callerName: z.string().trim().max(40).default(""),
  callerPhone: z.string().trim().max(30).default(""),
  confidential: z.boolean().default(false),
  /** Minutes until it should be closed; without, the street's table says. */
  limitMin: z.number().int().min(1).max(longestMin).optional(),
  operator: operatorSchema,
});
export type DispatchInput = z.output<typeof dispatchSchema>;

/** What people say on the phone: day, 区, running number of the day in this street. */
async function numberOf(db: Db, street: string, at: number): Promise<string> {
  const head = `${dayOf(at, defaultOffsetMin).replaceAll("-", "")}-区`;
  const { count } = await db
    .selectFrom("event_index")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("street", "=", street)
    .where("number", "like", `${head}%`)
    .executeTakeFirstOrThrow();
  return `${head}${String(Number(count) + 1).padStart(3, "0")}`;
}

/** DS-1, DS-2: sends an event down to a street. Errors: `input.invalid`, `setup.unknown_street`, the rule's. */
export async function dispatchEvent(
  context: Context,
  street: string,
  input: DispatchInput,
): Promise<Result<{ eventId: string; number: string; no: number; confirmedAt: number }, DeskError>> {
  const { limitMin, confidential, ...facts } = input;
  const category = (await categoriesOf(context.store.db, street)).find(({ code }) => code === input.category);
  if (input.category && !category) return fail(deskError("input.invalid", undefined, "category"));
  const eventId = newId(context);
  const at = context.now();
  let number = "";
  const done = await actAsDistrict(context, street, "event.dispatch", async (db) => {
    number = await numberOf(db, street, at);
    const ruled = await limitsIn(db, street, input.category, input.level, at);
    const given: BodyOf<"event.dispatch">["given"] = {
      ...facts,
      text: facts.text || facts.title,
      ...ruled,
      number,
      source: "district",
      confidential: confidential || (category?.confidential ?? false),
      limitMin: limitMin ?? ruled.limitMin,
      sample: false,
    };
    return { eventId, given };
  });
  if (!done.ok) return done;
  await context.audit("dispatched", null, `${street} ${number} ${input.operator}`);
  return ok({ eventId, number, no: done.value.no, confirmedAt: done.value.confirmedAt });
}

export const dispatchStepSchema = z.strictObject({
  /** The event's number as people say it, or its id. */
  event: z.string().trim().min(1).max(64),
  step: z.enum(dispatchSteps),
  words: z.string().trim().min(1).max(500),
  operator: operatorSchema,
});

/** DS-3, DS-4: recalls what was sent down, or does not take it back. Errors: `event.unknown`, `event.leads_others`, the rule's. */
export async function takeDispatchStep(
  context: Context,
  street: string,
  { event, step, words, operator: name }: z.output<typeof dispatchStepSchema>,
): Promise<Result<{ eventId: string; no: number }, DeskError>> {
  const found = await eventOf(context, street, event);
  if (!found) return fail(deskError("event.unknown", undefined, "event"));
  const others = step === "recall" ? await mergedInto(context.store.db, street, found.id) : 0;
  if (others > 0) return fail(deskError("event.leads_others", { count: others }));
  const body = { eventId: found.id, step, given: { operator: name, text: words } };
  const done = await actAsDistrict(context, street, "event.dispatch_step", body);
  if (!done.ok) return done;
  await context.audit("dispatch_step", null, `${street} ${found.number} ${step} ${name}`);
  return ok({ eventId: found.id, no: done.value.no });
}

/** BO-4: events that go on inside this one. */
async function mergedInto(db: Db, street: string, eventId: string): Promise<number> {
  const rows = await eventsIn(db, [street]).where("event_index.state", "=", "merged").execute();
  return rows.filter(({ state }) => readEvent(JSON.parse(state)).merged?.eventId === eventId).length;
}

/** The latest that were sent down; older ones are in the ledger. */
const shown = 60;

/** What the district sent down to these streets, the newest first, each as it stands. */
export async function dispatchedTo(db: Db, streets: readonly string[]): Promise<Begun<DutyEvent>[]> {
  const sent = await begunIn(db, streets, "event.dispatch", shown);
  return sent.map((one) => ({ ...one, state: readEvent(one.state) }));
}

/** DS-1, DS-3: what was sent down to one street, for the command line; words of confidential events are left out. */
export async function dispatchedIn(context: Context, street: string) {
  if (!(await streetOf(context.store.db, street))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const events = await dispatchedTo(context.store.db, [street]);
  return ok({
    at: context.now(),
    dispatched: events.map(({ state: event, begunAt, changedAt, no }) => ({
      eventId: event.id,
      number: event.number,
      title: event.confidential ? "" : event.title,
      level: event.level,
      state: event.state,
      dueAt: event.dueAt,
      dispatch: event.confidential ? null : event.dispatch,
      result: event.confidential ? "" : event.result,
      sentAt: begunAt,
      changedAt,
      no,
    })),
  });
}
