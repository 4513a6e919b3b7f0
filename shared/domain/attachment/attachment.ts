import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type MediaType, mediaNames, mediaTypes } from "./media.ts";

/** The widest bounds, at both ends of the wire; a desk and a district may have narrower ones (`resources/defaults/attachments.json`). */
export const mostBytes = 50 * 2 ** 20;
export const mostOfEvent = 50;
export const nameMost = 120;

/** Letters that do not show, turn the direction of writing, or mean something to a file system. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in a name
const notInNames = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff/\\]/gu;

const id = z.string().min(1).max(64);
const instant = z.number().int().nonnegative();
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What an op names: one file by its content. The name is for people alone. */
export const namedAttachmentSchema = z.strictObject({
  id,
  /** Of the content, hex. */
  sha256: sha256Schema,
  bytes: z.number().int().min(1).max(mostBytes),
  media: z.enum(mediaNames),
  name: z
    .string()
    .min(1)
    .max(nameMost)
    .refine((name) => name === name.replace(notInNames, "")),
});
export type NamedAttachment = z.infer<typeof namedAttachmentSchema>;

/** A file of an event. One that was taken back stays, with who and why: its content is evidence. */
export const attachmentSchema = namedAttachmentSchema.extend({
  at: instant,
  by: id,
  withdrawn: z.strictObject({ at: instant, by: id, reason: z.string().trim().min(1).max(400) }).nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** A name as people may see it: without a path or hidden letters, and with the ending that the content has. */
export function nameFor(given: string, media: MediaType): string {
  const { extension, name } = mediaTypes[media];
  const last = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const stem = last
    .replace(notInNames, "")
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, "")
    .trim();
  // Cut by whole letters: half of one is no letter.
  return `${[...(stem || name.zh)].slice(0, 55).join("")}.${extension}`;
}

/** AT-2, AT-3: names a file in an event. The same on desk and district. */
export function judgeAttach(
  event: DutyEvent | undefined,
  named: NamedAttachment,
  act: Act,
): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  if (event.state === "void") return fail(deskError("attachment.void"));
  const before = event.attachments;
  const live = before.filter((one) => one.withdrawn === null);
  if (live.some((one) => one.sha256 === named.sha256) || before.some((one) => one.id === named.id))
    return fail(deskError("attachment.twice", { name: named.name }));
  if (live.length >= mostOfEvent) return fail(deskError("attachment.too_many", { most: mostOfEvent }));
  const attached: Attachment = { ...named, at: act.at, by: act.by, withdrawn: null };
  return ok({ ...event, attachments: [...before, attached], updatedAt: act.at });
}

/** AT-3: takes a file back, with a reason: whoever attached it, or a shift leader, leader or administrator. */
export function judgeWithdraw(
  event: DutyEvent | undefined,
  { attachmentId, reason }: { readonly attachmentId: string; readonly reason: string },
  act: Act,
): Result<DutyEvent, DeskError> {
  const found = event?.attachments.find((one) => one.id === attachmentId);
  if (!event || !found) return fail(deskError("attachment.unknown"));
  if (found.withdrawn) return fail(deskError("attachment.withdrawn"));
  if (found.by !== act.by && act.grade === "operator") return fail(deskError("attachment.not_yours"));
  const withdrawn = { at: act.at, by: act.by, reason };
  const attachments = event.attachments.map((one) => (one === found ? { ...one, withdrawn } : one));
  return ok({ ...event, attachments, updatedAt: act.at });
}
