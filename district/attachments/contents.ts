import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statfsSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AttachmentBounds } from "#shared/domain/attachment/bounds.ts";
import { headBytes, mediaOf } from "#shared/domain/attachment/media.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { ContentsAnswer } from "#shared/protocol/messages.ts";
import type { Audit } from "../store/audit.ts";
import type { Db } from "../store/open.ts";

interface Named {
  readonly bytes: number;
  readonly media: string;
}

export interface ContentsOptions {
  readonly db: Db;
  readonly dataDir: string;
  readonly bounds: AttachmentBounds["district"];
  readonly now: () => number;
  readonly audit: Audit;
}

/** Files of the streets, each in a folder of its street. Every question names the street first: there is no other way in (PR-10). */
export type Contents = ReturnType<typeof openContents>;

export function openContents({ db, dataDir, bounds, now, audit }: ContentsOptions) {
  const named = (street: string, sha256: string): Promise<Named | undefined> =>
    db
      .selectFrom("named_content")
      .select(["bytes", "media"])
      .where("street", "=", street)
      .where("sha256", "=", sha256)
      .executeTakeFirst();

  async function keep(street: string, sha256: string, bytes: number, at: number): Promise<void> {
    await db
      .insertInto("content")
      .values({ street, sha256, bytes, at })
      .onConflict((on) => on.columns(["street", "sha256"]).doUpdateSet({ bytes, at }))
      .execute();
  }

  /** Bytes of the street that came since then. */
  async function sum(street: string, sinceAt: number): Promise<number> {
    const { bytes } = await db
      .selectFrom("content")
      .select((eb) => eb.cast<number>(eb.fn.coalesce(eb.fn.sum("bytes"), eb.lit(0)), "bigint").as("bytes"))
      .where("street", "=", street)
      .where("at", ">=", sinceAt)
      .executeTakeFirstOrThrow();
    return bytes;
  }

  const pathOf = (street: string, sha256: string) => join(dataDir, "attachments", street, sha256.slice(0, 2), sha256);

  async function held(street: string, sha256: string): Promise<{ bytes: number; at: number } | undefined> {
    const found = await db
      .selectFrom("content")
      .select(["bytes", "at"])
      .where("street", "=", street)
      .where("sha256", "=", sha256)
      .executeTakeFirst();
    const path = pathOf(street, sha256);
    return found && existsSync(path) && statSync(path).size === found.bytes ? found : undefined;
  }

  /** PR-22: the bounds of the street, as they are now. */
  async function room(street: string, bytes: number): Promise<Result<void, DeskError>> {
    if ((await sum(street, now() - dayMs)) + bytes > bounds.streetDayBytes)
      return fail(deskError("attachment.day_full", { most: bytesText(bounds.streetDayBytes) }));
    const { bavail, bsize } = statfsSync(dataDir);
    const full = (await sum(street, 0)) + bytes > bounds.streetBytes;
    if (full || bavail * bsize - bytes < bounds.keepFreeBytes)
      return fail(deskError("attachment.street_full", { most: bytesText(bounds.streetBytes) }));
    return ok(undefined);
  }

  /** PR-22: whether a file may come: named by an op of this street, with this length, not here yet, and there is room. */
  async function mayCome(street: string, sha256: string, bytes: number): Promise<Result<void, DeskError>> {
    const wanted = await named(street, sha256);
    if (wanted?.bytes !== bytes) return fail(deskError("attachment.not_named"));
    return (await held(street, sha256)) ? fail(deskError("attachment.held")) : room(street, bytes);
  }

  /** PR-22: takes what came, if it is what was named: length, hash and kind. What is not is thrown away. */
  async function take(street: string, sha256: string, path: string): Promise<Result<void, DeskError>> {
    const wanted = await named(street, sha256);
    const file = await open(path, "r+");
    try {
      const { size } = await file.stat();
      const enough = await room(street, size);
      if (!enough.ok) return discard(path, enough.error);
      const same =
        wanted?.bytes === size && (await hashOf(path)) === sha256 && mediaOf(await headOf(file)) === wanted.media;
      if (!same) {
        await audit("attachment_refused", null, `${street} ${sha256}`);
        return discard(path, deskError("attachment.not_as_named"));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const to = pathOf(street, sha256);
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    renameSync(path, to);
    await syncFolder(dirname(to));
    await keep(street, sha256, wanted.bytes, now());
    await audit("attachment", null, `${street} ${sha256}`);
    return ok(undefined);
  }

  /** PR-23: those of the street's files that lie here whole. */
  async function heldOf(street: string, hashes: readonly string[]): Promise<ContentsAnswer["held"]> {
    const here: ContentsAnswer["held"] = [];
    for (const sha256 of hashes) {
      const found = await held(street, sha256);
      if (found) here.push({ sha256, ...found });
    }
    return here;
  }

  /** PR-25: a piece of a file of this street. Its first piece proves the whole: what is broken is no longer said to be here. */
  async function read(street: string, sha256: string, from: number, bytes: number): Promise<Result<Buffer, DeskError>> {
    const found = await held(street, sha256);
    const path = pathOf(street, sha256);
    if (!found || from >= found.bytes) return fail(deskError("attachment.unknown"));
    if (from === 0 && (await hashOf(path)) !== sha256) {
      renameSync(path, `${path}.broken`);
      await db.deleteFrom("content").where("street", "=", street).where("sha256", "=", sha256).execute();
      await audit("attachment_broken", null, `${street} ${sha256}`);
      return fail(deskError("attachment.unknown"));
    }
    const file = await open(path, "r");
    try {
      const piece = Buffer.alloc(Math.min(bytes, found.bytes - from));
      const { bytesRead } = await file.read(piece, 0, piece.length, from);
      return ok(piece.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  }

  return { mayCome, take, heldOf, read };
}

function discard(path: string, error: DeskError): Result<never, DeskError> {
  rmSync(path, { force: true });
  return fail(error);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}

async function headOf(file: FileHandle): Promise<Uint8Array> {
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(head, 0, headBytes, 0);
  return head.subarray(0, bytesRead);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
