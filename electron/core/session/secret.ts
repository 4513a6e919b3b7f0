import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  scrypt,
} from "node:crypto";
import { type Db, sql } from "../store/database.ts";

/** An officer's Ed25519 key, wrapped by the PIN: scrypt makes the wrapping key, AES-256-GCM tells a wrong PIN. */
export interface Secret {
  readonly salt: Buffer;
  readonly iv: Buffer;
  readonly wrapped: Buffer;
  readonly tag: Buffer;
  /** log2 of scrypt's N. */
  readonly cost: number;
}

/** About 0.1 s on a duty PC of 2020; a PIN is short, so the growing wait at the desk does the rest. */
const cost = 15;

function stretch(pin: string, salt: Buffer, logN: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: 2 ** logN, r: 8, p: 1, maxmem: 256 * 2 ** logN * 8 };
    scrypt(pin.normalize("NFKC"), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** Wraps a key under a PIN, with fresh salt. */
export async function rewrap(key: KeyObject, pin: string, random: (length: number) => Uint8Array): Promise<Secret> {
  const salt = Buffer.from(random(16));
  const iv = Buffer.from(random(12));
  const cipher = createCipheriv("aes-256-gcm", await stretch(pin, salt, cost), iv);
  const wrapped = Buffer.concat([cipher.update(key.export({ format: "der", type: "pkcs8" })), cipher.final()]);
  return { salt, iv, wrapped, tag: cipher.getAuthTag(), cost };
}

/** Makes a new key and wraps it. `publicKey` is the raw 32 bytes in base64. */
export async function createSecret(pin: string, random: (length: number) => Uint8Array) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    secret: await rewrap(privateKey, pin, random),
    privateKey,
    publicKey: publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64"),
  };
}

/** The officer's private key, or `null` when the PIN is wrong. */
export async function openSecret(secret: Secret, pin: string): Promise<KeyObject | null> {
  const decipher = createDecipheriv("aes-256-gcm", await stretch(pin, secret.salt, secret.cost), secret.iv);
  decipher.setAuthTag(secret.tag);
  try {
    const key = Buffer.concat([decipher.update(secret.wrapped), decipher.final()]);
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  } catch {
    return null;
  }
}

export function writeSecret(db: Db, officerId: string, secret: Secret): void {
  sql(
    db,
    `INSERT INTO officer_secret (officer_id, salt, iv, wrapped, tag, cost) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (officer_id) DO UPDATE SET salt = excluded.salt, iv = excluded.iv, wrapped = excluded.wrapped,
     tag = excluded.tag, cost = excluded.cost, wrong = 0`,
  ).run(officerId, secret.salt, secret.iv, secret.wrapped, secret.tag, secret.cost);
}

export function readSecret(db: Db, officerId: string): (Secret & { readonly wrong: number }) | undefined {
  return sql(db, "SELECT salt, iv, wrapped, tag, cost, wrong FROM officer_secret WHERE officer_id = ?").get(
    officerId,
  ) as (Secret & { wrong: number }) | undefined;
}

/** Counts wrong PINs in the database, so that a restart does not forgive them. */
export function countWrong(db: Db, officerId: string, wrong: number): void {
  sql(db, "UPDATE officer_secret SET wrong = ? WHERE officer_id = ?").run(wrong, officerId);
}
