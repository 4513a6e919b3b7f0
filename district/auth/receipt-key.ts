import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The key that signs receipts, and nothing else. */
export interface ReceiptKey {
  readonly privateKey: KeyObject;
  /** Raw Ed25519, base64: what an auditor is given. */
  readonly publicKey: string;
}

/** Made at the first start and kept in the data folder for its owner only. */
export function readReceiptKey(dir: string): ReceiptKey {
  const file = join(dir, "receipt.pem");
  if (!existsSync(file)) {
    const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" });
    writeFileSync(`${file}.new`, pem, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  const privateKey = createPrivateKey(readFileSync(file, "utf8"));
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return { privateKey, publicKey: Buffer.from(x, "base64url").toString("base64") };
}
