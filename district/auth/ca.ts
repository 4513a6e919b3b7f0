import "reflect-metadata";
import { createHash, scryptSync } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { dayMs } from "#shared/lib/time.ts";
import { caPartCost, caPartLength, caPartSalt, toCrockford } from "#shared/protocol/code.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const caDays = 20 * 365;
const serverDays = 397;
/** A server certificate with less left than this is replaced. */
const renewDays = 30;
/** Certificates begin a day early: a desk's clock may be behind. */
const earlyMs = dayMs;

export interface Identified {
  readonly key: string;
  readonly cert: string;
}

/** The district's own CA, made at the first start and kept in the data folder for its owner only. */
export async function readCa(dir: string, now: () => number): Promise<Identified> {
  const known = readPair(dir, "ca");
  if (known) return known;
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const subject = `CN=Zhishou district CA ${serial().slice(0, 8)}`;
  const cert = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: subject,
    notBefore: new Date(now() - earlyMs),
    notAfter: new Date(now() + caDays * dayMs),
    signingKey: keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return writePair(dir, "ca", { key: await pemOf(keys.privateKey), cert: cert.toString("pem") });
}

/** The certificate of the listener, for this machine's loopback names; renewed under the same CA before it runs out. */
export async function readServerCert(dir: string, ca: Identified, now: () => number): Promise<Identified> {
  const known = readPair(dir, "server");
  if (known && isFresh(known.cert, ca.cert, now())) return known;
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const caKey = await crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(ca.key), algorithm, false, ["sign"]);
  const cert = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: "CN=Zhishou district",
    issuer: new X509Certificate(ca.cert).subject,
    notBefore: new Date(now() - earlyMs),
    notAfter: new Date(now() + serverDays * dayMs),
    signingKey: caKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
        { type: "dns", value: "localhost" },
      ]),
    ],
  });
  return writePair(dir, "server", { key: await pemOf(keys.privateKey), cert: cert.toString("pem") });
}

/** SHA-256 of the certificate, hex: what an operator reads out. */
export const fingerprintOf = (certPem: string): string =>
  createHash("sha256")
    .update(new Uint8Array(PemConverter.decodeFirst(certPem)))
    .digest("hex");

/** The part of a code that names the CA; see `shared/protocol/code.ts`. */
export function caPartOf(certPem: string): string {
  const digest = createHash("sha256")
    .update(new Uint8Array(PemConverter.decodeFirst(certPem)))
    .digest();
  return toCrockford(scryptSync(digest, caPartSalt, caPartLength, caPartCost), caPartLength);
}

function isFresh(certPem: string, caPem: string, at: number): boolean {
  const cert = new X509Certificate(certPem);
  const leftMs = cert.notAfter.getTime() - at;
  return (
    cert.issuer === new X509Certificate(caPem).subject && cert.notBefore.getTime() <= at && leftMs > renewDays * dayMs
  );
}

const serial = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString("hex");
};

const pemOf = async (key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

function readPair(dir: string, name: string): Identified | undefined {
  const file = join(dir, `${name}.pem`);
  if (!existsSync(file)) return undefined;
  const blocks = PemConverter.decodeWithHeaders(readFileSync(file, "utf8"));
  const find = (type: string) => blocks.find((block) => block.type === type);
  const key = find("PRIVATE KEY");
  const cert = find("CERTIFICATE");
  if (!key || !cert) throw new Error(`${name}.pem holds no key and certificate`);
  return { key: PemConverter.encode(key.rawData, key.type), cert: PemConverter.encode(cert.rawData, cert.type) };
}

/** Key and certificate are one file, so that a crash cannot leave the one without the other. */
function writePair(dir: string, name: string, pair: Identified): Identified {
  const file = join(dir, `${name}.pem`);
  writeFileSync(`${file}.new`, `${pair.key}\n${pair.cert}\n`, { mode: 0o600, flush: true });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return pair;
}
