import { useSyncExternalStore } from "react";

/** The one second hand of the page: everything that shows time beats together, and sleeps when nobody looks. */
const watchers = new Set<() => void>();
let nowAt = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;

function beat(): void {
  nowAt = Date.now();
  for (const watcher of [...watchers]) watcher();
  schedule();
}

function schedule(): void {
  timer = watchers.size > 0 ? setTimeout(beat, 1000 - (Date.now() % 1000)) : undefined;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (timer === undefined) {
    nowAt = Date.now();
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

/** The PC's time, new each second, ms. */
export const useNow = (): number => useSyncExternalStore(watch, () => nowAt);

const minuteMs = 60_000;
/** The PC's time, new each minute: for screens that need no second hand. */
export const useMinute = (): number => useSyncExternalStore(watch, () => Math.floor(nowAt / minuteMs) * minuteMs);
