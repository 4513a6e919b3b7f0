import { type KeyObject, verify } from "node:crypto";
import type { Export } from "./read.ts";
import { isSigned, readBase64, readKey } from "./signature.ts";

/** Signatures under way at once: enough for every core, few enough to stay small. */
const atOnce = 512;

/**
 * Checks the signatures of the entries beforehand, on all cores: most of the time of a long log. Only what really is
 * signed is remembered, by the very bytes, signature and key; whatever is asked beside that is checked then.
 */
export async function verifyAhead(file: Export): Promise<typeof isSigned> {
  const signedBy = new Map<string, { readonly key: KeyObject; readonly signed: Set<string> }>();
  let running: Promise<void>[] = [];
  let named = file.entries[0]?.entry.key ?? "";
  for (const { entry, hash, sig } of file.entries) {
    const known = signedBy.get(named);
    const key = known?.key ?? readKey(named);
    const signature = readBase64(sig, 64);
    if (key && signature) {
      const signed = known?.signed ?? new Set<string>();
      signedBy.set(named, { key, signed });
      running.push(verifyOne(key, hash, signature).then((fits) => void (fits && signed.add(hash + sig))));
    }
    named = entry.key ?? named;
    if (running.length < atOnce) continue;
    await Promise.all(running);
    running = [];
  }
  await Promise.all(running);
  const byKey = new WeakMap<KeyObject, ReadonlySet<string>>();
  return (hash, sig, key) => {
    const signed = byKey.get(key) ?? signedBy.get(rawOf(key))?.signed ?? new Set();
    byKey.set(key, signed);
    return signed.has(Buffer.from(hash).toString("hex") + String(sig)) || isSigned(hash, sig, key);
  };
}

const verifyOne = (key: KeyObject, hash: string, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve) =>
    verify(null, Buffer.from(hash, "hex"), key, signature, (error, fits) => resolve(error === null && fits)),
  );

const rawOf = (key: KeyObject): string => key.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
