import type { LinkState } from "#shared/contract.ts";
import type { LinkFailure } from "./link.ts";

export type TimerName = "retry" | "push" | "pull" | "later" | "ahead";

/** What is known of the world at an input: both clocks and a random number 0…1. */
export interface Moment {
  readonly at: number;
  readonly mono: number;
  readonly random: number;
}

export type Input =
  | { readonly is: "started"; readonly enrolled: boolean; readonly waiting: number }
  /** An enrolment is wanted in the background. */
  | { readonly is: "wanted" }
  /** Enrolled now, or the district moved, or its epoch changed: begin anew. */
  | { readonly is: "enrolled"; readonly waiting: number }
  | { readonly is: "recorded"; readonly waiting: number }
  /** What was chosen for a push: how many ops; `more`: others may go beside it. Nothing to send: 0. */
  | {
      readonly is: "sent";
      readonly gen: number;
      readonly ahead: boolean;
      readonly ops: number;
      readonly more: boolean;
    }
  | {
      readonly is: "pushed";
      readonly gen: number;
      readonly ahead: boolean;
      /** Ops that were in it, and those of them that the district has dealt with. */
      readonly ops: number;
      readonly settled: number;
      /** Least wait of an op that was too early; `null`: none was. */
      readonly laterMs: number | null;
      readonly waiting: number;
      /** It carried what urgent ops may have waited for. */
      readonly freed: boolean;
    }
  /** A page is there, and known stretches are open; it will be told as `pulled` once it is applied. */
  | { readonly is: "arrived"; readonly gen: number }
  | {
      readonly is: "pulled";
      readonly gen: number;
      /** Its place was given to the next stretch when it arrived. */
      readonly replaced: boolean;
      /** How far the cursor moved, and how far it is from the head now. */
      readonly moved: number;
      readonly left: number;
      readonly more: boolean;
      /** Stretches that are known and not asked for. */
      readonly open: number;
      /** It was a waiting pull that came back at once and without news. */
      readonly hasty: boolean;
      readonly waiting: number;
    }
  | {
      readonly is: "failed";
      readonly gen: number;
      readonly failure: LinkFailure;
      readonly of: Asked;
      /** Ops of a push that go again, or stretches that are open now. */
      readonly ops: number;
      readonly open: number;
    }
  | { readonly is: "timer"; readonly gen: number; readonly name: TimerName }
  /** Try now: a person asked, or the machine woke up. */
  | { readonly is: "wake" }
  /** The machine's network has changed, or it woke from sleep. */
  | { readonly is: "network" }
  | { readonly is: "stop" };

export type Asked = "push" | "ahead" | "pull" | "enrol";

export type Effect =
  | { readonly do: "push"; readonly gen: number; readonly ahead: boolean }
  | { readonly do: "pull"; readonly gen: number; readonly waitMs: number }
  | { readonly do: "enrol"; readonly gen: number }
  /** Give up every request on its way and every timer. */
  | { readonly do: "abandon" }
  | { readonly do: "timer"; readonly gen: number; readonly name: TimerName; readonly delayMs: number }
  | { readonly do: "span"; readonly up: boolean; readonly reasonId: string }
  /** A try that someone waits for has ended. */
  | { readonly do: "tried" };

export interface Machine {
  readonly mode: "idle" | "enrolling" | "linked" | "closed";
  /** What the screens show. */
  readonly link: LinkState;
  /** Requests and timers of another generation are nobody's any more. */
  readonly gen: number;
  /** When the link was last looked for; ms that only grow. */
  readonly probedMono: number;
  readonly up: boolean;
  /** Requests on their way. */
  readonly pulling: number;
  readonly pushing: number;
  /** An urgent push is on its way, or waits until the district wants it. */
  readonly ahead: boolean;
  /** Ops of the pushes on their way. */
  readonly underWay: number;
  /** Lost requests since the last answer, and when that was; ms that only grow. */
  readonly misses: number;
  readonly heardMono: number;
  /** Requests that found nothing, since when; ms that only grow. */
  readonly spent: number;
  readonly spentSinceMono: number;
  /** A `later` is being waited for. */
  readonly held: boolean;
  /** The district asked to wait (PR-32): of all but what is urgent, nothing new is asked until the timer. */
  readonly resting: boolean;
  /** What it puts off, until it takes such a request again. */
  readonly later: Later | null;
  /** Since it came up, a pull has said that nothing is missing. */
  readonly caughtUp: boolean;
  readonly waiting: number;
  readonly done: number;
  readonly total: number;
  readonly upSinceAt: number;
  readonly upSinceMono: number;
  /** Start of the outage that is not over yet, though the link may be up for a moment. */
  readonly downSinceMono: number | null;
  readonly attempt: number;
  /** Not before this, because the other side asked for it; ms that only grow. */
  readonly notBeforeMono: number;
  readonly trying: boolean;
}

interface Later {
  readonly of: Asked;
  readonly sinceAt: number;
  readonly sinceMono: number;
  /** Times in a row that it has put it off. */
  readonly tries: number;
  readonly retryAt: number;
  readonly retryMono: number;
}

export const newMachine: Machine = {
  mode: "idle",
  link: { state: "unenrolled" },
  gen: 0,
  probedMono: 0,
  up: false,
  pulling: 0,
  pushing: 0,
  ahead: false,
  underWay: 0,
  misses: 0,
  heardMono: 0,
  spent: 0,
  spentSinceMono: 0,
  held: false,
  resting: false,
  later: null,
  caughtUp: false,
  waiting: 0,
  done: 0,
  total: 0,
  upSinceAt: 0,
  upSinceMono: 0,
  downSinceMono: null,
  attempt: 0,
  notBeforeMono: 0,
  trying: false,
};

export interface Step {
  readonly state: Machine;
  readonly effects: readonly Effect[];
}
