import { type WrittenEntry, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { row } from "./row.ts";

/** LG-1: an entry is written once and stays; a correction is an entry of its own. */
export const logWrite = row<WrittenEntry, WrittenEntry>({
  v: 2,
  body: writtenEntrySchema,
  entity: "log",
  state: writtenEntrySchema,
  entityId: (body) => body.id,
  apply: (present, body) => (present ? fail(deskError("event.exists")) : ok(body)),
  log: (body) => ({ kind: body.kind, text: { zh: body.text, en: body.text }, eventId: body.eventId, action: "" }),
});
