import { useCallback, useEffect, useRef, useState } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";

const idleMs = 400;
const longestMs = 2_000;

export interface Draft {
  /** `undefined`: not read yet; `null`: nothing kept. */
  readonly kept: string | null | undefined;
  /** Keeps the words: soon after the hand rests, every 2 s while it types, at once when the page goes. */
  readonly keep: (value: string) => void;
  /** Forgets: the words were used, or given up by the person. */
  readonly drop: () => void;
}

/** Half-typed words, kept by the core under `key`. What is typed is never lost, also by a crash of this page. */
export function useDraft(key: string): Draft {
  const [read, setRead] = useState<{ key: string; value: string | null }>();
  const waiting = useRef<{ key: string; value: string; sinceAt: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const next = waiting.current;
    waiting.current = null;
    if (next) void callDesk("draft.save", { key: next.key, value: next.value });
  }, []);

  useEffect(() => {
    let here = true;
    void callDesk("draft.load", { key }).then((outcome) => {
      if (here) setRead({ key, value: outcome.ok ? outcome.value.value : null });
    });
    window.addEventListener("pagehide", save);
    return () => {
      here = false;
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [key, save]);

  const keep = useCallback(
    (value: string) => {
      const now = performance.now();
      const sinceAt = waiting.current?.sinceAt ?? now;
      waiting.current = { key, value, sinceAt };
      clearTimeout(timer.current);
      timer.current = setTimeout(save, Math.max(0, Math.min(idleMs, sinceAt + longestMs - now)));
    },
    [key, save],
  );
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = null;
    void callDesk("draft.drop", { key });
  }, [key]);
  return { kept: read?.key === key ? read.value : undefined, keep, drop };
}
