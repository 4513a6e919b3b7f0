import { type DutyEvent, isOpen } from "./event.ts";

export type ClockState = "none" | "running" | "soon" | "late" | "stopped";

/** The limit of an event at one moment. `leftMs` is negative when late; `part` is what is left of the limit, 0…1. */
export interface EventClock {
  readonly state: ClockState;
  readonly leftMs: number;
  readonly part: number;
}

/** CL-1: grey while more than a quarter of the limit is left, `soon` below, `late` when it is used up; `stopped` at the end. */
export function clockAt(event: Pick<DutyEvent, "state" | "dueAt" | "reportedAt" | "closedAt">, at: number): EventClock {
  if (event.dueAt === null) return { state: "none", leftMs: 0, part: 1 };
  const end = isOpen(event.state) ? at : (event.closedAt ?? at);
  const leftMs = event.dueAt - end;
  const limitMs = Math.max(1, event.dueAt - event.reportedAt);
  const part = Math.min(1, Math.max(0, leftMs / limitMs));
  if (!isOpen(event.state)) return { state: "stopped", leftMs, part };
  if (leftMs < 0) return { state: "late", leftMs, part };
  return { state: part <= 0.25 ? "soon" : "running", leftMs, part };
}
