import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileOf = (dataDir: string): string => join(dataDir, "operator.token");

/** What an operator of the district must show. Made at the first start, in a file for the folder's owner only: who can read it, may. */
export function readToken(dataDir: string, randomBytes: (length: number) => Uint8Array): string {
  const file = fileOf(dataDir);
  if (!existsSync(file)) writeFileSync(file, Buffer.from(randomBytes(32)).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Compares digests, so that neither length nor first difference shows in the time it takes. */
export function tokenKeeper(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  return (authorization) => timingSafeEqual(digest(authorization ?? ""), wanted);
}
