import type { match as Match } from "pinyin-pro";
import { useSyncExternalStore } from "react";

type How = Parameters<typeof Match>[2];

let match: typeof Match | undefined;
let asked: Promise<void> | undefined;
const watchers = new Set<() => void>();

/** Brings the table of readings: as much code as the rest of the words, and no start waits for it. Called again it costs nothing. */
export function bringInitials(): Promise<void> {
  asked ??= import("pinyin-pro").then((it) => {
    match = it.match;
    for (const watcher of [...watchers]) watcher();
  });
  return asked;
}

/** Places of the characters whose pinyin was typed; `null`: none, or the readings are on their way and `useInitials` will tell. */
export function matchInitials(text: string, typed: string, how: How): readonly number[] | null {
  if (!match) void bringInitials();
  return match?.(text, typed, how) ?? null;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether the readings are here; whoever shows what they find is drawn anew when they come. */
export const useInitials = (): boolean => useSyncExternalStore(watch, () => match !== undefined);
