import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { deviceHeader, nonceHeader, signatureHeader, signedText, timeHeader } from "#shared/protocol/messages.ts";
import type { Db } from "../store/open.ts";
import { type Device, deviceOf } from "./devices.ts";

const windowMs = 5 * minuteMs;
/** DER around a raw Ed25519 public key. */
const spkiHead = Buffer.from("302a300506032b6570032100", "hex");

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly header: (name: string) => string;
}

/** PR-4: the device that signed the request; or why it is not taken. */
export async function readSigner(
  db: Db,
  request: SignedRequest,
  at: number,
  nonces: Nonces,
): Promise<Result<Device, DeskError>> {
  const device = await deviceOf(db, request.header(deviceHeader));
  if (!device || device.revoked) return fail(deskError("link.refused_device"));
  const nonce = request.header(nonceHeader);
  const stampedAt = Number(request.header(timeHeader));
  const text = signedText({
    method: request.method,
    path: request.path,
    bodySha256: createHash("sha256").update(request.body).digest("hex"),
    device: device.id,
    at: stampedAt,
    nonce,
  });
  if (!isSigned(device.publicKey, text, request.header(signatureHeader))) return fail(deskError("link.refused_device"));
  if (!(Math.abs(at - stampedAt) <= windowMs)) return fail(deskError("link.clock"));
  if (!nonces.take(`${device.id} ${nonce}`, at)) return fail(deskError("input.invalid", undefined, "nonce"));
  return ok(device);
}

export function isKey(publicKey: string): boolean {
  const raw = Buffer.from(publicKey, "base64");
  return raw.length === 32 && raw.toString("base64") === publicKey;
}

/** Keys as they are verified with: making one costs a third of verifying with it. */
const keys = new Map<string, KeyObject>();
const mostKeys = 10_000;

function keyOf(publicKey: string): KeyObject {
  const known = keys.get(publicKey);
  if (known) return known;
  if (keys.size >= mostKeys) keys.clear();
  const der = Buffer.concat([spkiHead, Buffer.from(publicKey, "base64")]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  keys.set(publicKey, key);
  return key;
}

const isSigned = (publicKey: string, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), keyOf(publicKey), Buffer.from(signature, "base64"));

export interface Nonces {
  /** `false` when this nonce was seen within the window. */
  take(nonce: string, at: number): boolean;
}

/**
 * Nonces seen, for as long as their time stamp could pass. In memory only: what is replayed after a restart is an op that
 * is known by its id, or a question whose answer the listener cannot read.
 */
export function openNonces(): Nonces {
  const untilAt = new Map<string, number>();
  let sweptAt = 0;
  return {
    take(nonce, at) {
      if (at - sweptAt > minuteMs) {
        sweptAt = at;
        for (const [old, until] of untilAt) if (until < at) untilAt.delete(old);
      }
      if (untilAt.has(nonce)) return false;
      untilAt.set(nonce, at + 2 * windowMs);
      return true;
    },
  };
}
