import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { mostBodyBytes, mostBodyRatio, ratioFreeBytes } from "#shared/protocol/messages.ts";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Of the inflating: smaller ones go back and forth between threads more often than they inflate. */
const chunkSize = 65_536;
/** Below this, compressing costs more than it saves. */
const worthBytes = 860;

/**
 * PR-14: the body as it was before it was compressed. Nothing is decompressed before its signature has proved whose it is,
 * nor beyond the limits: the inflating stops where they are crossed.
 */
export async function plainBody(bytes: Uint8Array, encoding: string): Promise<Result<Uint8Array, DeskError>> {
  if (encoding === "" || encoding === "identity") return ok(bytes);
  if (encoding !== "br") return fail(deskError("input.invalid", undefined, "content-encoding"));
  const most = Math.min(mostBodyBytes, Math.max(ratioFreeBytes, bytes.length * mostBodyRatio));
  try {
    return ok(await decompress(bytes, { maxOutputLength: most, chunkSize }));
  } catch {
    return fail(deskError("input.invalid", undefined, "body"));
  }
}

/** On a slower link than this, Mbit/s, brotli's tenth level saves more time than it takes. */
const slowLink = 2;
const [quick, thorough] = [5, 10];
/** Answers that are compressed thoroughly at once: a crowd of slow links gets the quick way. */
const mostThorough = 2;
let atIt = 0;

/** The answer in the form that the asker takes; `undefined`: as it is. `downlink`: Mbit/s of the asker's link, if it says so. */
export async function compressed(text: string, accepts: string, downlink: string): Promise<Buffer | undefined> {
  if (text.length < worthBytes || !/\bbr\b/.test(accepts)) return undefined;
  const mbit = Number(downlink || Number.NaN);
  const quality = mbit <= slowLink && atIt < mostThorough ? thorough : quick;
  if (quality === thorough) atIt++;
  try {
    return await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  } finally {
    if (quality === thorough) atIt--;
  }
}
