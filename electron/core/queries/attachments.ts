import { closeSync, openSync, readSync } from "node:fs";
import type { AttachmentView, OutputOf, ParsedOf } from "#shared/contract.ts";
import { filePieceMost } from "#shared/contract.ts";
import type { Attachment } from "#shared/domain/attachment/attachment.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { contentPath, freeBytes, hashFile, setAside, sizeOfFile } from "../files/contents.ts";
import { isOpened } from "../session/seal.ts";
import { type Content, contentGone, contentOf, type Staged, stagedById, storedBytes } from "../store/attachments.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { officersById } from "./people.ts";

export function listAttachments(desk: Desk, { eventId }: ParsedOf<"attachment.list">): Answer<"attachment.list"> {
  const event = readEntity(desk.db, "event", eventId);
  if (!event) return fail(deskError("event.unknown"));
  const all = event.attachments;
  const live = all.filter((one) => one.withdrawn === null);
  const contents = new Map(all.map(({ sha256 }) => [sha256, contentOf(desk.db, sha256)]));
  const held = live.filter(({ sha256 }) => contents.get(sha256)?.held_at != null).length;
  const counted = { live: live.length, held };
  if (!isOpened(desk, event)) return ok({ masked: true, ...counted, items: [] });
  const officers = officersById(desk.db);
  const nameOf = (id: string) => officers.get(id)?.name ?? id;
  const waiting = waitingOf(desk, eventId);
  const items = all.map((one) => viewOf(desk, one, contents.get(one.sha256), waiting.has(one.id), nameOf));
  return ok({ masked: false, ...counted, items });
}

/** Attachments whose record the district does not have yet. */
function waitingOf(desk: Desk, eventId: string): Set<string> {
  const ids = sql(
    desk.db,
    `SELECT json_extract(body, '$.attachment.id') FROM op
     WHERE entity = 'event' AND entity_id = ? AND kind = 'attachment.add' AND no IS NULL`,
  )
    .pluck()
    .all(eventId) as string[];
  return new Set(ids);
}

function viewOf(
  desk: Desk,
  one: Attachment,
  content: Content | undefined,
  recordWaits: boolean,
  nameOf: (id: string) => string,
): AttachmentView {
  const moving = desk.sync.freight();
  const mine = moving?.sha256 === one.sha256 ? moving : null;
  const { id, sha256, bytes, media, name, at, by, withdrawn } = one;
  const officer = desk.session.officer;
  const here = content?.here === 1;
  const district = (): AttachmentView["district"] => {
    if (!enrolled(desk)) return "local";
    if (content?.held_at != null) return "held";
    if (recordWaits) return "record_first";
    if (mine?.way === "up") return "moving";
    return here ? "queued" : "elsewhere";
  };
  return {
    ...{ id, sha256, bytes, media, name, at, here },
    officerName: nameOf(by),
    withdrawn: withdrawn && { at: withdrawn.at, officerName: nameOf(withdrawn.by), reason: withdrawn.reason },
    mayWithdraw: withdrawn === null && officer !== null && (officer.id === by || officer.grade !== "operator"),
    coming: mine?.way === "down",
    moved: mine?.moved ?? content?.moved ?? 0,
    district: district(),
    heldAt: content?.held_at ?? null,
    failed: readFailed(content?.failed),
  };
}

type Found = Pick<Staged, "sha256" | "bytes" | "media" | "name">;

/** An attachment that the officer may see, by its id: of an event, or of a form of their own. */
export function attachmentById(desk: Desk, id: string): Result<Found, DeskError> {
  const staged = stagedById(desk.db, desk.session.officer?.id ?? "", id);
  if (staged) return ok(staged);
  const eventId = sql(desk.db, "SELECT event_id FROM attachment WHERE id = ?").pluck().get(id) as string | undefined;
  const event = eventId === undefined ? undefined : readEntity(desk.db, "event", eventId);
  const found = event?.attachments.find((one) => one.id === id);
  if (!event || !found) return fail(deskError("attachment.unknown"));
  return isOpened(desk, event) ? ok(found) : fail(deskError("attachment.masked"));
}

