import { createHash, createPrivateKey, sign } from "node:crypto";
import { Agent, type Dispatcher } from "undici";
import type { z } from "zod";
import type { DeskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import {
  deviceHeader,
  type Envelope,
  envelopeSchema,
  nonceHeader,
  problemSchema,
  pullAnswerSchema,
  pushAnswerSchema,
  signatureHeader,
  signedText,
  timeHeader,
} from "#shared/protocol/messages.ts";
import { failureOf, failureOfStatus, isStale, readRetryAfter } from "./https-errors.ts";
import { type Answer, away, foreign, type Link, type LinkFailure, refusedDevice } from "./link.ts";

/** Longest wait for a connection, TLS included. */
const connectMs = 4_000;
/** Longest wait for an answer beyond what the question itself allows. */
const graceMs = 4_000;
/** A push may be on its way over a poor link for longer; the waiting pull notices a dead one meanwhile. */
const pushMs = 20_000;
/** Longest silence in the middle of an answer. */
const silenceMs = 5_000;
const maxAnswerBytes = 8 * 2 ** 20;

export interface HttpsOptions {
  /** Origin of the district. */
  readonly url: string;
  /** PEM of the one CA that is trusted; `null` only to ask who is there, before anything is told (see `enrol.ts`). */
  readonly ca: string | null;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly appVersion: string;
}

export interface Ask<Body> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<Body>;
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** Headers that sign this very request. */
  readonly signed?: (part: { method: string; path: string; body: string; nonce: string }) => Record<string, string>;
}

/** A valid envelope: `body` is what was asked for, or the problem that the district has. */
export type Enveloped<Body> = Omit<Envelope, "body"> & {
  readonly body: Result<Body, DeskError>;
  readonly retryAfterMs: number;
};

export interface Https {
  ask<Body>(ask: Ask<Body>): Promise<Result<Enveloped<Body>, LinkFailure>>;
  close(): Promise<void>;
}

/** The one place that opens a connection: HTTPS with a pinned CA, no proxy, no redirect, one envelope (PR-1…PR-3). */
export function openHttps(options: HttpsOptions): Https {
  const trust = options.ca === null ? { rejectUnauthorized: false } : { ca: options.ca, rejectUnauthorized: true };
  const agent = new Agent({
    connect: { ...trust, minVersion: "TLSv1.2", timeout: connectMs },
    connections: 2,
    pipelining: 1,
    allowH2: false,
    bodyTimeout: silenceMs,
    maxResponseSize: maxAnswerBytes,
  });

  async function send<Body>(ask: Ask<Body>): Promise<Result<Enveloped<Body>, LinkFailure>> {
    const nonce = Buffer.from(options.randomBytes(18)).toString("base64url");
    const body = ask.body === undefined ? "" : JSON.stringify(ask.body);
    const request: Dispatcher.RequestOptions = {
      origin: options.url,
      path: ask.path,
      method: ask.method,
      headers: {
        accept: "application/json",
        "user-agent": `zhishou/${options.appVersion}`,
        [nonceHeader]: nonce,
        ...(ask.body === undefined ? {} : { "content-type": "application/json" }),
        ...ask.signed?.({ method: ask.method, path: ask.path, body, nonce }),
      },
      body: ask.body === undefined ? null : body,
      headersTimeout: (ask.waitMs ?? 0) + graceMs,
      ...(ask.signal ? { signal: ask.signal } : {}),
    };
    const response = await agent.request(request);
    const text = await response.body.text();
    const retryAfter = one(response.headers["retry-after"]);
    const envelope = envelopeSchema.safeParse(parse(text));
    if (!envelope.success) return fail(failureOfStatus(response.statusCode, retryAfter, options.now()));
    if (envelope.data.nonce !== nonce) return fail(foreign);
    const found = bodyOf(envelope.data.body, ask.answer, response.statusCode);
    if (!found) return fail(foreign);
    return ok({ ...envelope.data, body: found, retryAfterMs: readRetryAfter(retryAfter, options.now()) });
  }

  return {
    async ask(ask) {
      try {
        return await send(ask);
      } catch (error) {
        if (ask.signal?.aborted || !isStale(error)) return fail(failureOf(error));
        return send(ask).catch((again: unknown) => fail(failureOf(again)));
      }
    },
    close: () => agent.destroy(),
  };
}

