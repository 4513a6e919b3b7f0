import { createHash, generateKeyPairSync, scrypt, X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { caPartCost, caPartLength, caPartSalt, readCode, sampleCode, toCrockford } from "#shared/protocol/code.ts";
import { type EnrolRequest, enrolAnswerSchema, helloAnswerSchema } from "#shared/protocol/messages.ts";
import { isLoopback, readDistrictUrl } from "./address.ts";
import type { EnrolInput, Enrolment } from "./enrolment.ts";
import { type Ask, type Enveloped, type HttpsOptions, openHttps } from "./https.ts";

const stretch = promisify<Buffer, string, number, typeof caPartCost, Buffer>(scrypt);

export interface DeskKey {
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** Raw, base64. */
  readonly publicKey: string;
}

export function makeDeskKey(): DeskKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicKey: Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("base64"),
  };
}

/**
 * Enrols: asks who is there without trusting it, compares its CA with the code's CA part, and only then tells the code, over
 * a connection that trusts this CA alone (PR-1). The sample desk takes the CA as it comes, from this very machine only
 * (PR-12). `key` is the same when the same enrolment is tried again: the district gives the same device for it.
 */
export async function enrol(
  input: EnrolInput,
  key: DeskKey,
  options: Omit<HttpsOptions, "url" | "ca">,
): Promise<Result<Enrolment, DeskError>> {
  const url = readDistrictUrl(input.url);
  if (!url.ok) return url;
  const sample = input.code.trim() === sampleCode;
  const code = sample ? { code: sampleCode, caPart: "" } : readCode(input.code);
  if (!code || (sample && !isLoopback(url.value))) return fail(deskError("link.code_form", undefined, "code"));

  const hello = await askOnce(
    { ...options, url: url.value, ca: null },
    { method: "GET", path: "/v1/hello", answer: helloAnswerSchema },
  );
  if (!hello.ok) return hello;
  const { ca } = hello.value.value;
  const part = await caPartOf(ca);
  if (part === null) return fail(deskError("link.foreign"));
  if (!sample && part !== code.caPart) return fail(deskError("link.code_wrong"));

  const body: EnrolRequest = {
    code: code.code,
    street: input.street,
    deskName: input.deskName,
    publicKey: key.publicKey,
  };
  const given = await askOnce(
    { ...options, url: url.value, ca },
    { method: "POST", path: "/v1/enrol", body, answer: enrolAnswerSchema },
  );
  if (!given.ok) return given;
  const { serverId, epoch, value: answer } = given.value;
  if (serverId !== hello.value.serverId || answer.street !== input.street) return fail(deskError("link.foreign"));
  return ok({
    url: url.value,
    ca,
    serverId,
    epoch,
    districtName: answer.districtName,
    deviceId: answer.deviceId,
    deskLetter: answer.deskLetter,
    street: answer.street,
    streetName: answer.streetName,
    privateKey: key.privateKey,
    sample,
    enrolledAt: options.now(),
  });
}

interface Answered<Body> extends Pick<Enveloped<Body>, "serverId" | "epoch"> {
  readonly value: Body;
}

/** One question over a connection of its own; a failure of the link becomes an error for the person who waits. */
async function askOnce<Body>(options: HttpsOptions, ask: Ask<Body>): Promise<Result<Answered<Body>, DeskError>> {
  const https = openHttps(options);
  try {
    const answer = await https.ask(ask);
    if (!answer.ok) return fail(deskError(answer.error.reasonId));
    const { body, serverId, epoch } = answer.value;
    return body.ok ? ok({ serverId, epoch, value: body.value }) : body;
  } finally {
    await https.close();
  }
}

/** The part of a code that names a CA (`shared/protocol/code.ts`); `null`: this is no certificate of a CA. */
async function caPartOf(pem: string): Promise<string | null> {
  try {
    const cert = new X509Certificate(pem);
    if (!cert.ca) return null;
    const digest = createHash("sha256").update(cert.raw).digest();
    return toCrockford(await stretch(digest, caPartSalt, caPartLength, caPartCost), caPartLength);
  } catch {
    return null;
  }
}
