import { z } from "zod";
import { levels } from "#shared/domain/duty-event/event.ts";
import { mostBytes, mostOfEvent } from "./attachment.ts";

const bytes = z.number().int().positive();

/** [D] What a desk and a district keep, as data (`resources/defaults/attachments.json`). */
export const attachmentBoundsSchema = z.strictObject({
  label: z.string(),
  desk: z.strictObject({
    /** Largest file, bytes; never more than the wire takes. */
    fileBytes: bytes.max(mostBytes),
    /** Files of one event. */
    perEvent: z.number().int().min(1).max(mostOfEvent),
    /** All contents on this desk, bytes. */
    storeBytes: bytes,
    /** What stays free on the disk for the words, bytes. */
    keepFreeBytes: bytes,
    /** Files of events of these levels are fetched without being asked for. */
    fetchAlone: z.array(z.enum(levels)),
  }),
  district: z.strictObject({
    /** All contents of one street, and those of one day, bytes. */
    streetBytes: bytes,
    streetDayBytes: bytes,
    keepFreeBytes: bytes,
    /** Uploads of one street that may be unfinished at a time, and how long they are kept without a piece, hours. */
    openUploads: z.number().int().positive(),
    unfinishedHours: z.number().positive(),
  }),
});
export type AttachmentBounds = z.infer<typeof attachmentBoundsSchema>;
