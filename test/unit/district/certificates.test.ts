import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { caPartOf, fingerprintOf, readCa, readServerCert } from "#district/auth/ca.ts";

const dayMs = 86_400_000;
let dir: string;
let at = Date.parse("2026-11-21T00:00:00Z");
const now = () => at;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "zhishou-ca-"));
  at = Date.parse("2026-11-21T00:00:00Z");
});
afterEach(() => rmSync(dir, { recursive: true }));

test("PR-1: the CA is made once, for its owner only, and says that it is a CA of nothing below it", async () => {
  const ca = await readCa(dir, now);
  expect(await readCa(dir, now)).toEqual(ca);
  expect(statSync(join(dir, "ca.pem")).mode & 0o777).toBe(0o600);
  const cert = new X509Certificate(ca.cert);
  expect(cert.ca).toBe(true);
  expect(cert.verify(cert.publicKey)).toBe(true);
  expect(fingerprintOf(ca.cert)).toBe(cert.fingerprint256.replaceAll(":", "").toLowerCase());
  expect(caPartOf(ca.cert)).toMatch(/^[0-9A-Z]{8}$/);
});

test("PR-1: the listener's certificate is the CA's, for loopback names, and is renewed in time", async () => {
  const ca = await readCa(dir, now);
  const first = new X509Certificate((await readServerCert(dir, ca, now)).cert);
  expect(first.verify(new X509Certificate(ca.cert).publicKey)).toBe(true);
  expect(first.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(first.checkHost("localhost")).toBe("localhost");
  expect(first.checkHost("district.example")).toBeUndefined();
  expect(first.ca).toBe(false);
  expect(statSync(join(dir, "server.pem")).mode & 0o777).toBe(0o600);
  at += 360 * dayMs;
  expect(new X509Certificate((await readServerCert(dir, ca, now)).cert).serialNumber).toBe(first.serialNumber);
  at += 10 * dayMs;
  const renewed = new X509Certificate((await readServerCert(dir, ca, now)).cert);
  expect(renewed.serialNumber).not.toBe(first.serialNumber);
  expect(renewed.validToDate.getTime()).toBeGreaterThan(at + 390 * dayMs);
});

test("two districts have two CAs, and a certificate of the one is not taken up by the other", async () => {
  const ca = await readCa(dir, now);
  await readServerCert(dir, ca, now);
  rmSync(join(dir, "ca.pem"));
  const other = await readCa(dir, now);
  expect(caPartOf(other.cert)).not.toBe(caPartOf(ca.cert));
  const cert = new X509Certificate((await readServerCert(dir, other, now)).cert);
  expect(cert.verify(new X509Certificate(other.cert).publicKey)).toBe(true);
});
