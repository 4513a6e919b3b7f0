import { away, cut, foreign, type LinkFailure } from "./link.ts";

/** Longest wait that a `Retry-After` may ask for. */
const maxRetryAfterMs = 15 * 60_000;

const untrusted = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_SIGNATURE_FAILURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REJECTED",
  "CERT_UNTRUSTED",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "HOSTNAME_MISMATCH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UND_ERR_RES_EXCEEDED_MAX_SIZE",
]);
/** A certificate of a right CA that is too young or too old: far more often the PC's clock than the certificate. */
const untimely = new Set(["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED"]);
/** A connection that broke or fell silent; another one may get through. */
const broken = new Set([
  "UND_ERR_SOCKET",
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_ABORTED",
  "ABORT_ERR",
]);

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return cause ? codeOf(cause) : "";
};

/** What a request that ended without an answer says of the link. */
export function failureOf(error: unknown): LinkFailure {
  const code = codeOf(error);
  if (untimely.has(code)) return away("link.clock");
  // Plain HTTP, or an old TLS, on the district's port.
  const notTls = code.startsWith("ERR_SSL_") || code === "EPROTO" || code.startsWith("HPE_");
  if (untrusted.has(code) || notTls) return foreign;
  return broken.has(code) ? cut : away();
}

/** What an answer without our envelope says: a gateway that is busy, or something that is not the district (PR-2). */
export function failureOfStatus(status: number, retryAfter: string | undefined, now: number): LinkFailure {
  const passing = [408, 425, 429, 500, 502, 503, 504].includes(status);
  return passing ? away("link.busy", readRetryAfter(retryAfter, now)) : foreign;
}

/** Seconds or a date; anything absurd is 0, anything long is cut. */
export function readRetryAfter(value: string | undefined, now: number): number {
  if (!value) return 0;
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), maxRetryAfterMs) : 0;
}
