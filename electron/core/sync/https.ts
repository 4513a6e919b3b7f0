import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import type { DeskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import {
  downlinkHeader,
  type Envelope,
  envelopeSchema,
  mostBodyRatio,
  nonceHeader,
  problemSchema,
  ratioFreeBytes,
} from "#shared/protocol/messages.ts";
import { failureOf, failureOfStatus, readRetryAfter } from "./https-errors.ts";
import { openLanes, type Trust } from "./https-lanes.ts";
import { cut, foreign, type LinkFailure } from "./link.ts";
import { openPace, type Pace, type Way } from "./pace.ts";
import { openPatience } from "./patience.ts";
import type { Signable } from "./sign.ts";
import { openThoroughness } from "./thoroughness.ts";
import { openUnderWay } from "./under-way.ts";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const maxAnswerBytes = 8 * 2 ** 20;
/** Longest that the district holds a push until those before it are there. */
const turnMs = 10_000;
/** Longest that a connection is made ready in advance. */
const warmMs = 5_000;

export interface HttpsOptions extends Trust {
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly appVersion: string;
}

export interface Ask<Body> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<Body>;
  /** How long the other side may keep silent beyond the usual patience. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  /** The way that carries the bytes of this request; told to the pace. */
  readonly way?: Way;
  /** Bytes that the answer will have, about. */
  readonly expects?: number;
  /** Headers that sign this very request. */
  readonly signed?: (request: Signable) => Record<string, string>;
  /** Sent and answered bytes on the wire, and the characters that were sent before they were compressed. */
  readonly carried?: (sent: number, received: number, chars: number) => void;
}

/** A valid envelope: `body` is what was asked for, or the problem that the district has. */
export type Enveloped<Body> = Omit<Envelope, "body"> & {
  readonly body: Result<Body, DeskError>;
  readonly retryAfterMs: number;
};

export interface Https {
  ask<Body>(ask: Ask<Body>): Promise<Result<Enveloped<Body>, LinkFailure>>;
  /** Makes one more connection and lets it rest, ready for the next request. Never throws. */
  warm(signal: AbortSignal): Promise<void>;
  readonly pace: Pace;
  close(): Promise<void>;
}