/** AT-6: a piece of a content; before the first one, all of it is held against its hash. */
export async function readAttachment(
  desk: Desk,
  { id, offset }: ParsedOf<"attachment.read">,
): Promise<Answer<"attachment.read">> {
  const found = attachmentById(desk, id);
  if (!found.ok) return found;
  const { sha256, bytes, media, name } = found.value;
  const { profileDir } = desk.ports;
  const told = (state: "here" | "away" | "broken", piece = Buffer.alloc(0)) =>
    ok({ state, name, media, bytes, base64: piece.toString("base64") });
  const path = contentPath(profileDir, sha256);
  const size = sizeOfFile(path);
  if (size === 0) return told("away");
  if (size !== bytes || (offset === 0 && (await hashFile(path)) !== sha256)) {
    setAside(profileDir, sha256, desk.ports.now());
    contentGone(desk.db, sha256);
    desk.ports.log("attachment: a content is not what its hash says; it was set aside and is fetched again");
    desk.sync.freightWanted();
    desk.notify("attachment");
    return told("broken");
  }
  const open = openSync(path, "r");
  try {
    const piece = Buffer.alloc(Math.max(0, Math.min(filePieceMost, bytes - offset)));
    return told("here", piece.subarray(0, readSync(open, piece, 0, piece.length, offset)));
  } finally {
    closeSync(open);
  }
}

const readFailed = (text: string | null | undefined): AttachmentView["failed"] =>
  text ? (JSON.parse(text) as AttachmentView["failed"]) : null;

interface Sum {
  readonly files: number;
  readonly bytes: number;
}

/** What waits for the link, and the room. */
export function attachmentState(desk: Desk): Answer<"attachment.state"> {
  const sum = (where: string) =>
    sql(
      desk.db,
      `SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM content
       WHERE ${where} AND sha256 IN (SELECT sha256 FROM attachment)`,
    ).get() as Sum;
  const toSend = sum("here = 1 AND held_at IS NULL");
  const toFetch = sum("here = 0 AND wanted = 1");
  const failed = sql(
    desk.db,
    `SELECT failed, count(*) OVER () AS files FROM content WHERE failed IS NOT NULL AND sha256 IN (SELECT sha256 FROM attachment)
     ORDER BY bytes LIMIT 1`,
  ).get() as { failed: string; files: number } | undefined;
  const moving = desk.sync.freight();
  const { desk: bounds, label } = desk.tables.attachments;
  return ok({
    toSend: toSend.files,
    toSendBytes: toSend.bytes,
    sent: moving?.done ?? 0,
    toFetch: toFetch.files,
    toFetchBytes: toFetch.bytes,
    now: moving && nowOf(desk, moving),
    failed: readFailed(failed?.failed),
    failedFiles: failed?.files ?? 0,
    storedBytes: storedBytes(desk.db),
    storeBytes: bounds.storeBytes,
    freeBytes: freeBytes(desk.ports.profileDir),
    label,
  });
}

/** The one that is moving; what a confidential event calls it stays out. */
function nowOf(
  desk: Desk,
  moving: { readonly sha256: string; readonly way: "up" | "down"; readonly moved: number },
): OutputOf<"attachment.state">["now"] {
  const content = contentOf(desk.db, moving.sha256);
  const eventId = sql(desk.db, "SELECT event_id FROM attachment WHERE sha256 = ? LIMIT 1").pluck().get(moving.sha256);
  const event = typeof eventId === "string" ? readEntity(desk.db, "event", eventId) : undefined;
  const name =
    event && !isOpened(desk, event) ? "" : event?.attachments.find((one) => one.sha256 === moving.sha256)?.name;
  return { way: moving.way, name: name ?? "", moved: moving.moved, bytes: content?.bytes ?? 0 };
}
