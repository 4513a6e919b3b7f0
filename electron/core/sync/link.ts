import type { ErrorId } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Op } from "#shared/op/op.ts";
import type { PullAnswer, PushResult } from "#shared/protocol/messages.ts";

/** A way to the district. HTTPS is the first; a USB stick may be another: the engine knows only this. */
export interface Link {
  /** Results in the order of `ops`, one for each. */
  push(ops: readonly Op[], signal: AbortSignal): Promise<Result<Answer<readonly PushResult[]>, LinkFailure>>;
  /** What is new after `after`; with nothing new the answer waits up to `waitMs`. */
  pull(ask: PullAsk, signal: AbortSignal): Promise<Result<Answer<PullAnswer>, LinkFailure>>;
  close(): Promise<void>;
}

export interface PullAsk {
  readonly after: number;
  readonly limit: number;
  readonly waitMs: number;
}

/** An answer that is proved to be the enrolled district's and of this very request. */
export interface Answer<Body> {
  readonly body: Body;
  readonly epoch: string;
  readonly head: number;
}

/**
 * Why there is no answer. `away`: try again by yourself; `foreign`: something answered that is not ours, or not as agreed;
 * `refused`: ours answered that it does not want this desk.
 */
export interface LinkFailure {
  readonly how: "away" | "foreign" | "refused";
  readonly reasonId: ErrorId;
  /** Least wait that the other side asked for, ms. */
  readonly retryAfterMs: number;
}

export const away = (reasonId: ErrorId = "link.unreachable", retryAfterMs = 0): LinkFailure => ({
  how: "away",
  reasonId,
  retryAfterMs,
});
export const foreign: LinkFailure = { how: "foreign", reasonId: "link.foreign", retryAfterMs: 0 };
export const refusedDevice: LinkFailure = { how: "refused", reasonId: "link.refused_device", retryAfterMs: 0 };
