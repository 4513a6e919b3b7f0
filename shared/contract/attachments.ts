import { z } from "zod";
import { nameMost, sha256Schema } from "#shared/domain/attachment/attachment.ts";
import { mediaNames } from "#shared/domain/attachment/media.ts";
import { dutyEventSchema } from "#shared/domain/duty-event/event.ts";
import { type CallRow, command, done, id, instant, none, params, query } from "./call.ts";

const bytes = z.number().int();

/** A file that was given to a form and waits for its event. */
export const stagedSchema = z.object({
  id,
  sha256: sha256Schema,
  bytes,
  media: z.enum(mediaNames),
  name: z.string(),
  at: instant,
});
export type StagedAttachment = z.infer<typeof stagedSchema>;

/**
 * How far a content has come on its way to the district. `local`: this desk is not enrolled. `record_first`: its record waits.
 * `queued`, `moving`: it is to go, or going up from here. `held`: the district has said that it lies there whole.
 * `elsewhere`: neither here nor there; another desk of the street still has to send it.
 */
export const contentStates = ["local", "record_first", "queued", "moving", "held", "elsewhere"] as const;

const failureSchema = z.object({ errorId: z.string(), params });

export const attachmentViewSchema = stagedSchema.extend({
  officerName: z.string(),
  withdrawn: z.object({ at: instant, officerName: z.string(), reason: z.string() }).nullable(),
  mayWithdraw: z.boolean(),
  /** The content lies on this desk. */
  here: z.boolean(),
  /** It is on its way down now. */
  coming: z.boolean(),
  /** Bytes that have gone up or come down so far. */
  moved: bytes,
  district: z.enum(contentStates),
  /** When the district said so, its clock. */
  heldAt: instant.nullable(),
  /** Why it stopped the last time. */
  failed: failureSchema.nullable(),
});
export type AttachmentView = z.infer<typeof attachmentViewSchema>;

/** Files of a form are kept under its key, like its draft; those of an event that stands already under `event:<id>`. */
const formKey = z.string().min(1).max(80);

/** Photos, recordings and documents of events. The bytes come in by `file.begin` and `file.piece`. */
export const attachmentCalls = {
  "attachment.stage": command(
    "officer",
    "Takes a file in for a form: told by its content, kept durable, named by its hash (AT-1, AT-4).",
    () => z.strictObject({ fileId: id, key: formKey, name: z.string().max(400) }),
    () => z.object({ staged: stagedSchema }),
  ),

  "attachment.staged": query(
    "officer",
    "Files that the signed-in officer's form holds, in the order in which they came.",
    () => z.strictObject({ key: formKey }),
    () => z.object({ items: z.array(stagedSchema) }),
  ),

  "attachment.unstage": command(
    "officer",
    "Lets go of a file of a form.",
    () => z.strictObject({ id }),
    () => done,
  ),

  "attachment.add": command(
    "officer",
    "Names files of a form in an event: all of them or none.",
    () => z.strictObject({ eventId: id, ids: z.array(id).min(1).max(50) }),
    () => z.object({ event: dutyEventSchema }),
  ),

  "attachment.withdraw": command(
    "officer",
    "Takes an attachment back, with a reason; its content is kept.",
    () => z.strictObject({ eventId: id, id, reason: z.string().trim().min(1).max(400) }),
    () => z.object({ event: dutyEventSchema }),
  ),

  "attachment.list": query(
    "officer",
    "The attachments of an event, and how far each has come. `masked`: of a confidential event, only their number is told.",
    () => z.strictObject({ eventId: id }),
    () =>
      z.object({
        masked: z.boolean(),
        /** Those that were not taken back, and how many of them the district holds. */
        live: z.number().int(),
        held: z.number().int(),
        items: z.array(attachmentViewSchema),
      }),
  ),

  "attachment.read": query(
    "officer",
    "A piece of an attachment, or of a file of one's own form; its first piece proves the whole. `away`: its content is not here and is fetched.",
    () => z.strictObject({ id, offset: z.number().int().nonnegative().default(0) }),
    () =>
      z.object({
        state: z.enum(["here", "away", "broken"]),
        name: z.string().max(nameMost),
        media: z.enum(mediaNames),
        bytes,
        base64: z.base64(),
      }),
  ),

  "attachment.fetch": command(
    "officer",
    "Asks for a content that is not on this desk; it comes as soon as the link carries it.",
    () => z.strictObject({ id }),
    () => done,
  ),

  "attachment.state": query(
    "open",
    "What of the attachments waits for the link, and the room that they have.",
    () => none,
    () =>
      z.object({
        /** Files that are to go up, and their bytes; how many of this backlog have gone. */
        toSend: z.number().int(),
        toSendBytes: bytes,
        sent: z.number().int(),
        toFetch: z.number().int(),
        toFetchBytes: bytes,
        /** The one that is moving now. */
        now: z.object({ way: z.enum(["up", "down"]), name: z.string(), moved: bytes, bytes }).nullable(),
        /** Why the last one stopped; `null`: nothing did. */
        failed: failureSchema.nullable(),
        failedFiles: z.number().int(),
        storedBytes: bytes,
        storeBytes: bytes,
        freeBytes: bytes,
        /** The bounds are the product's default. */
        label: z.string(),
      }),
  ),
} as const satisfies Record<string, CallRow>;
