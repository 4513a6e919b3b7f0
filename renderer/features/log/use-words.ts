import { useCallback, useEffect, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { isBlank, readWords, type Words } from "./log-form.ts";

const key = "log";
const idleMs = 400;
const longestMs = 2_000;

/** The words of the form, kept by the core soon after the hand rests and every 2 s while it types. */
export function useWords(): {
  /** `undefined`: what was kept is not read yet. */
  readonly words: Words | undefined;
  readonly restored: boolean;
  readonly write: (words: Words) => void;
  readonly drop: (then: Words) => void;
} {
  const kept = useDesk("draft.load", { key }, { topics: [] });
  const { act: save } = useAct("draft.save");
  const { act: forget } = useAct("draft.drop");
  const [state, setState] = useState<{ words: Words; restored: boolean }>();
  const waiting = useRef<{ value: string; sinceAt: number }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const { data, loading } = kept;
  useEffect(() => {
    if (data === undefined || loading || state) return;
    const words = readWords(data.value);
    setState({ words, restored: !isBlank(words) });
  }, [data, loading, state]);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const next = waiting.current;
    waiting.current = undefined;
    if (next) void save({ key, value: next.value });
  }, [save]);
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  const drop = useCallback(
    (then: Words) => {
      clearTimeout(timer.current);
      waiting.current = undefined;
      setState({ words: then, restored: false });
      void forget({ key });
    },
    [forget],
  );
  const write = useCallback(
    (words: Words) => {
      if (isBlank(words)) return drop(words);
      setState((before) => ({ words, restored: before?.restored ?? false }));
      const now = performance.now();
      const sinceAt = waiting.current?.sinceAt ?? now;
      waiting.current = { value: JSON.stringify(words), sinceAt };
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, Math.max(0, Math.min(idleMs, sinceAt + longestMs - now)));
    },
    [drop, flush],
  );
  return { words: state?.words, restored: state?.restored ?? false, write, drop };
}
