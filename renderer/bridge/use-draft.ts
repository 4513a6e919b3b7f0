import { useCallback, useEffect, useRef, useState } from "react";
import { deskTime } from "#renderer/parts/ticker.ts";
import { callDesk } from "./desk.ts";

const idleMs = 400;
const longestMs = 2_000;

export interface Draft {
  /** `undefined`: not read yet; `null`: nothing kept. */
  readonly kept: string | null | undefined;
  /** When the core last kept these words, by the time of the desk. */
  readonly savedAt: number | undefined;
  /** Typed words are on their way to the core. */
  readonly saving: boolean;
  /** Keeps the words: soon after the hand rests, every 2 s while it types, at once when the page goes. */
  readonly keep: (value: string) => void;
  /** Forgets: the words were used, or given up by the person. */
  readonly drop: () => void;
}

/** What is being joined to what was kept: a form that is opened again waits for it. */
const unread = new Map<string, Promise<void>>();

async function load(key: string) {
  await unread.get(key);
  return callDesk("draft.load", { key });
}

/** Half-typed words, kept by the core under `key`. What is typed is never lost, also by a crash of this page. */
export function useDraft(key: string): Draft {
  const [read, setRead] = useState<{ key: string; value: string | null; savedAt: number | undefined }>();
  const [saving, setSaving] = useState(false);
  const waiting = useRef<{ key: string; value: string; sinceAt: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const next = waiting.current;
    waiting.current = null;
    if (!next) return;
    const outcome = await callDesk("draft.save", { key: next.key, value: next.value });
    if (!outcome.ok || waiting.current) return;
    setSaving(false);
    setRead((before) => before && { ...before, savedAt: deskTime() });
  }, []);

  useEffect(() => {
    let here = true;
    const leave = () => void save();
    void load(key).then((outcome) => {
      const found = outcome.ok ? outcome.value : { value: null, savedAt: null };
      if (here) setRead({ key, value: found.value, savedAt: found.savedAt ?? undefined });
    });
    window.addEventListener("pagehide", leave);
    return () => {
      here = false;
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [key, save]);

  const keep = useCallback(
    (value: string) => {
      const now = performance.now();
      const sinceAt = waiting.current?.sinceAt ?? now;
      waiting.current = { key, value, sinceAt };
      setSaving(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), Math.max(0, Math.min(idleMs, sinceAt + longestMs - now)));
    },
    [key, save],
  );
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = null;
    setSaving(false);
    void callDesk("draft.drop", { key });
  }, [key]);
  const here = read?.key === key ? read : undefined;
  return { kept: here?.value, savedAt: here?.savedAt, saving, keep, drop };
}

/** Keeps what was typed in a form that was closed before what was kept under `key` could be read: `join` lays it over that. */
export function keepUnread(key: string, join: (kept: string | null) => string): void {
  const kept = callDesk("draft.load", { key }).then(async (outcome) => {
    if (outcome.ok) await callDesk("draft.save", { key, value: join(outcome.value.value) });
  });
  unread.set(key, kept);
  void kept.finally(() => unread.get(key) === kept && unread.delete(key));
}
