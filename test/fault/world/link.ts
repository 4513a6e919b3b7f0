import { type Answer, away, cut, type Link, type LinkFailure, type Pushed } from "#core/sync/link.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { PullAnswer } from "#shared/protocol/messages.ts";
import { pullAnswerSchema, pushAnswerSchema, witnessAnswerSchema } from "#shared/protocol/messages.ts";
import type { Centre } from "./centre.ts";
import type { VirtualClock } from "./clock.ts";
import type { Dice } from "./dice.ts";
import { drawFate, type Weather } from "./weather.ts";

/** As the HTTPS link waits: for a push that may have to wait for its turn, and for a pull beyond what it asks to wait. */
const pushLimitMs = 15_000;
const graceMs = 4_000;

export interface FaultyLinkOptions {
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly centre: Centre;
  readonly device: string;
  readonly weather: () => Weather;
  /** The desk's wall clock. */
  readonly now: () => number;
  readonly asked: (path: "push" | "pull") => void;
  /** The head of the log is shown, on a way of its own that fails only when nothing gets through. */
  readonly witnesses?: boolean;
}

/** The seam of the engine with a bad line behind it. It keeps the promises of `link.ts`: an answer that it gives is the district's. */
export function openFaultyLink(options: FaultyLinkOptions): Link {
  const { clock, dice, centre, device, weather, now, asked } = options;
  function send<Body>(
    path: "push" | "pull",
    body: unknown,
    limitMs: number,
    signal: AbortSignal,
    read: (body: unknown) => Body,
  ): Promise<Result<Answer<Body>, LinkFailure>> {
    asked(path);
    const fate = drawFate(weather(), dice, now());
    const gone = new AbortController();
    return new Promise((resolve) => {
      const giveUp = clock.after(limitMs, () => {
        gone.abort();
        resolve(fail(cut));
      });
      const end = (answer: Result<Answer<Body>, LinkFailure>) => {
        giveUp();
        resolve(answer);
      };
      signal.addEventListener("abort", () => {
        if (fate.comesLate) return;
        gone.abort();
        end(fail(cut));
      });
      const deliver = async () => {
        const answer = await centre.ask(device, path, body, gone.signal);
        if (fate.instead === "nothing") return;
        const came: Result<Answer<Body>, LinkFailure> = fate.instead !== null
          ? fail(fate.instead)
          : answer === "dead"
            ? fail(away())
            : "id" in answer
              ? fail(away(answer.id))
              : ok({ ...answer, body: read(answer.body) });
        clock.after(fate.backMs, () => end(came));
      };
      const { instead, againMs } = fate;
      if (fate.arrives) clock.after(fate.thereMs, () => void deliver());
      else if (instead !== null && instead !== "nothing")
        clock.after(fate.thereMs + fate.backMs, () => end(fail(instead)));
      if (againMs !== null) clock.after(fate.thereMs + againMs, () => void deliver());
    });
  }

  return {
    push: ({ ops, ahead, first, more }, epoch, signal) => {
      const sent = JSON.parse(JSON.stringify(ops)) as typeof ops;
      const ask = { ops: sent, ahead, hold: !ahead && !first, more, epoch };
      return send<Pushed>("push", ask, pushLimitMs, signal, (body) => {
        const { from, results, nextSeq } = pushAnswerSchema.parse(body);
        if (from !== sent[0]?.seq || results.length !== sent.length) throw new Error("the answer to another push");
        return { results: results.map((result, index) => ({ ...result, opId: sent[index]?.id ?? "" })), nextSeq };
      });
    },
    pull: (ask, signal) =>
      send<PullAnswer>("pull", ask, ask.waitMs + graceMs, signal, (body) => pullAnswerSchema.parse(body)),
    // Small pieces, so that a short day makes many of them.
    room: () => ({ chars: dice.pick([600, 2_000, 8_000]), rows: dice.pick([3, 8, 50]), bytesPerSecond: null }),
    warm: () => {},
    // The head of the log has storms of its own: test/unit/proof.
    async witness(ask) {
      if (!options.witnesses || weather().down !== "no") return fail(away());
      const answer = await centre.ask(device, "witness", ask, new AbortController().signal);
      if (answer === "dead" || "id" in answer) return fail(away());
      return ok({ ...answer, body: witnessAnswerSchema.parse(answer.body) });
    },
    close: async () => {},
  };
}
