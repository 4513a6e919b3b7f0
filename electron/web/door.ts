import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Outcome } from "#core/ports.ts";
import type { ErrorId } from "#shared/errors.ts";
import { fromSent } from "../host/messages.ts";

/** Names under which this machine alone reaches the desk. */
const names = ["127.0.0.1", "localhost"];

/** Says whether a request comes from a page of ours, by its headers; a foreign site cannot forge them in a browser. */
export function isOurPage(headers: IncomingHttpHeaders, port: number): boolean {
  const host = headers.host ?? "";
  if (!names.some((name) => host === `${name}:${port}` || (port === 80 && host === name))) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return false;
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** Compares digests, so that neither length nor first difference shows in the time it takes. */
export function tokenKeeper(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  return (authorization) => timingSafeEqual(digest(authorization ?? ""), wanted);
}

const statusOf: Partial<Record<ErrorId, number>> = {
  "input.invalid": 400,
  "door.token": 401,
  "door.origin": 403,
  "contract.unknown": 404,
  "contract.too_often": 429,
  bug: 500,
  "core.lost": 503,
};

/** How the text of an outcome begins that is no error: it need not be read to be handed on. */
const beginsWell = JSON.stringify({ ok: true }).slice(0, -1);

/** HTTP status of an outcome: 200, or what its error means to a program; a refusal by a rule is 409. */
export function httpStatus(sent: Outcome | string): number {
  if (typeof sent === "string" && sent.startsWith(beginsWell)) return 200;
  const outcome = fromSent(sent);
  return outcome.ok ? 200 : (statusOf[outcome.error.id] ?? 409);
}

/** An outcome as JSON. Typed arrays become plain arrays: a browser has nothing else to read them with. */
export const asJson = (sent: Outcome | string): string =>
  typeof sent === "string"
    ? sent
    : JSON.stringify(sent, (_key, value: unknown) =>
        ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value,
      );
