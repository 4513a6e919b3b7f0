import type { Outcome } from "#core/ports.ts";

/**
 * An outcome that holds typed arrays, as bytes: a page reads them where they lie instead of a hundred thousand figures of JSON.
 * `length of the JSON (u32) · JSON, filled up to four bytes with spaces · the words`; in the JSON each Int32Array stands as
 * `{"$words": [first word, how many]}`. Read by `renderer/bridge/packed.ts`.
 */
export const packedType = "application/octet-stream";

/** `undefined` when there is no Int32Array in it: plain JSON serves as well. */
export function asPacked(outcome: Outcome): Buffer | undefined {
  const arrays: Int32Array[] = [];
  let words = 0;
  const text = JSON.stringify(outcome, (_key, value: unknown) => {
    if (!(value instanceof Int32Array)) return value;
    arrays.push(value);
    words += value.length;
    return { $words: [words - value.length, value.length] };
  });
  if (arrays.length === 0) return undefined;
  const json = Buffer.from(text + " ".repeat((4 - (Buffer.byteLength(text) % 4)) % 4));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(json.length);
  return Buffer.concat([
    head,
    json,
    ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
}
