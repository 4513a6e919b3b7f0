import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { toCrockford } from "#shared/protocol/code.ts";
import type { Db } from "./database.ts";
import { readMeta, writeMeta } from "./meta.ts";

/** The desk's own key, made with the first entry of its log: it signs the log before the desk is enrolled anywhere. */
export interface ChainKey {
  readonly privateKey: KeyObject;
  /** Raw Ed25519, base64. */
  readonly publicKey: string;
}

const known = new WeakMap<Db, { readonly text: string; readonly key: ChainKey }>();

/** A new key, kept nowhere yet. */
export function newChainKey(): { readonly text: string; readonly publicKey: string } {
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { text: JSON.stringify({ x, d }), publicKey: Buffer.from(x, "base64url").toString("base64") };
}

/** Signs from now on; call it in the transaction that says so in the chain. */
export const keepChainKey = (db: Db, key: { readonly text: string }): void => writeMeta(db, "chainKey", key.text);

export function readChainKey(db: Db): ChainKey {
  const text = readMeta(db, "chainKey");
  if (text === null) throw new Error("the log has no key");
  const kept = known.get(db);
  if (kept?.text === text) return kept.key;
  const { x, d } = JSON.parse(text) as { x: string; d: string };
  const key = {
    privateKey: createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" }),
    publicKey: Buffer.from(x, "base64url").toString("base64"),
  };
  known.set(db, { text, key });
  return key;
}

/** The first 80 bits of a hash as 16 characters that can be read out. */
export const codeOf = (hash: Uint8Array): string => toCrockford(hash, 16);

/** A stream is named by its street and its first key, so that nobody else can begin it. */
export const streamOf = (street: string, firstKey: string): string =>
  `${street}/${codeOf(createHash("sha256").update(Buffer.from(firstKey, "base64")).digest())}`;
