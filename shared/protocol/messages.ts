import { z } from "zod";
import { ledgerOpSchema, opSchema } from "#shared/op/op.ts";

/** Version of the wire. A change of any schema here bumps it and adds a line to `history.json`; a test holds the hash. */
export const protocolVersion = 5;

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

/** Ops in one push: small enough to survive a poor link. */
export const maxPushOps = 100;

/** `POST /v1/push` */
export const pushRequestSchema = z.strictObject({ ops: z.array(opSchema).min(1).max(maxPushOps) });

/** What became of one op (PR-5). `later`: not judged, send it again after `waitMs`. */
export const pushResultSchema = z.discriminatedUnion("outcome", [
  z.strictObject({
    opId: z.string(),
    outcome: z.literal("accepted"),
    no: z.number().int().positive(),
    confirmedAt: instant,
  }),
  z.strictObject({
    opId: z.string(),
    outcome: z.literal("duplicate"),
    no: z.number().int().positive(),
    confirmedAt: instant,
  }),
  z.strictObject({
    opId: z.string(),
    outcome: z.literal("refused"),
    error: problemSchema.shape.error,
    present: z.unknown(),
  }),
  z.strictObject({ opId: z.string(), outcome: z.literal("later"), waitMs: z.number().int().nonnegative() }),
]);
export type PushResult = z.infer<typeof pushResultSchema>;
export const pushAnswerSchema = z.strictObject({ results: z.array(pushResultSchema).max(maxPushOps) });

/** `POST /v1/pull` — everything of this street after `after`; waits up to `waitMs` when there is nothing (long poll). */
export const pullRequestSchema = z.strictObject({
  after: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
  waitMs: z.number().int().min(0).max(30_000),
});
export const pullAnswerSchema = z.strictObject({
  ops: z.array(ledgerOpSchema).max(500),
  /** Up to here nothing of this street is missing; the next pull starts after it. */
  upTo: z.number().int().nonnegative(),
  more: z.boolean(),
});
export type PullAnswer = z.infer<typeof pullAnswerSchema>;

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
} as const;

/** Headers of a signed request (PR-4). The signature covers `signedText`. */
export const deviceHeader = "x-desk-device";
export const nonceHeader = "x-desk-nonce";
export const timeHeader = "x-desk-time";
export const signatureHeader = "x-desk-signature";

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
