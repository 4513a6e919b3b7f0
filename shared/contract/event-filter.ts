import { z } from "zod";
import { boards, eventStates, levels, sources } from "#shared/domain/duty-event/event.ts";
import { instant } from "./call.ts";

/** Ready views of the queue. `mine`: what this officer reported or had a hand in; `waiting`: it is for others to act. */
export const eventViews = [
  "open",
  "mine",
  "board",
  "late",
  "due_soon",
  "to_acknowledge",
  "waiting",
  "unconfirmed",
  "shift",
  "today",
  "closed",
  "all",
] as const;
export type EventView = (typeof eventViews)[number];

/** Orders of the queue; each has its index, so that any page of it costs the same. */
export const eventSorts = [
  "urgency",
  "due",
  "newest",
  "level",
  "state",
  "category",
  "board",
  "source",
  "community",
  "lead",
] as const;
export type EventSort = (typeof eventSorts)[number];

/** What narrows a view: within a list any of its values, and all that is named together. */
export const eventFilterSchema = z.strictObject({
  states: z.array(z.enum(eventStates)).max(eventStates.length).optional(),
  levels: z.array(z.enum(levels)).max(levels.length).optional(),
  categories: z.array(z.string().max(40)).max(60).optional(),
  boards: z.array(z.enum(boards)).max(boards.length).optional(),
  sources: z.array(z.enum(sources)).max(sources.length).optional(),
  communities: z.array(z.string().max(60)).max(60).optional(),
  grids: z.array(z.string().max(60)).max(60).optional(),
  /** Name of a lead or co-handler. */
  party: z.string().trim().min(1).max(60).optional(),
  /** Reported in the last so many duty days, today being the first. */
  days: z.number().int().min(1).max(3660).optional(),
  /** Reported from (and including) … until (not including). */
  fromAt: instant.optional(),
  untilAt: instant.optional(),
  confidential: z.boolean().optional(),
  sample: z.boolean().optional(),
  whistled: z.boolean().optional(),
  /** BO-9 */
  relapse: z.boolean().optional(),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;
/** Typed so that none can be missing; not read from the schema, which the pages do without. */
export const eventFilterNames = Object.keys({
  states: true,
  levels: true,
  categories: true,
  boards: true,
  sources: true,
  communities: true,
  grids: true,
  party: true,
  days: true,
  fromAt: true,
  untilAt: true,
  confidential: true,
  sample: true,
  whistled: true,
  relapse: true,
} satisfies Record<keyof EventFilter, true>) as (keyof EventFilter)[];

/** What of the queue is listed, and in which order. */
export const eventSelectionSchema = eventFilterSchema.extend({
  view: z.enum(eventViews).default("open"),
  search: z.string().max(80).optional(),
  sort: z.enum(eventSorts).default("urgency"),
  /** The other way round; open ones stay first where they are. */
  turned: z.boolean().default(false),
});
export type EventSelection = z.infer<typeof eventSelectionSchema>;

/** Columns of the list, in their usual order. */
export const eventColumns = [
  "level",
  "clock",
  "number",
  "title",
  "place",
  "state",
  "lead",
  "reported",
  "sync",
  "category",
  "board",
  "source",
  "community",
  "grid",
  "coHandlers",
  "reportedBy",
  "due",
  "closed",
  "updated",
] as const;
export type EventColumn = (typeof eventColumns)[number];

/** A view that an officer has named. */
export const ownViewSchema = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(20),
  selection: eventSelectionSchema,
});
export type OwnView = z.infer<typeof ownViewSchema>;

/** [D] */
export const ownViewsMost = 12;

/** How an officer looks at the queue: kept on this desk, for this officer alone. */
export const queueLookSchema = z.strictObject({
  views: z.array(ownViewSchema).max(ownViewsMost).default([]),
  /** Chosen columns in their order; empty: as many of the usual ones as fit. */
  columns: z.array(z.enum(eventColumns)).max(eventColumns.length).default([]),
  /** The board of the view `board`; `null`: not chosen yet, and nothing is listed there. */
  board: z.enum(boards).nullable().default(null),
});
export type QueueLook = z.infer<typeof queueLookSchema>;
