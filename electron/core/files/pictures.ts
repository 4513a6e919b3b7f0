import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { filePieceMost, type ParsedOf } from "#shared/contract.ts";
import { pictureLimits } from "#shared/domain/overlay/picture.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { imageSize } from "../basemaps/tile-bytes.ts";
import type { Answer, Desk } from "../desk.ts";
import { dropHeld, wholeFile } from "./incoming.ts";

/**
 * Pictures of battle maps: each a file named by the SHA-256 of its bytes, so that what an op names is what is shown. None is ever
 * deleted: an op that names it may still come back with the next pull, as after a restore.
 */
const folderOf = (profileDir: string): string => join(profileDir, "pictures");
const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

export const hasPicture = (profileDir: string, hash: string | undefined): boolean =>
  hash !== undefined && existsSync(join(folderOf(profileDir), hash));

/** OV-4: takes a picture in. Errors: `file.unknown`, `overlay.picture` when it is none, `overlay.picture.large`. */
export function bringPicture(desk: Desk, { fileId }: ParsedOf<"overlay.bring">): Answer<"overlay.bring"> {
  const file = wholeFile(desk, fileId);
  if (!file) return fail(deskError("file.unknown"));
  const { bytes: most, pixels } = pictureLimits;
  const large = deskError("overlay.picture.large", { most: most / 2 ** 20, pixels: pixels / 10_000 });
  try {
    if (file.bytes > most) return fail(large);
    const bytes = readFileSync(file.path);
    const size = imageSize(bytes);
    if (!size || size.width < 1 || size.height < 1) return fail(deskError("overlay.picture"));
    const { width, height } = size;
    if (width * height > pixels) return fail(large);
    const hash = hashOf(bytes);
    const folder = folderOf(desk.ports.profileDir);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(join(folder, hash))) renameSync(file.path, join(folder, hash));
    return ok({ hash, width, height });
  } finally {
    dropHeld(desk, fileId);
  }
}

/** OV-4: a piece of a picture; its first piece proves the whole. */
export function readPicture(desk: Desk, { hash, offset }: ParsedOf<"overlay.picture">): Answer<"overlay.picture"> {
  const path = join(folderOf(desk.ports.profileDir), hash);
  const none = (state: "away" | "broken") => ok({ state, type: "", bytes: 0, base64: "" });
  if (!existsSync(path)) return none("away");
  const bytes = readFileSync(path);
  const size = imageSize(bytes);
  if (!size || (offset === 0 && hashOf(bytes) !== hash)) return none("broken");
  const base64 = bytes.subarray(offset, offset + filePieceMost).toString("base64");
  return ok({ state: "here", type: size.type, bytes: bytes.length, base64 });
}
