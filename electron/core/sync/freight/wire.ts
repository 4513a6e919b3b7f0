import type { Dispatcher } from "undici";
import { type DeskError, type ErrorId, errorKinds } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import {
  type ContentsAnswer,
  contentsAnswerSchema,
  contentsPath,
  envelopeSchema,
  epochHeader,
  nonceHeader,
  problemSchema,
  serverHeader,
} from "#shared/protocol/messages.ts";
import { failureOf, failureOfStatus, readRetryAfter } from "../https-errors.ts";
import { openLanes, type Trust } from "../https-lanes.ts";
import { away, cut, foreign, type LinkFailure } from "../link.ts";
import { openPace, type Way } from "../pace.ts";
import { openPatience } from "../patience.ts";
import { openSigner, type Signature } from "../sign.ts";

export interface WireOptions extends Trust, Signature {
  readonly serverId: string;
  readonly epoch: string;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly appVersion: string;
}

/** An answer that is proved to be the enrolled district's and of this very request. */
export interface WireAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
  /** What the district has against it; `null`: nothing. */
  readonly problem: DeskError | null;
}

export interface WireAsk {
  readonly method: "GET" | "HEAD" | "PATCH" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** The way that carries the bytes, and how many are awaited. */
  readonly way: Way;
  readonly expects?: number;
}

/** The link for bytes: connections of its own beside those of the ops, the same trust and the same signature (PR-21). */
export interface Wire {
  ask(ask: WireAsk): Promise<Result<WireAnswer, LinkFailure>>;
  /** Which of these the district holds (PR-23). */
  held(hashes: readonly string[]): Promise<Result<ContentsAnswer["held"], LinkFailure>>;
  readonly url: string;
  /** Bytes that one piece may have now: half of what a request of ops may, so that whatever comes between waits little (PR-24). */
  pieceBytes(way: Way): number;
  close(): Promise<void>;
}

const mostAnswerBytes = 4 * 2 ** 20;
const leastBytes = 8 * 2 ** 10;
const mostBytes = 128 * 2 ** 10;
/** After a loss a piece is half as large; each that gets through lets the next one grow by this. */
const growBytes = 4 * 2 ** 10;

export function openWire(options: WireOptions): Wire {
  const { monotonic } = options;
  const pace = openPace();
  const lanes = openLanes(options, pace.connected);
  const signed = openSigner(options);
  const ended = new AbortController();
  /** What a piece may have on a link that breaks as often as this one. */
  let mostNow = mostBytes;

  async function ask({ method, path, headers, body = new Uint8Array(), way, expects = 0 }: WireAsk) {
    await lanes.ready();
    if (ended.signal.aborted) return fail(cut);
    const nonce = Buffer.from(options.randomBytes(18)).toString("base64url");
    const given = new AbortController();
    const giveUp = () => given.abort();
    const givenUp = new Promise<never>((_, reject) => {
      given.signal.addEventListener("abort", () => reject(new Error("given up")), { once: true });
    });
    givenUp.catch(() => {});
    ended.signal.addEventListener("abort", giveUp);
    const lane = lanes.take();
    const patience = openPatience(giveUp, pace.patienceMs(way, body.length + expects));
    const sentAt = monotonic();
    const request: Dispatcher.RequestOptions = {
      origin: options.url,
      path,
      method,
      headers: {
        "user-agent": `zhishou/${options.appVersion}`,
        [nonceHeader]: nonce,
        ...headers,
        ...signed({ method, path, body, nonce }),
      },
      body: body.length === 0 ? null : body,
      signal: given.signal,
    };
    try {
      const response = await Promise.race([lane.request(request), givenUp]);
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        patience.touch();
        length += chunk.length;
        if (length > mostAnswerBytes) return fail(foreign);
        chunks.push(chunk);
      }
      lanes.giveBack(lane);
      if (body.length + length >= leastBytes) mostNow = Math.min(mostBytes, mostNow + growBytes);
      pace.answered(way, way === "up" ? body.length : length, sentAt, monotonic());
      return told(response, Buffer.concat(chunks), nonce);
    } catch (error) {
      lanes.drop(lane);
      pace.lost();
      mostNow = Math.max(leastBytes, mostNow / 2);
      return fail(given.signal.aborted ? cut : failureOf(error));
    } finally {
      patience.end();
      ended.signal.removeEventListener("abort", giveUp);
    }
  }

  /** PR-21: bytes come without an envelope, so their headers say what it would; a problem comes in one. */
  function told(response: Dispatcher.ResponseData, body: Buffer, nonce: string): Result<WireAnswer, LinkFailure> {
    const header = (name: string) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    const ours = header(nonceHeader) === nonce && header(serverHeader) === options.serverId;
    if (!ours) return fail(failureOfStatus(response.statusCode, header("retry-after"), options.now()));
    // Another life of the district: the ops find out and begin anew; nothing of before is believed here.
    if (header(epochHeader) !== options.epoch) return fail(away());
    const { statusCode: status } = response;
    if (status < 400) return ok({ status, header, body, problem: null });
    const problem = readProblem(body);
    if (problem?.id === "link.busy")
      return fail(away("link.busy", readRetryAfter(header("retry-after"), options.now())));
    return ok({ status, header, body, problem });
  }

  return {
    ask,
    async held(hashes) {
      const body = Buffer.from(JSON.stringify({ hashes }));
      const headers = { "content-type": "application/json" };
      const answer = await ask({ method: "POST", path: contentsPath, headers, body, way: "up" });
      if (!answer.ok) return answer;
      const { problem, status } = answer.value;
      if (problem || status !== 200) return fail(away(idOf(problem)));
      const envelope = envelopeSchema.safeParse(parse(answer.value.body));
      const found = envelope.success ? contentsAnswerSchema.safeParse(envelope.data.body) : undefined;
      return found?.success ? ok(found.data.held) : fail(foreign);
    },
    url: options.url,
    pieceBytes: (way) => Math.round(Math.min(mostNow, Math.max(leastBytes, pace.bytes(way) / 2))),
    async close() {
      ended.abort();
      await lanes.close();
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function readProblem(body: Buffer): DeskError | null {
  const envelope = envelopeSchema.safeParse(parse(body));
  const problem = envelope.success ? problemSchema.safeParse(envelope.data.body) : undefined;
  return problem?.success ? (problem.data.error as DeskError) : null;
}

export const idOf = (problem: DeskError | null): ErrorId =>
  problem && Object.hasOwn(errorKinds, problem.id) ? problem.id : "link.foreign";
