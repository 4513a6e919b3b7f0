import type { z } from "zod";
import type { ErrorId } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Op } from "#shared/op/op.ts";
import type {
  PullAnswer,
  PushResult,
  pullRequestSchema,
  WitnessAnswer,
  WitnessRequest,
} from "#shared/protocol/messages.ts";

/** A way to the district. HTTPS is the first; a USB stick may be another: the engine knows only this. */
export interface Link {
  /** What came of each op, in the order of `ops`; their numbers are those of this `epoch`. */
  push(batch: Batch, epoch: string, signal: AbortSignal): Promise<Result<Answer<Pushed>, LinkFailure>>;
  /** What is new after `after`; with nothing new the answer waits up to `waitMs`. */
  pull(ask: PullAsk, signal: AbortSignal): Promise<Result<Answer<PullAnswer>, LinkFailure>>;
  /** What one request may carry on this way as it is now: enough to be quick, little enough to be lost without harm. */
  room(): Room;
  /** Makes as many connections ready; whether it works is nobody's concern. */
  warm(connections: number, signal: AbortSignal): void;
  /** Shows the head of the log (PR-20). */
  witness(ask: WitnessRequest, signal: AbortSignal): Promise<Result<Answer<WitnessAnswer>, LinkFailure>>;
  close(): Promise<void>;
}

/** A piece of what waits. */
export interface Batch {
  readonly ops: readonly Op[];
  /** They are urgent and go before their turn (PR-16). */
  readonly ahead: boolean;
  /** Nothing that waits comes before it: it need not wait for another piece, and must not be told to come later. */
  readonly first: boolean;
  /** Others wait after it: their receipts can come together (PR-15). */
  readonly more: boolean;
}

export interface Room {
  /** Characters of a push, before they are compressed. */
  readonly chars: number;
  /** Rows of a page. */
  readonly rows: number;
  /** What came through lately, compressed bytes per second; `null`: not measured. */
  readonly bytesPerSecond: number | null;
}

export interface Pushed {
  readonly results: readonly PushResult[];
  /** The number that the next op of this desk must have. */
  readonly nextSeq: number;
}

export type PullAsk = z.output<typeof pullRequestSchema>;

/** An answer that is proved to be the enrolled district's and of this very request. */
export interface Answer<Body> {
  readonly body: Body;
  readonly epoch: string;
  readonly head: number;
}

/**
 * Why there is no answer. `cut`: this one request was lost on its way, others may get through; `away`: nothing is there now,
 * try again by yourself; `later`: ours answered, and asks to wait (PR-32); `foreign`: something answered that is not ours, or
 * not as agreed; `refused`: ours answered that it does not want this desk.
 */
export interface LinkFailure {
  readonly how: "cut" | "away" | "later" | "foreign" | "refused";
  readonly reasonId: ErrorId;
  /** Least wait that the other side asked for, ms. */
  readonly retryAfterMs: number;
}

export const away = (reasonId: ErrorId = "link.unreachable", retryAfterMs = 0): LinkFailure => ({
  how: "away",
  reasonId,
  retryAfterMs,
});
export const later = (retryAfterMs: number): LinkFailure => ({ how: "later", reasonId: "link.busy", retryAfterMs });
export const cut: LinkFailure = { how: "cut", reasonId: "link.unreachable", retryAfterMs: 0 };
export const foreign: LinkFailure = { how: "foreign", reasonId: "link.foreign", retryAfterMs: 0 };
export const refusedDevice: LinkFailure = { how: "refused", reasonId: "link.refused_device", retryAfterMs: 0 };
