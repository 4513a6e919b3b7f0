import type { z } from "zod";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import {
  maxPullRows,
  pullAnswerSchema,
  pushAnswerSchema,
  urgentPushPath,
  witnessAnswerSchema,
} from "#shared/protocol/messages.ts";
import { type Ask, type HttpsOptions, openHttps } from "./https.ts";
import { type Answer, away, foreign, type Link, type LinkFailure, later, refusedDevice } from "./link.ts";
import { openSigner } from "./sign.ts";

/** Most characters of a push: what cannot be compressed must still fit the district's limit as it is. */
const mostChars = 300_000;

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
  const signed = openSigner(options);
  /** Characters that one compressed byte of a push stands for, and compressed bytes of one row of a page. */
  let ratio = 3.6;
  let rowBytes = 150;
  /** Rows of the last page: what the next one may be expected to have. */
  let lastRows = 0;

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
    if (body.error.id === "link.busy") return fail(later(retryAfterMs));
    return fail(away(body.error.id, retryAfterMs));
  }

  return {
    async push({ ops, ahead, first, more }, epoch, signal) {
      const body = { ops, ahead, hold: !ahead && !first, more, epoch };
      const answer = await ask({
        method: "POST",
        path: ahead ? urgentPushPath : "/v1/push",
        body,
        answer: pushAnswerSchema,
        way: "up",
        signal,
        carried: (sent, _received, chars) => {
          if (sent > 2_000) ratio += (chars / sent - ratio) * 0.3;
        },
      });
      if (!answer.ok) return answer;
      const { from, results, nextSeq } = answer.value.body;
      if (results.length !== ops.length || from !== ops[0]?.seq) return fail(foreign);
      const named = results.map((result, index) => ({ ...result, opId: ops[index]?.id ?? "" }));
      return ok({ ...answer.value, body: { results: named, nextSeq } });
    },
    async pull(body, signal) {
      const { waitMs } = body;
      let received = 0;
      const answer = await ask({
        method: "POST",
        path: "/v1/pull",
        body,
        answer: pullAnswerSchema,
        waitMs,
        way: "down",
        expects: waitMs > 0 ? 0 : Math.round(Math.min(body.limit, lastRows) * rowBytes),
        signal,
        carried: (_sent, bytes) => {
          received = bytes;
        },
      });
      if (!answer.ok) return answer;
      const { ops } = answer.value.body;
      lastRows = ops.length;
      if (ops.length > 20) rowBytes += (received / ops.length - rowBytes) * 0.3;
      return isPage(answer.value.body, body) ? answer : fail(foreign);
    },
    room() {
      const { pace } = https;
      return {
        chars: Math.round(Math.min(mostChars, pace.bytes("up") * ratio)),
        rows: Math.round(Math.min(maxPullRows, Math.max(50, pace.bytes("down") / rowBytes))),
        bytesPerSecond: pace.rate("up") ?? pace.rate("down"),
      };
    },
    warm(connections, signal) {
      for (let made = 0; made < connections; made++) void https.warm(signal);
    },
    witness: (body, signal) => ask({ method: "POST", path: "/v1/witness", body, answer: witnessAnswerSchema, signal }),
    close: () => https.close(),
  };
}

/** Numbers grow through a page and end at `upTo`; a cursor never goes back, nor beyond what was asked for (PR-9). */
function isPage(page: z.output<typeof pullAnswerSchema>, asked: { after: number; until: number | null }): boolean {
  for (const numbers of [page.ops.map((op) => op.no), page.own.map(([no]) => no), page.marks]) {
    let last = numbers === page.marks ? 0 : asked.after;
    for (const no of numbers) {
      if (no <= last || (numbers !== page.marks && no > page.upTo)) return false;
      last = no;
    }
  }
  return page.upTo >= asked.after && (asked.until === null || page.upTo <= asked.until);
}
