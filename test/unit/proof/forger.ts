import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import canonicalize from "canonicalize";
import { hashEntry } from "#core/store/chain.ts";
import type { ChainEntry } from "#shared/domain/duty-log/chain-entry.ts";
import type { EntryLine, Export } from "../../../tools/verify/read.ts";
import { isSigned } from "../../../tools/verify/signature.ts";

/** Somebody who holds the desk and its true key, and writes its export as it should have been. */
export function resign(
  lines: readonly EntryLine[],
  from: number,
  key: KeyObject,
  signed: (hash: string, sig: string) => void = () => {},
): EntryLine[] {
  const made = lines.slice(0, from);
  for (const line of lines.slice(from)) {
    const entry = { ...line.entry, seq: made.length + 1, prev: made.at(-1)?.hash ?? "0".repeat(64) } as ChainEntry;
    const hash = hashEntry(entry);
    const sig = sign(null, Buffer.from(hash, "hex"), key).toString("base64");
    signed(hash, sig);
    made.push({ ...line, entry, hash, sig });
  }
  return made;
}

/** New words for an entry, with the hash that goes with them. */
export function reword(line: EntryLine, body: string): EntryLine {
  const salt = line.salt ?? Buffer.alloc(16).toString("base64");
  const hash = createHash("sha256").update(Buffer.from(salt, "base64")).update(body).digest("hex");
  return { ...line, salt, body, entry: { ...line.entry, body: hash } };
}

const texts = new WeakMap<EntryLine, string>();
function textOf(line: EntryLine): string {
  const text = texts.get(line) ?? canonicalize(line) ?? "";
  texts.set(line, text);
  return text;
}

/** The whole file again, with a heading and a seal that fit, signed by `key`. */
export function reseal(file: Export, entries: readonly EntryLine[], key: KeyObject): Export {
  const heading = { ...file.heading, entries: entries.length, head: entries.at(-1)?.hash ?? "0".repeat(64) };
  const lines = [
    canonicalize({ export: heading }),
    ...entries.map(textOf),
    ...file.receipts.map((line) => canonicalize(line)),
    ...[...file.keys].map(([server, trusted]) => canonicalize({ trust: { server, key: trusted } })),
  ];
  const sealed = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const seal = { v: 1, digest: createHash("sha256").update(sealed).digest("hex") };
  const hash = createHash("sha256")
    .update("duty-export-v1\0")
    .update(canonicalize(seal) ?? "");
  return { ...file, heading, entries, sealed, seal, sealSig: sign(null, hash.digest(), key).toString("base64") };
}

/** Signatures that were verified once need not be again: what is judged here is nearly always the same file. */
export function remember(): typeof isSigned & {
  known: (hash: string, sig: string, by: KeyObject, fits: boolean) => void;
} {
  const verified = new Map<string, boolean>();
  const names = new WeakMap<KeyObject, string>();
  const nameOf = (key: KeyObject): string => {
    const own = key.type === "private" ? createPublicKey(key) : key;
    const name = names.get(key) ?? String(own.export({ format: "jwk" }).x);
    names.set(key, name);
    return name;
  };
  const remembered = (hash: Uint8Array, signature: unknown, key: KeyObject): boolean => {
    const asked = `${nameOf(key)} ${signature} ${Buffer.from(hash).toString("latin1")}`;
    const fits = verified.get(asked) ?? isSigned(hash, signature, key);
    verified.set(asked, fits);
    return fits;
  };
  return Object.assign(remembered, {
    known: (hash: string, sig: string, by: KeyObject, fits: boolean) =>
      void verified.set(`${nameOf(by)} ${sig} ${Buffer.from(hash, "hex").toString("latin1")}`, fits),
  });
}
