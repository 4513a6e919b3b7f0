import { z } from "zod";
import { erasedText, type WrittenEntry, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { id, row } from "./row.ts";

/** LG-1: an entry is written once and stays; a correction is an entry of its own. */
export const logWrite = row<WrittenEntry, WrittenEntry>({
  v: 2,
  body: () => writtenEntrySchema,
  entity: "log",
  state: () => writtenEntrySchema,
  entityId: (body) => body.id,
  apply: (present, body) => (present ? fail(deskError("event.exists")) : ok(body)),
  log: (body) => ({ kind: body.kind, text: { zh: body.text, en: body.text }, eventId: body.eventId, action: "" }),
});

/** LG-4: only an administrator erases, with a reason, once; that it was done stays. */
export const eraseSchema = z.strictObject({
  id,
  /** The line of the log that carries the entry: the id of its op. */
  lineId: id,
  reason: z.string().trim().min(1).max(200),
});

export const logErase = row<z.infer<typeof eraseSchema>, WrittenEntry>({
  v: 1,
  body: () => eraseSchema,
  entity: "log",
  state: () => writtenEntrySchema,
  entityId: (body) => body.id,
  apply: (present, _body, act) => {
    if (act.grade !== "admin") return fail(deskError("session.not_allowed"));
    if (!present || present.text === erasedText) return fail(deskError("log.not_erasable"));
    return ok(eraseWords(present));
  },
  log: (body) => ({
    kind: "desk",
    text: { zh: `清除一条记录的内容。理由：${body.reason}`, en: `The content of an entry was erased: ${body.reason}` },
    eventId: null,
    action: "erase",
  }),
});

/** What is left of an entry: that it was there, of which kind, and what it was tied to. */
export const eraseWords = (entry: WrittenEntry): WrittenEntry => ({
  ...entry,
  text: erasedText,
  callerName: "",
  callerPhone: "",
  unit: "",
  officerIds: [],
  assetIds: [],
});