/** The one place that opens a connection: HTTPS with a pinned CA, no proxy, no redirect, one envelope (PR-1…PR-3). */
export function openHttps(options: HttpsOptions): Https {
  const { monotonic } = options;
  const pace = openPace();
  const lanes = openLanes(options, pace.connected);
  const thoroughness = openThoroughness();
  const underWay = openUnderWay(pace.overtakenMs);

  async function send<Body>(ask: Ask<Body>): Promise<Result<Enveloped<Body>, LinkFailure>> {
    const nonce = Buffer.from(options.randomBytes(18)).toString("base64url");
    const startedAt = monotonic();
    const { bytes, encoding, chars } = await encode(ask.body, thoroughness.quality);
    const upRate = pace.rate("up");
    if (encoding && upRate !== null) thoroughness.took(monotonic() - startedAt, (bytes.length / upRate) * 1_000);
    await lanes.ready();
    if (ask.signal?.aborted) return fail(cut);
    const ended = new AbortController();
    const way = ask.way ?? "up";
    const before = underWay.queued(way);
    const own = bytes.length + (ask.expects ?? 0);
    const waits = ask.waitMs !== undefined && ask.waitMs > 0;
    const lane = lanes.take();
    // A connection that is still to be made stands behind what is on its way, not behind its own bytes.
    const wholeMs = (ask.waitMs ?? 0) + pace.patienceMs(way, before + own);
    const patience = openPatience(() => ended.abort(), lane.stats.connected ? wholeMs : pace.patienceMs(way, before));
    const mine = underWay.add({ way, bytes: own, rests: waits, patience });
    let sentAt = monotonic();
    const connected = () => {
      sentAt = monotonic();
      mine.wentOut(sentAt);
      patience.renew(wholeMs);
    };
    if (lane.stats.connected) mine.wentOut(sentAt);
    else lane.once("connect", connected);
    let isThere = false;
    /** What a push waits at the district for its turn is not the way. */
    const arrived = (carried: number) => {
      if (ask.way && !waits && !isThere) pace.answered(ask.way, carried, sentAt, monotonic());
      isThere = true;
    };
    const giveUp = () => ended.abort();
    // A connection that is still being made does not hear the signal.
    const givenUp = new Promise<never>((_, reject) => {
      ended.signal.addEventListener("abort", () => reject(new Error("given up")), { once: true });
    });
    givenUp.catch(() => {});
    ask.signal?.addEventListener("abort", giveUp);
    const request: Dispatcher.RequestOptions = {
      origin: options.url,
      path: ask.path,
      method: ask.method,
      headers: {
        accept: "application/json",
        "accept-encoding": "br",
        ...downlinkOf(pace.rate("down")),
        "user-agent": `zhishou/${options.appVersion}`,
        [nonceHeader]: nonce,
        ...(ask.body === undefined ? {} : { "content-type": "application/json" }),
        ...(encoding ? { "content-encoding": encoding } : {}),
        ...ask.signed?.({ method: ask.method, path: ask.path, body: bytes, nonce }),
      },
      body: ask.body === undefined ? null : bytes,
      signal: ended.signal,
      // The district has all of it and waits for what comes before it (102).
      onInfo: () => {
        if (way === "up") arrived(bytes.length);
        mine.arrived();
        patience.renew(turnMs);
      },
    };
    try {
      const response = await Promise.race([lane.request(request), givenUp]);
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        mine.moved();
        patience.touch();
        length += chunk.length;
        if (length > maxAnswerBytes) return fail(foreign);
        chunks.push(chunk);
      }
      lanes.giveBack(lane);
      ask.carried?.(bytes.length, length, chars);
      arrived(way === "up" ? bytes.length : length);
      mine.answered();
      const text = await decode(Buffer.concat(chunks), one(response.headers["content-encoding"]));
      if (ask.signal?.aborted) return fail(cut);
      const retryAfter = one(response.headers["retry-after"]);
      const envelope = envelopeSchema.safeParse(parse(text));
      if (!envelope.success) return fail(failureOfStatus(response.statusCode, retryAfter, options.now()));
      if (envelope.data.nonce !== nonce) return fail(foreign);
      const found = bodyOf(envelope.data.body, ask.answer, response.statusCode);
      if (!found) return fail(foreign);
      return ok({ ...envelope.data, body: found, retryAfterMs: readRetryAfter(retryAfter, options.now()) });
    } catch (error) {
      lanes.drop(lane);
      pace.lost();
      return fail(ended.signal.aborted ? cut : failureOf(error));
    } finally {
      patience.end();
      lane.off("connect", connected);
      mine.end();
      ask.signal?.removeEventListener("abort", giveUp);
    }
  }

  /** A connection is made by its first request; this one asks for nothing. */
  async function warm(signal: AbortSignal): Promise<void> {
    await lanes.ready();
    const lane = lanes.take();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(warmMs)]);
    try {
      const { body } = await lane.request({ origin: options.url, path: "/healthz", method: "GET", signal: limit });
      await body.dump({ limit: 1_000 });
      lanes.giveBack(lane);
    } catch {
      lanes.drop(lane);
    }
  }

  return { ask: send, warm, pace, close: () => lanes.close() };
}

/** PR-14: what this desk's link was measured to carry, Mbit/s, so that the district compresses as hard as is worth it. */
const downlinkOf = (bytesPerSecond: number | null): Record<string, string> =>
  bytesPerSecond === null ? {} : { [downlinkHeader]: ((bytesPerSecond * 8) / 1e6).toFixed(2) };

interface Encoded {
  readonly bytes: Uint8Array;
  readonly encoding: "br" | null;
  /** Characters that it was before. */
  readonly chars: number;
}

async function encode(body: unknown, quality: number): Promise<Encoded> {
  if (body === undefined) return { bytes: new Uint8Array(), encoding: null, chars: 0 };
  const text = JSON.stringify(body);
  const chars = text.length;
  const plain = Buffer.from(text);
  if (plain.length < 500) return { bytes: plain, encoding: null, chars };
  const small = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  // What the district would take for a bomb goes as it is.
  const bomb = plain.length > Math.max(ratioFreeBytes, small.length * mostBodyRatio);
  return bomb ? { bytes: plain, encoding: null, chars } : { bytes: small, encoding: "br", chars };
}

async function decode(bytes: Buffer, encoding: string | undefined): Promise<string> {
  if (encoding !== "br") return bytes.toString();
  try {
    return (await decompress(bytes, { maxOutputLength: maxAnswerBytes })).toString();
  } catch {
    return "";
  }
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
