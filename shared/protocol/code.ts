/**
 * The string that a person types at a desk to enrol it: `7KQ2M-9XDTR-4H8WZP2C`. Crockford base32, so that case, I/L/O and
 * dashes do not matter. The first ten characters (50 bits) are the one-time code (PR-12); the last eight (40 bits) are
 * stretched from the district's CA certificate, so that the same string also says whom to trust (PR-1). The stretching
 * (scrypt, about a tenth of a second) is what makes 40 bits enough: a look-alike CA costs thousands of years of computing.
 */
export const codeLength = 10;
export const caPartLength = 8;

/** How the CA part is made: scrypt over the SHA-256 of the certificate (DER), with this salt and cost. */
export const caPartSalt = "zhishou-ca-v1";
export const caPartCost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;

/** The word that asks for a desk of the sample district instead of a code. */
export const sampleCode = "sample";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The first `length` five-bit groups of `bytes`; needs at least `length * 5 / 8` bytes. */
export function toCrockford(bytes: Uint8Array, length: number): string {
  let text = "";
  for (let index = 0; index < length; index++) {
    const bit = index * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    text += letters[(pair >> (11 - (bit & 7))) & 31];
  }
  return text;
}

/** As people read it. */
export const showCode = (code: string, caPart: string): string => `${code.slice(0, 5)}-${code.slice(5)}-${caPart}`;

/** Reads what a person typed; `null` when it cannot be a code with its CA part. */
export function readCode(typed: string): { readonly code: string; readonly caPart: string } | null {
  const plain = typed
    .toUpperCase()
    .replace(/[\s—–-]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  if (plain.length !== codeLength + caPartLength || [...plain].some((letter) => !letters.includes(letter))) return null;
  return { code: plain.slice(0, codeLength), caPart: plain.slice(codeLength) };
}
