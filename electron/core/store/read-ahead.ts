import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { totalmem } from "node:os";

/** Read at a time: a disk that turns is then limited by its speed, not by its arm. */
const portionBytes = 8 * 1024 * 1024;

/**
 * Reads a file from front to back, so that the system holds it in memory: a check goes to and fro in it, page by page, and
 * from a cold disk that takes four to eight times as long as this and the check together. A file of more than half
 * the memory is not read: its front would be gone when the check comes. To be called before this process has the file open:
 * closing it here would let go of the locks that another connection holds. Answers the bytes read; what cannot be read is
 * said by who opens it.
 */
export function readAhead(file: string, mostBytes: number = totalmem() / 2): number {
  let read = 0;
  try {
    const descriptor = openSync(file, "r");
    try {
      if (fstatSync(descriptor).size > mostBytes) return 0;
      const portion = Buffer.allocUnsafe(portionBytes);
      for (let bytes = -1; bytes !== 0; read += bytes) bytes = readSync(descriptor, portion, 0, portion.length, read);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Not there, or not readable.
  }
  return read;
}
