import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

export const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Bytes of base64 in its one spelling; `undefined`: spelt otherwise, or of another length. */
export function readBase64(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== "string") return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.length === length && bytes.toString("base64") === text ? bytes : undefined;
}

/** A raw Ed25519 key. */
export function readKey(text: unknown): KeyObject | undefined {
  const raw = readBase64(text, 32);
  if (!raw) return undefined;
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  return createPublicKey({ key: spki, format: "der", type: "spki" });
}

export function isSigned(hash: Uint8Array, signature: unknown, key: KeyObject): boolean {
  const bytes = readBase64(signature, 64);
  return bytes !== undefined && verify(null, hash, key, bytes);
}

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The first 80 bits as 16 letters of Crockford's base32. */
export function shortCode(hash: Uint8Array): string {
  let bits = 0n;
  for (const byte of hash.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let code = "";
  for (let shift = 75n; shift >= 0n; shift -= 5n) code += letters[Number((bits >> shift) & 31n)];
  return code;
}
