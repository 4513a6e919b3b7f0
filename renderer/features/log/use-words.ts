import { useCallback, useEffect, useState } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { isBlank, readWords, type Words } from "./log-form.ts";

/** The words of the log's form, kept as they are typed. */
export function useWords(): {
  /** `undefined`: what was kept is not read yet. */
  readonly words: Words | undefined;
  readonly restored: boolean;
  readonly write: (words: Words) => void;
  readonly drop: (then: Words) => void;
} {
  const { kept, keep, drop: forget } = useDraft("log");
  const [state, setState] = useState<{ words: Words; restored: boolean }>();
  useEffect(() => {
    if (kept === undefined || state) return;
    const words = readWords(kept);
    setState({ words, restored: !isBlank(words) });
  }, [kept, state]);

  const drop = useCallback(
    (then: Words) => {
      setState({ words: then, restored: false });
      forget();
    },
    [forget],
  );
  const write = useCallback(
    (words: Words) => {
      if (isBlank(words)) {
        drop(words);
        return;
      }
      setState((before) => ({ words, restored: before?.restored ?? false }));
      keep(JSON.stringify(words));
    },
    [drop, keep],
  );
  return { words: state?.words, restored: state?.restored ?? false, write, drop };
}
