import { z } from "zod";
import { mostBytes, sha256Schema } from "#shared/domain/attachment/attachment.ts";
import { logReceiptSchema } from "#shared/domain/duty-log/chain-entry.ts";
import { ledgerOpSchema, opSchema } from "#shared/op/op.ts";

/** Version of the wire. A change of any schema here bumps it and adds a line to `history.json`; a test holds the hash. */
export const protocolVersion = 29;

const nonce = z.string().min(16).max(64);
const instant = z.number().int().nonnegative();

/** Around every answer of the district. Anything else is not the district centre (PR-2). */
export const envelopeSchema = z.object({
  v: z.literal(protocolVersion),
  serverId: z.string().min(8).max(64),
  /** Changes when the district was restored from a backup (PR-6). */
  epoch: z.string().min(8).max(64),
  /** Highest number of the ledger. */
  head: z.number().int().nonnegative(),
  /** The request's nonce, given back (PR-3). */
  nonce,
  /** The district's clock. */
  at: instant,
  body: z.unknown(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const problemSchema = z.strictObject({
  error: z.strictObject({
    kind: z.enum(["retry", "ask", "stop"]),
    id: z.string().max(60),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    field: z.string().max(200).optional(),
  }),
});

/** `GET /v1/hello` — not signed: who answers here, and the CA that a desk compares with its code before it trusts anything. */
export const helloAnswerSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** The district's own CA certificate, PEM. */
  ca: z.string().max(8192),
});

/** `POST /v1/enrol` — the only request that is not signed by an enrolled device. */
export const enrolRequestSchema = z.strictObject({
  /** One-time code; `sample` asks for a desk of the sample district, which only loopback may get. */
  code: z.string().min(1).max(40),
  street: z
    .string()
    .regex(/^\d{9}$/)
    .nullable(),
  deskName: z.string().trim().min(1).max(60),
  /** Ed25519, raw 32 bytes, base64. */
  publicKey: z.string().min(40).max(64),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolAnswerSchema = z.strictObject({
  deviceId: z.string().min(1).max(64),
  /** Letter of the desk in event numbers: A, B, C… */
  deskLetter: z.string().min(1).max(3),
  street: z.string(),
  streetName: z.string(),
  districtName: z.string(),
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** Ops in one push; how many of them go at once is sized by the link. */
export const maxPushOps = 500;
/** Rows of one page of a pull. */
export const maxPullRows = 500;

/**
 * Limits of a body once it is decompressed (PR-14): bytes, and how many of them one sent byte may become beyond the first
 * `ratioFreeBytes`.
 */
export const mostBodyBytes = 2 * 2 ** 20;
/** PR-14: how deep a body may nest. */
export const mostDepth = 32;
export const mostBodyRatio = 200;
export const ratioFreeBytes = 256 * 2 ** 10;

/** `POST /v1/push`; what goes `ahead` says so in its signed path, too, and is counted by itself (PR-31). */
export const urgentPushPath = "/v1/push?urgent";
export const pushRequestSchema = z.strictObject({
  ops: z.array(opSchema).min(1).max(maxPushOps),
  /** Urgent ops that go before their turn (PR-16). */
  ahead: z.boolean().default(false),
  /** The ops before these are on their way: wait for them a while instead of answering `later` (PR-8). */
  hold: z.boolean().default(false),
  /** Of which epoch their numbers are: a desk always says so. In another they are not judged (PR-6). */
  epoch: z.string().min(8).max(64).optional(),
  /** Others follow: the desk's own waiting pull is left to wait, so that its receipts come together (PR-15). */
  more: z.boolean().default(false),
});

/** PR-13: the number under which the district knows an op of this desk, where it was sent under another. */
const knownAs = z.number().int().positive().optional();

/** What became of one op (PR-5). `later`: not judged, send it again after `waitMs`. */
export const pushResultSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("accepted"), no: z.number().int().positive(), confirmedAt: instant }),
  z.strictObject({
    outcome: z.literal("duplicate"),
    no: z.number().int().positive(),
    confirmedAt: instant,
    seq: knownAs,
  }),
  z.strictObject({
    outcome: z.literal("refused"),
    error: problemSchema.shape.error,
    present: z.unknown(),
    seq: knownAs,
  }),
  z.strictObject({ outcome: z.literal("later"), waitMs: z.number().int().nonnegative() }),
]);
/** A result with the op that it is of; on the wire the order says it. */
export type PushResult = z.infer<typeof pushResultSchema> & { readonly opId: string };
/** PR-13: and the number under which the district has it, whatever its desk calls it by now. */
export type Settled = PushResult & { readonly seq?: number | undefined };
export const pushAnswerSchema = z.strictObject({
  /** `seq` of the first op of the request. */
  from: z.number().int().positive(),
  /** One for each op, in their order. */
  results: z.array(pushResultSchema).max(maxPushOps),
  /** The number that the next op of this desk must have. */
  nextSeq: z.number().int().positive(),
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

/** `POST /v1/pull` — what is in this street after `after`; waits up to `waitMs` when there is nothing (long poll). */
export const pullRequestSchema = z.strictObject({
  after: z.number().int().nonnegative(),
  /** Last number of the wanted stretch; `null`: up to the head. */
  until: z.number().int().positive().nullable().default(null),
  limit: z.number().int().min(1).max(maxPullRows),
  waitMs: z.number().int().min(0).max(30_000),
  /** How many of the stretches that follow shall be named, so that they can be asked for side by side. */
  marks: z.number().int().min(0).max(8).default(0),
  /** Send this desk's own ops whole instead of a receipt (PR-15). */
  whole: z.boolean().default(false),
});

/** An op of the asking desk itself, which it holds: number, its `seq`, the last eight characters of its id, when confirmed. */
export const receiptSchema = z.tuple([
  z.number().int().positive(),
  z.number().int().positive(),
  z.string().length(8),
  instant,
]);
export type Receipt = z.infer<typeof receiptSchema>;

export const pullAnswerSchema = z.strictObject({
  ops: z.array(ledgerOpSchema).max(maxPullRows),
  own: z.array(receiptSchema).max(maxPullRows),
  /** Up to here nothing of this street is missing; the next pull starts after it. */
  upTo: z.number().int().nonnegative(),
  more: z.boolean(),
  /** Last numbers of the stretches of `limit` rows that follow this one. */
  marks: z.array(z.number().int().positive()).max(8),
});
export type PullAnswer = z.infer<typeof pullAnswerSchema>;

const place = z.strictObject({ seq: z.number().int().positive(), head: z.string().regex(/^[0-9a-f]{64}$/) });

/** Entries that a desk shows, or is asked to show, at once. */
const maxShown = 8;

/** `POST /v1/witness` — the head of a desk's log, and its own entries at the places that the district asked to see (PR-20). */
export const witnessRequestSchema = place.extend({
  stream: z.string().regex(/^\d{9}\/[0-9A-Z]{16}$/),
  shown: z.array(place).max(maxShown),
});
export type WitnessRequest = z.infer<typeof witnessRequestSchema>;

export const witnessAnswerSchema = z.discriminatedUnion("outcome", [
  /** The district knows entries at these places and wants to see them before it signs. */
  z.strictObject({ outcome: z.literal("show"), seqs: z.array(z.number().int().positive()).max(maxShown) }),
  z.strictObject({
    outcome: z.literal("receipt"),
    receipt: logReceiptSchema,
    /** Ed25519 of the hash of the receipt, base64, and the raw key that verifies it. */
    sig: z.string().max(100),
    key: z.string().max(64),
  }),
]);
export type WitnessAnswer = z.infer<typeof witnessAnswerSchema>;

/** Files that a desk may ask about at once. */
export const maxContents = 200;

/** `POST /v1/contents` — which of these files, named by ops of the desk's street, the district holds. */
export const contentsRequestSchema = z.strictObject({ hashes: z.array(sha256Schema).min(1).max(maxContents) });

export const contentsAnswerSchema = z.strictObject({
  /** Those that lie there whole, counted and hashed by the district itself, and since when. What is not here is missing there. */
  held: z
    .array(z.strictObject({ sha256: sha256Schema, bytes: z.number().int().min(1).max(mostBytes), at: instant }))
    .max(maxContents),
});
export type ContentsAnswer = z.infer<typeof contentsAnswerSchema>;

/** Where files go up by tus, and where one comes down piece by piece (`/v1/contents/<sha256>?from=0&bytes=65536`). */
export const uploadsPath = "/v1/uploads";
export const contentsPath = "/v1/contents";
/** Bytes of a file in one request, either way. */
export const mostPieceBytes = 512 * 2 ** 10;

/** Every message by name: what the schema-hash test reads. */
export const wireSchemas = {
  envelope: envelopeSchema,
  problem: problemSchema,
  helloAnswer: helloAnswerSchema,
  enrolRequest: enrolRequestSchema,
  enrolAnswer: enrolAnswerSchema,
  pushRequest: pushRequestSchema,
  pushAnswer: pushAnswerSchema,
  pullRequest: pullRequestSchema,
  pullAnswer: pullAnswerSchema,
  witnessRequest: witnessRequestSchema,
  witnessAnswer: witnessAnswerSchema,
  contentsRequest: contentsRequestSchema,
  contentsAnswer: contentsAnswerSchema,
} as const;

/** Headers of a signed request (PR-4). The signature covers `signedText`. */
export const deviceHeader = "x-desk-device";
export const nonceHeader = "x-desk-nonce";
export const timeHeader = "x-desk-time";
export const signatureHeader = "x-desk-signature";

/** Headers of an answer that is bytes and no envelope: what the envelope would say. `nonceHeader` gives the nonce back. */
export const serverHeader = "x-district-server";
export const epochHeader = "x-district-epoch";

/** What the asker's link carries, Mbit/s, as it was measured (a client hint of HTTP). Not signed: it decides nothing but effort. */
export const downlinkHeader = "downlink";

/** The text that a device signs with Ed25519: what is asked, of what body, when, by whom. */
export const signedText = (part: {
  method: string;
  path: string;
  bodySha256: string;
  device: string;
  at: number;
  nonce: string;
}): string =>
  ["zhishou-v1", part.method, part.path, part.bodySha256, part.device, String(part.at), part.nonce].join("\n");
