import { createHash, createPrivateKey, sign } from "node:crypto";
import { deviceHeader, signatureHeader, signedText, timeHeader } from "#shared/protocol/messages.ts";

/** One request, as it is signed: what is asked, and of what body. */
export interface Signable {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly nonce: string;
}

export interface Signature {
  readonly deviceId: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  readonly now: () => number;
  /** Positive: the PC is ahead of the district. */
  readonly clock: { readonly offsetMs: number | null };
}

/** PR-4: the headers that sign a request in the name of this desk, stamped with the district's time. */
export function openSigner({
  deviceId,
  privateKey,
  now,
  clock,
}: Signature): (request: Signable) => Record<string, string> {
  const key = createPrivateKey(privateKey);
  return ({ method, path, body, nonce }) => {
    const at = Math.round(now() - (clock.offsetMs ?? 0));
    const bodySha256 = createHash("sha256").update(body).digest("hex");
    const text = signedText({ method, path, bodySha256, device: deviceId, at, nonce });
    return {
      [deviceHeader]: deviceId,
      [timeHeader]: String(at),
      [signatureHeader]: sign(null, Buffer.from(text), key).toString("base64"),
    };
  };
}
