import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { filePieceMost, type ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, newId } from "../desk.ts";
import { readFailure } from "../store/database.ts";

/** A file that lies in the desk for a while: one that a page brings in, or one made for a page. */
export interface HeldFile {
  readonly fileName: string;
  readonly path: string;
  readonly bytes: number;
}

const held = new WeakMap<Desk["db"], Map<string, HeldFile>>();
/** So many files may lie here at a time. */
const mostHeld = 8;

const folderOf = (desk: Desk): string => join(desk.ports.profileDir, "incoming");

function filesOf(desk: Desk): Map<string, HeldFile> {
  const files = held.get(desk.db) ?? new Map<string, HeldFile>();
  held.set(desk.db, files);
  return files;
}

/** Takes away what an earlier run left. Called once when the desk opens. */
export function sweepFiles(profileDir: string): void {
  const folder = join(profileDir, "incoming");
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** A new file for the desk's own writing; `file.read` gives it to the page. */
export function holdFile(desk: Desk, fileName: string, bytes: number): { fileId: string; file: HeldFile } {
  const folder = folderOf(desk);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = filesOf(desk);
  for (const oldest of [...files.keys()].slice(0, Math.max(0, files.size - mostHeld + 1))) dropHeld(desk, oldest);
  const fileId = newId(desk.ports);
  const file = { fileName: fileName.replace(/[/\\\0]/g, "_"), path: join(folder, fileId), bytes };
  files.set(fileId, file);
  closeSync(openSync(file.path, "w", 0o600));
  return { fileId, file };
}

/** What came under an id, if it is whole. */
export function wholeFile(desk: Desk, fileId: string): HeldFile | undefined {
  const file = filesOf(desk).get(fileId);
  return file && sizeOf(file) === file.bytes ? file : undefined;
}

function sizeOf({ path }: HeldFile): number {
  const open = openSync(path, "r");
  try {
    return fstatSync(open).size;
  } finally {
    closeSync(open);
  }
}

/** The desk has made the file's content: its length is known now. */
export function finishFile(desk: Desk, fileId: string): void {
  const file = filesOf(desk).get(fileId);
  if (file) filesOf(desk).set(fileId, { ...file, bytes: sizeOf(file) });
}

export function dropHeld(desk: Desk, fileId: string): void {
  const file = filesOf(desk).get(fileId);
  filesOf(desk).delete(fileId);
  if (file) rmSync(file.path, { force: true });
}

/** The file has gone elsewhere; only its id is forgotten. */
export const forgetFile = (desk: Desk, fileId: string): void => void filesOf(desk).delete(fileId);

export function beginFile(desk: Desk, { fileName, bytes }: ParsedOf<"file.begin">): Answer<"file.begin"> {
  return withDisk(() => ok({ fileId: holdFile(desk, fileName, bytes).fileId }));
}

/** Errors: `file.unknown`, `file.order` when a piece before it is missing, `profile.disk_full`. */
export function takePiece(desk: Desk, { fileId, offset, base64 }: ParsedOf<"file.piece">): Answer<"file.piece"> {
  const file = filesOf(desk).get(fileId);
  if (!file) return fail(deskError("file.unknown"));
  const bytes = Buffer.from(base64, "base64");
  return withDisk(() => {
    const open = openSync(file.path, "r+");
    try {
      const size = fstatSync(open).size;
      if (offset > size || offset + bytes.length > file.bytes) return fail(deskError("file.order"));
      if (offset + bytes.length > size) writeSync(open, bytes, 0, bytes.length, offset);
      return ok({ received: Math.max(size, offset + bytes.length) });
    } finally {
      closeSync(open);
    }
  });
}

export function dropFile(desk: Desk, { fileId }: ParsedOf<"file.drop">): Answer<"file.drop"> {
  dropHeld(desk, fileId);
  return ok({});
}

export function readPiece(desk: Desk, { fileId, offset }: ParsedOf<"file.read">): Answer<"file.read"> {
  const file = wholeFile(desk, fileId);
  if (!file) return fail(deskError("file.unknown"));
  const open = openSync(file.path, "r");
  try {
    const piece = Buffer.alloc(Math.max(0, Math.min(filePieceMost, file.bytes - offset)));
    const read = readSync(open, piece, 0, piece.length, offset);
    return ok({ fileName: file.fileName, bytes: file.bytes, base64: piece.subarray(0, read).toString("base64") });
  } finally {
    closeSync(open);
  }
}

function withDisk<T extends Answer<"file.begin" | "file.piece">>(
  work: () => T,
): T | { readonly ok: false; readonly error: ReturnType<typeof deskError> } {
  try {
    return work();
  } catch (error) {
    const id = readFailure(error);
    if (id === "profile.disk_full" || id === "profile.not_writable") return fail(deskError(id));
    throw error;
  }
}
