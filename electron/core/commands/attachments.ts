import type { ParsedOf } from "#shared/contract.ts";
import { nameFor } from "#shared/domain/attachment/attachment.ts";
import { type MediaType, mediaOf, mostPixels, pixelsOf } from "#shared/domain/attachment/media.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, actTogether, type Desk, newId, type RecordOne } from "../desk.ts";
import { freeBytes, hashFile, holdsContent, placeContent, readHead } from "../files/contents.ts";
import { dropHeld, type HeldFile, wholeFile } from "../files/incoming.ts";
import { attachmentById } from "../queries/attachments.ts";
import { isOpened } from "../session/seal.ts";
import {
  contentOf,
  type Staged,
  stage,
  stagedById,
  stagedOf,
  storedBytes,
  unstage,
  wantContent,
} from "../store/attachments.ts";
import { readFailure } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

/** AT-7: whether the desk has room for so many bytes more. */
export function roomFor(desk: Desk, bytes: number): Result<void, DeskError> {
  const { storeBytes, keepFreeBytes } = desk.tables.attachments.desk;
  const used = storedBytes(desk.db);
  const free = freeBytes(desk.ports.profileDir);
  if (used + bytes <= storeBytes && free - bytes >= keepFreeBytes) return ok(undefined);
  const params = { used: bytesText(used), most: bytesText(storeBytes), free: bytesText(free) };
  return fail(deskError("attachment.desk_full", params));
}

/** AT-1: what a file is, by its content; or why it is not taken. */
function tell(desk: Desk, { path, bytes }: HeldFile, name: string): Result<MediaType, DeskError> {
  const { fileBytes } = desk.tables.attachments.desk;
  if (bytes > fileBytes)
    return fail(deskError("attachment.too_large", { name, size: bytesText(bytes), most: bytesText(fileBytes) }));
  const head = readHead(path);
  const media = mediaOf(head);
  if (!media) return fail(deskError("attachment.media", { name }));
  if ((pixelsOf(head, media) ?? 0) > mostPixels) return fail(deskError("attachment.pixels", { name }));
  return ok(media);
}

/** AT-1, AT-4, AT-5. Errors: `file.unknown`, `attachment.media|pixels|too_large|too_many|desk_full`, `profile.disk_full`. */
export async function stageAttachment(
  desk: Desk,
  { fileId, key, name: given }: ParsedOf<"attachment.stage">,
): Promise<Answer<"attachment.stage">> {
  const officerId = desk.session.officer?.id ?? "";
  const file = wholeFile(desk, fileId);
  if (!file) return fail(deskError("file.unknown"));
  try {
    const told = tell(desk, file, given);
    if (!told.ok) return told;
    const media = told.value;
    const { perEvent } = desk.tables.attachments.desk;
    const before = stagedOf(desk.db, officerId, key);
    const sha256 = await hashFile(file.path);
    // AT-2: pasted twice it is still one; as two it would hold up the whole report when that is saved.
    const same = before.find((one) => one.sha256 === sha256);
    if (!same && before.length >= perEvent) return fail(deskError("attachment.too_many", { most: perEvent }));
    const room = roomFor(desk, file.bytes);
    if (!room.ok) return room;
    const { profileDir } = desk.ports;
    const { bytes } = file;
    if (!holdsContent(profileDir, sha256, bytes)) placeContent(profileDir, file.path, sha256);
    if (same) return ok({ staged: same });
    const staged = { id: newId(desk.ports), sha256, bytes, media, name: nameFor(given, media), at: desk.ports.now() };
    stage(desk.db, officerId, key, staged);
    desk.notify("attachment");
    return ok({ staged });
  } catch (error) {
    const id = readFailure(error);
    if (id === "profile.disk_full" || id === "profile.not_writable") return fail(deskError(id));
    throw error;
  } finally {
    dropHeld(desk, fileId);
  }
}

export const listStaged = (desk: Desk, { key }: ParsedOf<"attachment.staged">): Answer<"attachment.staged"> =>
  ok({ items: stagedOf(desk.db, desk.session.officer?.id ?? "", key) });

export function unstageAttachment(desk: Desk, { id }: ParsedOf<"attachment.unstage">): Answer<"attachment.unstage"> {
  unstage(desk.db, desk.session.officer?.id ?? "", id);
  desk.notify("attachment");
  return ok({});
}

/** AT-4, AT-5: names files of the officer's form in an event, inside the caller's transaction. */
export function attachStaged(
  desk: Desk,
  one: RecordOne,
  before: DutyEvent,
  ids: readonly string[],
): Result<DutyEvent, DeskError> {
  const officerId = desk.session.officer?.id ?? "";
  let event = before;
  for (const id of ids) {
    const staged = stagedById(desk.db, officerId, id);
    if (!staged) return fail(deskError("attachment.unknown"));
    const { name, bytes, media, sha256 } = staged satisfies Staged;
    if (!holdsContent(desk.ports.profileDir, sha256, bytes)) return fail(deskError("attachment.broken", { name }));
    const done = one("attachment.add", { eventId: event.id, attachment: { id, sha256, bytes, media, name } });
    if (!done.ok) return done;
    event = done.value.state;
    unstage(desk.db, officerId, id);
  }
  return ok(event);
}

export function addAttachments(desk: Desk, { eventId, ids }: ParsedOf<"attachment.add">): Answer<"attachment.add"> {
  const event = readEntity(desk.db, "event", eventId);
  if (!event) return fail(deskError("event.unknown"));
  if (!isOpened(desk, event)) return fail(deskError("attachment.masked"));
  const { perEvent } = desk.tables.attachments.desk;
  const live = event.attachments.filter((one) => one.withdrawn === null).length;
  if (live + ids.length > perEvent) return fail(deskError("attachment.too_many", { most: perEvent }));
  const done = actTogether(desk, (one) => attachStaged(desk, one, event, ids));
  if (done.ok) desk.sync.freightWanted();
  return done.ok ? ok({ event: done.value }) : done;
}

export function withdrawAttachment(
  desk: Desk,
  { eventId, id, reason }: ParsedOf<"attachment.withdraw">,
): Answer<"attachment.withdraw"> {
  const event = readEntity(desk.db, "event", eventId);
  if (event && !isOpened(desk, event)) return fail(deskError("attachment.masked"));
  const done = actTogether(desk, (one) => one("attachment.withdraw", { eventId, attachmentId: id, reason }));
  return done.ok ? ok({ event: done.value.state }) : done;
}

/** AT-6: wants a content that is not here. */
export function fetchAttachment(desk: Desk, { id }: ParsedOf<"attachment.fetch">): Answer<"attachment.fetch"> {
  const found = attachmentById(desk, id);
  if (!found.ok) return found;
  const { sha256 } = found.value;
  if (contentOf(desk.db, sha256)?.here !== 1) {
    wantContent(desk.db, sha256);
    desk.sync.freightWanted();
    desk.notify("attachment");
  }
  return ok({});
}
