import { useCallback, useMemo, useRef, useState } from "react";
import { useDraft } from "./use-draft.ts";

type Change<Fields> = Partial<Fields> | ((now: Fields) => Partial<Fields>);

export interface Typed<Fields> {
  readonly typed: Fields;
  /** Takes what a hand changed, and keeps it. */
  readonly type: (change: Change<Fields>) => void;
  /** They were used: the form is as fresh, and nothing is kept. */
  readonly drop: () => void;
}

interface Hand<Fields> {
  readonly key: string;
  readonly change: Partial<Fields>;
  /** What was kept is used up. */
  readonly used: boolean;
}

/**
 * The fields of a form, kept by the core under `key` as they are typed: they stand there again when the form is opened again, also
 * after a crash. Only what differs from `fresh` is kept, and what was typed before the core had answered stays.
 */
export function useTyped<Fields extends object>(key: string, fresh: Fields): Typed<Fields> {
  const { kept, keep, drop: forget } = useDraft(key);
  const [hand, setHand] = useState<Hand<Fields>>({ key, change: {}, used: false });
  const found = useMemo(() => read(kept), [kept]);
  const own = hand.key === key ? hand : undefined;
  const typed = { ...fresh, ...(own?.used ? {} : alike(found, fresh)), ...own?.change };
  // Two changes of one moment, or one made by a callback of an earlier drawing, go on from what stands there now.
  const now = useRef({ fresh, typed });
  now.current = { fresh, typed };

  const type = useCallback(
    (change: Change<Fields>) => {
      const given = typeof change === "function" ? change(now.current.typed) : change;
      now.current = { ...now.current, typed: { ...now.current.typed, ...given } };
      setHand((before) =>
        before.key === key
          ? { ...before, change: { ...before.change, ...given } }
          : { key, change: given, used: false },
      );
      const differs = Object.entries(now.current.typed).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(now.current.fresh[name as keyof Fields]),
      );
      if (differs.length > 0) keep(JSON.stringify(Object.fromEntries(differs)));
      else forget();
    },
    [key, keep, forget],
  );
  const drop = useCallback(() => {
    now.current = { ...now.current, typed: now.current.fresh };
    setHand({ key, change: {}, used: true });
    forget();
  }, [key, forget]);
  return { typed, type, drop };
}

function read(kept: string | null | undefined): object {
  try {
    return JSON.parse(kept ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** What was kept of these fields; what an older desk kept in another shape is left where it is. */
function alike<Fields extends object>(found: object, fresh: Fields): Partial<Fields> {
  const sameShape = ([name, value]: [string, unknown]) => {
    const now: unknown = fresh[name as keyof Fields];
    return typeof value === typeof now && Array.isArray(value) === Array.isArray(now);
  };
  return Object.fromEntries(Object.entries(found).filter(sameShape)) as Partial<Fields>;
}
