import { useCallback, useRef, useSyncExternalStore } from "react";
import { useShallow } from "zustand/react/shallow";
import { minuteMs } from "#shared/lib/time.ts";

/** What shows time, and until when it shows the same. */
interface Watcher {
  readonly tell: () => void;
  readonly until: () => number;
}
/** The one second hand of the page: everything that shows time beats together, and sleeps when nobody looks. */
const watchers = new Set<Watcher>();
/** CL-8: how far the time of the desk stands before the PC's clock. */
let skewMs = 0;
/** The time of the desk as the page knows it, ms: what is written down or compared goes by it, not by the PC's clock. */
export const deskTime = (): number => Date.now() + skewMs;
let nowAt = deskTime();
let timer: ReturnType<typeof setTimeout> | undefined;

function beat(): void {
  const before = nowAt;
  nowAt = deskTime();
  // Time that was set back makes everything look again.
  for (const { tell, until } of [...watchers]) if (nowAt >= until() || nowAt < before) tell();
  schedule();
}

function schedule(): void {
  timer = watchers.size > 0 ? setTimeout(beat, 1000 - (deskTime() % 1000)) : undefined;
}

function watch(watcher: Watcher): () => void {
  watchers.add(watcher);
  if (timer === undefined) {
    nowAt = deskTime();
    schedule();
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0 && timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

/** Tells the time of the desk now and each second: for what writes it down without being drawn anew. Returns what ends it. */
export function onSecond(tell: (now: number) => void): () => void {
  const end = watch({ tell: () => tell(nowAt), until: () => 0 });
  tell(nowAt);
  return end;
}

/** A clock that is set apart by less is only late by the way of an answer. */
const slackMs = 2_000;

/** Sets the second hand by the time of the desk, as an answer has just told it: the PC's clock may have been moved. */
export function setDeskTime(at: number): void {
  const apart = at - Date.now();
  if (Math.abs(apart - skewMs) <= slackMs) return;
  skewMs = Math.abs(apart) <= slackMs ? 0 : apart;
  nowAt = deskTime();
  for (const { tell } of [...watchers]) tell();
}

/** The end of this minute, ms. */
export const untilMinute = (now: number): number => (Math.floor(now / minuteMs) + 1) * minuteMs;

/**
 * What a part shows of the time of the desk: looked at each second, or from `until` on, which says how long it shows the same;
 * drawn anew only where it says something else. A desk at rest draws the second hand and nothing besides.
 */
export function useTime<T>(shown: (now: number) => T, until?: (now: number) => number): T {
  const pick = useShallow(shown);
  const last = useRef<{ pick: typeof pick; at: number; until: number; value: T }>(undefined);
  const subscribe = useCallback((tell: () => void) => watch({ tell, until: () => last.current?.until ?? 0 }), []);
  return useSyncExternalStore(subscribe, () => {
    if (last.current?.pick !== pick || last.current.at !== nowAt)
      last.current = { pick, at: nowAt, until: until?.(nowAt) ?? 0, value: pick(nowAt) };
    return last.current.value;
  });
}

/** The time of the desk, new each second, ms. */
export const useNow = (): number => useTime((now) => now);
/** The time of the desk, new each minute: for screens that need no second hand. */
export const useMinute = (): number => useTime((now) => Math.floor(now / minuteMs) * minuteMs, untilMinute);