function bodyOf<Body>(body: unknown, schema: z.ZodType<Body>, status: number): Result<Body, DeskError> | null {
  if (status === 200) {
    const answer = schema.safeParse(body);
    return answer.success ? ok(answer.data) : null;
  }
  const problem = problemSchema.safeParse(body);
  return problem.success ? fail(problem.data.error as DeskError) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export interface HttpLinkOptions extends HttpsOptions {
  readonly ca: string;
  readonly serverId: string;
  readonly deviceId: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** Positive: the PC is ahead of the district. Read before, and told after, each request. */
  readonly clock: { offsetMs: number | null };
  /** Told whenever the district itself has answered, whatever it said. */
  readonly onContact: () => void;
}

/** The link of an enrolled desk: signed requests, answers of this one district only (PR-4, PR-6). */
export function openHttpLink(options: HttpLinkOptions): Link {
  const https = openHttps(options);
  const key = createPrivateKey(options.privateKey);

  const signed: NonNullable<Ask<unknown>["signed"]> = ({ method, path, body, nonce }) => {
    const at = Math.round(options.now() - (options.clock.offsetMs ?? 0));
    const bodySha256 = createHash("sha256").update(body).digest("hex");
    const text = signedText({ method, path, bodySha256, device: options.deviceId, at, nonce });
    return {
      [deviceHeader]: options.deviceId,
      [timeHeader]: String(at),
      [signatureHeader]: sign(null, Buffer.from(text), key).toString("base64"),
    };
  };

  async function ask<Body>(what: Ask<Body>, again = true): Promise<Result<Answer<Body>, LinkFailure>> {
    const answer = await https.ask({ ...what, signed });
    if (!answer.ok) return answer;
    const { serverId, epoch, head, at, body, retryAfterMs } = answer.value;
    if (serverId !== options.serverId) return fail(foreign);
    options.clock.offsetMs = Math.round(options.now() - at);
    options.onContact();
    if (body.ok) return ok({ body: body.value, epoch, head });
    // The stamp was too far from the district's clock: its answer says by how much, so the same question goes once more.
    if (body.error.id === "link.clock" && again && !what.signal?.aborted) return ask(what, false);
    if (body.error.id === "link.refused_device") return fail(refusedDevice);
    return fail(away(body.error.id, retryAfterMs));
  }

  return {
    async push(ops, signal) {
      const answer = await ask({
        method: "POST",
        path: "/v1/push",
        body: { ops },
        answer: pushAnswerSchema,
        waitMs: pushMs,
        signal,
      });
      if (!answer.ok) return answer;
      const { results } = answer.value.body;
      const matching =
        results.length === ops.length && results.every((result, index) => result.opId === ops[index]?.id);
      return matching ? ok({ ...answer.value, body: results }) : fail(foreign);
    },
    async pull(body, signal) {
      const { waitMs } = body;
      const answer = await ask({ method: "POST", path: "/v1/pull", body, answer: pullAnswerSchema, waitMs, signal });
      return answer.ok && !isPage(answer.value.body, body.after) ? fail(foreign) : answer;
    },
    close: () => https.close(),
  };
}

/** Numbers grow through a page and end at `upTo`; a cursor never goes back (PR-9). */
function isPage(page: z.output<typeof pullAnswerSchema>, after: number): boolean {
  let last = after;
  for (const op of page.ops) {
    if (op.no <= last) return false;
    last = op.no;
  }
  return page.upTo >= last;
}
