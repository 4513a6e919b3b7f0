import { z } from "zod";
import { linkKinds } from "#shared/domain/duty-event/bond.ts";
import { stepClockSchema } from "#shared/domain/duty-event/clock.ts";
import { dutyEventSchema, eventStates, levels, placeSchema, sources } from "#shared/domain/duty-event/event.ts";
import { eventSheetSchema } from "#shared/domain/duty-event/event-sheet.ts";
import { taskActions } from "#shared/domain/duty-event/task-steps.ts";
import { type EventAction, eventActions } from "#shared/domain/duty-event/transitions.ts";
import { type CallRow, command, done, id, none, params, query } from "./call.ts";
import { eventSelectionSchema, eventViews, queueLookSchema } from "./event-filter.ts";
import { timelineEntrySchema } from "./log.ts";
import { syncStateSchema } from "./sync-state.ts";
import { categorySchema } from "./system.ts";

export const eventRowSchema = dutyEventSchema
  .pick({
    id: true,
    number: true,
    state: true,
    level: true,
    category: true,
    title: true,
    source: true,
    confidential: true,
    place: true,
    board: true,
    lead: true,
    coHandlers: true,
    reportedAt: true,
    reportedBy: true,
    dueAt: true,
    closedAt: true,
    updatedAt: true,
    sample: true,
  })
  .extend({
    sync: syncStateSchema,
    /** The clock that presses most now; `null`: it has no limit. */
    clock: stepClockSchema.nullable(),
    /** When the first of its parties is late with its next step, ms; `null`: none has a limit running. */
    partyDueAt: z.number().int().nullable(),
    /** BO-9: the same trouble as one that was dealt with before; never told of a confidential event to who may not know it. */
    relapse: z.boolean(),
  });
export type EventRow = z.infer<typeof eventRowSchema>;

/** Where the searched words stand, when the row itself does not show them. */
export const eventHitSchema = z.object({
  field: z.enum(["text", "callerName", "callerPhone", "community", "grid"]),
  text: z.string(),
});
export type EventHit = z.infer<typeof eventHitSchema>;

/** Another event as a bond shows it. `title` empty: this desk does not hold it (yet). */
const bondedSchema = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(eventStates).nullable(),
});

/** How an event stands to others, asked from both sides. */
export const bondsSchema = z.object({
  /** The event in which this one is dealt with, and at the end of a chain the one that leads. */
  into: bondedSchema.nullable(),
  leads: bondedSchema.nullable(),
  /** What is dealt with in this one: who called and what they said. */
  merged: z.array(
    bondedSchema.extend({
      text: z.string(),
      callerName: z.string(),
      callerPhone: z.string(),
      source: z.enum(sources),
      place: z.string(),
      reportedAt: z.number().int(),
      mergedAt: z.number().int(),
    }),
  ),
  links: z.array(
    bondedSchema.extend({
      kind: z.enum(linkKinds),
      /** Whose link it is: this event's, or the other's. */
      way: z.enum(["there", "back"]),
      text: z.string(),
    }),
  ),
});
export type EventBonds = z.infer<typeof bondsSchema>;

