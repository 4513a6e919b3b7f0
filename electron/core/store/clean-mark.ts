import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/**
 * A note beside the database that it was closed in order, with the size and time it then had. Such a file needs no check
 * when it is opened again, which takes the longer the more years it holds; after a crash, or if anything touched the
 * file meanwhile, the check is made. The note is taken away on reading: it is good for one start.
 */
const noteOf = (file: string): string => `${file}-clean`;
const stampOf = (file: string): string => {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
};

export function takeCleanMark(file: string): boolean {
  try {
    const note = readFileSync(noteOf(file), "utf8");
    rmSync(noteOf(file));
    return note === stampOf(file);
  } catch {
    return false;
  }
}

/** After the last connection has been closed. A note that cannot be written only costs a check. */
export function leaveCleanMark(file: string): void {
  try {
    writeFileSync(noteOf(file), stampOf(file), { mode: 0o600 });
  } catch {
    rmSync(noteOf(file), { force: true });
  }
}
