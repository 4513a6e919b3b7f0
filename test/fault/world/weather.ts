import { failureOfStatus } from "#core/sync/https-errors.ts";
import { away, cut, foreign, type LinkFailure, later, refusedDevice } from "#core/sync/link.ts";
import type { Dice } from "./dice.ts";

/** What becomes of one request. */
export interface Fate {
  /** How long the request, then its answer, is on its way. */
  readonly thereMs: number;
  readonly backMs: number;
  /** The request arrives at the district. */
  readonly arrives: boolean;
  /** It arrives once more, this much later: a proxy or a retry below us sent it again. */
  readonly againMs: number | null;
  /** What comes back instead of the answer; `null`: the answer itself, `"nothing"`: nothing at all. */
  readonly instead: LinkFailure | "nothing" | null;
  /** Even after the desk has given the request up, its answer still comes to it. */
  readonly comesLate: boolean;
}

export const faults = [
  "lose_request",
  "lose_answer",
  "cut_answer",
  "garble_answer",
  "double",
  "delay",
  "gateway",
  "portal",
  "refuse",
  "busy",
] as const;
export type Fault = (typeof faults)[number];

/** After these the same ops are sent again. */
const doubling: readonly Fault[] = ["lose_answer", "cut_answer", "double", "delay"];

/** How a link behaves for a while: how often each fault, and how slow it is. */
export interface Weather {
  readonly odds: Readonly<Partial<Record<Fault, number>>>;
  readonly latencyMs: number;
  /** No request gets anywhere; `hang`: and nobody says so. */
  readonly down: "no" | "refused" | "hang";
}

export const clear: Weather = { odds: {}, latencyMs: 20, down: "no" };

/** A kind of bad weather, drawn: some faults, each more or less often. */
export function drawWeather(dice: Dice): Weather {
  const down = dice.chance(0.12) ? dice.pick(["refused", "hang"] as const) : "no";
  const often = dice.pick([0.2, 0.35, 0.5]);
  const odds: Partial<Record<Fault, number>> = {};
  for (let index = dice.between(2, 4); index > 0; index--) {
    const fault = dice.chance(0.8) ? dice.pick(doubling) : dice.pick(faults);
    odds[fault] = fault === "refuse" ? 0.02 : often * (0.5 + dice.roll());
  }
  return { odds, latencyMs: dice.pick([5, 50, 200, 800]), down };
}

const retryAfters = [undefined, "0", "1", "3", "15", "-5", "soon", "1e9", "Thu, 01 Jan 1970 00:00:00 GMT"];

/** Draws what becomes of a request. `now`: the desk's wall clock. */
export function drawFate({ odds, latencyMs, down }: Weather, dice: Dice, now: number): Fate {
  const travel = () => Math.round(latencyMs * (0.5 + dice.roll()));
  const base: Fate = {
    thereMs: travel(),
    backMs: travel(),
    arrives: true,
    againMs: null,
    instead: null,
    comesLate: dice.chance(0.5),
  };
  if (down === "hang") return { ...base, arrives: false, instead: "nothing" };
  if (down === "refused") return { ...base, arrives: false, instead: away() };
  const fault = faults.find((one) => dice.chance(odds[one] ?? 0));
  switch (fault) {
    case "lose_request":
      return { ...base, arrives: false, instead: "nothing" };
    case "lose_answer":
      return { ...base, instead: "nothing" };
    case "cut_answer":
      return { ...base, instead: cut };
    case "garble_answer":
      return { ...base, instead: foreign };
    case "double":
      return { ...base, againMs: dice.pick([0, 1, 300, 5_000, 40_000]) };
    case "delay":
      return dice.chance(0.5)
        ? { ...base, thereMs: dice.between(500, 40_000) }
        : { ...base, backMs: dice.between(500, 40_000) };
    case "gateway": {
      const status = dice.pick([408, 429, 500, 502, 503, 504, 401, 403, 413, 302]);
      return { ...base, arrives: dice.chance(0.3), instead: failureOfStatus(status, dice.pick(retryAfters), now) };
    }
    case "portal":
      return { ...base, arrives: false, instead: failureOfStatus(200, undefined, now) };
    case "busy":
      return { ...base, arrives: false, instead: later(dice.pick([0, 1_000, 3_000, 15_000])) };
    case "refuse":
      return { ...base, arrives: false, instead: refusedDevice };
    default:
      return base;
  }
}