export const eventDetailSchema = z.object({
  event: dutyEventSchema,
  /** CF-2: `may_open`: its words are shown once it was opened with a reason; `closed`: not to this officer. */
  seal: z.enum(["none", "may_open", "closed"]),
  /** Actions that the signed-in officer may take now, usual step first. */
  actions: z.array(z.enum(eventActions)),
  /** Steps that they may take for each task, in the order of the event's tasks, usual step first. */
  taskActions: z.array(z.array(z.enum(taskActions))),
  /** Whether they may give a task to one more party. */
  mayGive: z.boolean(),
  /** What the tasks suggest for the event next (EV-20). */
  suggested: z.enum(eventActions).nullable(),
  timeline: z.array(timelineEntrySchema),
  bonds: bondsSchema,
  sync: syncStateSchema,
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** What a step on one event answers: the event as every screen shows it, so that none has to ask before it can. */
export const shownEventSchema = eventDetailSchema.extend({ row: eventRowSchema });
export type ShownEvent = z.infer<typeof shownEventSchema>;

/** How many stand in a view. */
const tallySchema = z.object({
  total: z.number().int(),
  /** There are more than `total`; they were not counted on. */
  more: z.boolean(),
});

/** [D] So many events take one step together. */
export const bulkMost = 500;

/** First-report input: only what a person types; number and limit come from the desk. */
export const reportInputSchema = z.strictObject({
  source: z.enum(sources).default("phone"),
  text: z.string().trim().min(1).max(4000),
  /** Empty: made from the first words of the text. */
  title: z.string().trim().max(80).default(""),
  level: z.enum(levels).default("normal"),
  /** Code of the category table; empty: proposed by keywords. */
  category: z.string().max(40).default(""),
  confidential: z.boolean().default(false),
  callerName: z.string().max(40).default(""),
  callerPhone: z.string().max(30).default(""),
  place: placeSchema.prefault({}),
  /** Files of the form that become attachments of the event, in the same transaction (AT-5). */
  attachmentIds: z.array(id).max(50).default([]),
});
export type ReportInput = z.input<typeof reportInputSchema>;

const transitionActions = eventActions.filter(
  (action): action is Exclude<EventAction, "report"> => action !== "report",
);

/** The queue of duty events. */
export const eventCalls = {
  "event.report": command(
    "officer",
    "Records a new duty event.",
    () => reportInputSchema,
    () => z.object({ event: dutyEventSchema }),
  ),

  "event.list": query(
    "officer",
    "A page of the queue: the first one, the one after `cursor` (the `next` of the page before), or the one that begins at place `from`; with `from` the total is exact. With `search` (characters, figures or pinyin initials): open ones first, then ended, the newest first.",
    () =>
      eventSelectionSchema.extend({
        cursor: z.string().max(400).optional(),
        from: z.number().int().min(0).max(100_000_000).optional(),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    () =>
      tallySchema.extend({
        rows: z.array(eventRowSchema.extend({ hit: eventHitSchema.nullable() })),
        next: z.string().nullable(),
      }),
  ),

  "event.place": query(
    "officer",
    "The place of an event in a list, counted from 0; null: it is not in it.",
    () => eventSelectionSchema.extend({ id: z.string() }),
    () => z.object({ at: z.number().int().nullable() }),
  ),

  "event.tally": query(
    "officer",
    "How many stand in each ready view and in each view of this officer.",
    () => none,
    () =>
      z.object({
        views: z.partialRecord(z.enum(eventViews), tallySchema),
        own: z.record(z.string(), tallySchema),
      }),
  ),

  "event.look": query(
    "officer",
    "Own views and columns of this officer, kept on this desk.",
    () => none,
    () => queueLookSchema,
  ),
  "event.setLook": command(
    "officer",
    "Keeps own views and columns of this officer.",
    () => queueLookSchema,
    () => done,
  ),

  "event.get": query(
    "officer",
    "One event with its timeline and the actions open to this officer.",
    () => z.strictObject({ id }),
    () => eventDetailSchema,
  ),

  "event.open": command(
    "officer",
    "Opens a confidential event for this officer until they sign out; who, when and why is a line of the log.",
    () => z.strictObject({ id, reason: z.string().trim().min(2).max(200) }),
    () => done,
  ),

  "event.sop": command(
    "officer",
    "Ticks an item of the event's SOP card, or takes the tick back.",
    () =>
      z.strictObject({
        id,
        item: z.string().trim().min(1).max(200),
        done: z.boolean(),
        note: z.string().trim().max(200).default(""),
      }),
    () => shownEventSchema,
  ),

  "event.transition": command(
    "officer",
    "Takes one action of the transition table; `given` holds the fields of its row (see `transitions` of the printed contract).",
    () =>
      z.strictObject({ id, action: z.enum(transitionActions), given: z.record(z.string(), z.unknown()).default({}) }),
    () => shownEventSchema,
  ),

  "event.transitionAll": command(
    "officer",
    "Takes one action on each of these events, in one transaction: each is judged by itself, and the answer says which went and which did not and why. With a fault of the desk itself nothing of it stands.",
    () =>
      z.strictObject({
        ids: z.array(id).min(1).max(bulkMost),
        action: z.enum(transitionActions),
        given: z.record(z.string(), z.unknown()).default({}),
      }),
    () =>
      z.object({
        went: z.array(z.object({ id, number: z.string() })),
        not: z.array(
          z.object({
            id,
            number: z.string(),
            title: z.string(),
            error: z.object({
              kind: z.enum(["retry", "ask", "stop"]),
              id: z.string(),
              params: params.optional(),
              field: z.string().optional(),
            }),
          }),
        ),
      }),
  ),

  "event.merge": command(
    "officer",
    "Merges events into the one that was reported first: all of them or none (BO-4).",
    () => z.strictObject({ ids: z.array(id).min(2).max(50), text: z.string().trim().max(500).default("") }),
    () => z.object({ lead: dutyEventSchema, merged: z.array(dutyEventSchema) }),
  ),

  "event.timeline": query(
    "officer",
    "The whole course of an event for paper and file: a printable sheet, and plain text in a stable form; confidential masked (TL-1, TL-2).",
    () => z.strictObject({ id }),
    () => z.object({ fileName: z.string(), text: z.string(), sheet: eventSheetSchema }),
  ),

  "event.propose": query(
    "officer",
    "What the plain local rules propose for a text: category with its reason, level limit, lead.",
    () => z.strictObject({ text: z.string().max(4000) }),
    () => z.object({ category: categorySchema.nullable(), reason: z.string() }),
  ),
} as const satisfies Record<string, CallRow>;
