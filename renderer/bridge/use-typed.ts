import { useCallback, useEffect, useMemo, useRef, useState } from "react";
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
  const { kept, keep, drop: forget } = useDraft(key, joinFields);
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
      const whole = changed(now.current);
      if (whole) keep(whole);
      else forget();
    },
    [key, keep, forget],
  );
  // A key may come after the kept words were read and before they are drawn: it has kept its own field alone.
  const mayLack = kept !== undefined && own !== undefined && !own.used && Object.keys(own.change).length > 0;
  useEffect(() => {
    const whole = mayLack && changed(now.current);
    if (whole) keep(whole);
  }, [mayLack, keep]);
  const drop = useCallback(() => {
    now.current = { ...now.current, typed: now.current.fresh };
    setHand({ key, change: {}, used: true });
    forget();
  }, [key, forget]);
  return { typed, type, drop };
}

/** What differs from `fresh`, as it is kept; `null`: nothing does. */
function changed<Fields extends object>({ fresh, typed }: { fresh: Fields; typed: Fields }): string | null {
  const differs = Object.entries(typed).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(fresh[name as keyof Fields]),
  );
  return differs.length > 0 ? JSON.stringify(Object.fromEntries(differs)) : null;
}

/** Fields that were typed go before those that were kept. */
const joinFields = (kept: string | null, typed: string): string => JSON.stringify({ ...read(kept), ...read(typed) });

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
