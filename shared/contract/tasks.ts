import { z } from "zod";
import { stepClockSchema } from "#shared/domain/duty-event/clock.ts";
import { partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { taskSchema, taskStates } from "#shared/domain/duty-event/task.ts";
import { taskActions, taskGivenSchema } from "#shared/domain/duty-event/task-steps.ts";
import { type CallRow, command, id, query } from "./call.ts";
import { eventRowSchema, shownEventSchema } from "./events.ts";

export const taskViews = ["open", "late", "to_acknowledge", "in_hand", "declined", "ended", "all"] as const;

/** A task with its event and the steps open to this officer, the usual one first. */
export const taskRowSchema = z.object({
  task: taskSchema,
  /** Its place among the tasks of the event, from 1. */
  place: z.number().int().positive(),
  /** When it is late, ms; `null`: it has ended, or nobody set a limit. */
  dueAt: z.number().int().nullable(),
  /** The clock of its next step, or of its event. */
  clock: stepClockSchema.nullable(),
  actions: z.array(z.enum(taskActions)),
  event: eventRowSchema,
});
export type TaskRow = z.infer<typeof taskRowSchema>;

/** The tasks of the parties: what each of them owes, over all events. */
export const taskCalls = {
  "task.list": query(
    "officer",
    "A page of tasks. Open ones by their limit, ended ones the newest first. `cursor` is the `next` of the page before.",
    () =>
      z.strictObject({
        view: z.enum(taskViews).default("open"),
        party: partySchema.optional(),
        states: z.array(z.enum(taskStates)).optional(),
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    () =>
      z.object({
        rows: z.array(taskRowSchema),
        next: z.string().nullable(),
        total: z.number().int(),
        /** There are more than `total`; they were not counted on. */
        more: z.boolean(),
      }),
  ),

  "task.parties": query(
    "officer",
    "Parties that have open tasks, those with late ones first.",
    () => z.strictObject({}),
    () =>
      z.object({
        rows: z.array(
          z.object({
            party: partySchema,
            open: z.number().int(),
            late: z.number().int(),
            toAcknowledge: z.number().int(),
          }),
        ),
      }),
  ),

  "task.act": command(
    "officer",
    "Takes one step of the table of tasks for a party; `taskId: null` gives a task to a party that has none.",
    () =>
      z.strictObject({
        eventId: id,
        taskId: z.string().min(1).max(100).nullable(),
        action: z.enum(taskActions),
        given: taskGivenSchema.prefault({}),
      }),
    () => shownEventSchema,
  ),
} as const satisfies Record<string, CallRow>;
