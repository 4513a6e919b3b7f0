import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import canonicalize from "canonicalize";
import type { SignatureCheck } from "#shared/contract.ts";
import type { Handover, HandoverSide, HandoverSignature, HandoverStatement } from "#shared/domain/handover/handover.ts";
import type { SignedRecord } from "#shared/domain/handover/record.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";

/** SHA-256 of the canonical form (RFC 8785), hex. */
export function hashOf(value: SignedRecord | HandoverStatement): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}

/** What an officer puts their name to. Signatures of form 1 have no statement. */
function textOf(id: string, side: HandoverSide, signature: Omit<HandoverSignature, "signature">): Buffer {
  const { recordHash, statementHash, officerId, at } = signature;
  const lines = statementHash
    ? ["zhishou-handover-v2", id, side, recordHash, statementHash, officerId, String(at)]
    : ["zhishou-handover-v1", id, side, recordHash, officerId, String(at)];
  return Buffer.from(lines.join("\n"));
}

export interface ToSign {
  readonly id: string;
  readonly side: HandoverSide;
  readonly record: SignedRecord;
  readonly statement: HandoverStatement;
  readonly at: number;
}

export function signHandoverRecord(
  key: KeyObject,
  officer: Pick<Officer, "id" | "name" | "publicKey">,
  { id, side, record, statement, at }: ToSign,
): HandoverSignature {
  const said = {
    officerId: officer.id,
    name: officer.name,
    at,
    recordHash: hashOf(record),
    statementHash: hashOf(statement),
    publicKey: officer.publicKey,
  };
  return { ...said, signature: sign(null, textOf(id, side, said), key).toString("base64") };
}

/** HO-15: whether both signatures belong to this very record, and to the key that the officer has now. */
export function checkSignatures(handover: Handover, keyOf: (officerId: string) => string | undefined): SignatureCheck {
  const check = (side: HandoverSide): SignatureCheck["outgoing"] => {
    const signature = handover[side];
    if (!signature) return "unsigned";
    const statement = handover.statements?.[side];
    const belongs =
      signature.recordHash === hashOf(handover.record) &&
      (signature.statementHash === undefined || (statement && signature.statementHash === hashOf(statement)));
    if (!belongs || !isSoundSignature(handover.id, side, signature)) return "broken";
    return keyOf(signature.officerId) === signature.publicKey ? "sound" : "other_key";
  };
  return { outgoing: check("outgoing"), incoming: check("incoming") };
}

function isSoundSignature(id: string, side: HandoverSide, signature: HandoverSignature): boolean {
  try {
    const x = Buffer.from(signature.publicKey, "base64").toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, textOf(id, side, signature), key, Buffer.from(signature.signature, "base64"));
  } catch {
    // A key that is no key signs nothing.
    return false;
  }
}
