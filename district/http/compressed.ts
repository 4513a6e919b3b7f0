import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { mostBodyBytes, mostBodyRatio, ratioFreeBytes } from "#shared/protocol/messages.ts";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
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
    return ok(await decompress(bytes, { maxOutputLength: most }));
  } catch {
    return fail(deskError("input.invalid", undefined, "body"));
  }
}

/** The answer in the form that the asker takes; `undefined`: as it is. */
export async function compressed(text: string, accepts: string): Promise<Buffer | undefined> {
  if (text.length < worthBytes || !/\bbr\b/.test(accepts)) return undefined;
  return compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
