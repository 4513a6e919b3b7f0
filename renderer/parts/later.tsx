import { type ComponentType, useEffect, useState } from "react";

const bringers: (() => Promise<unknown>)[] = [];

/** Brings everything that a start has not waited for; from then on it opens at once. */
export function bringLater(): void {
  for (const bring of bringers) void bring().catch(() => {});
}

/**
 * A component whose code no start waits for: it comes when it is first shown, or while nobody waits (`bringLater`). What is here
 * already is drawn at once: a lazy component of React shows nothing for a third of a second, even when it need not wait.
 */
export function later<Props extends object>(bring: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let here: ComponentType<Props> | undefined;
  let asked: Promise<ComponentType<Props>> | undefined;
  const get = () => {
    asked ??= bring().then(
      (It) => {
        here = It;
        return It;
      },
      (error: unknown) => {
        asked = undefined;
        throw error;
      },
    );
    return asked;
  };
  bringers.push(get);
  return function Later(props: Props) {
    const [Here, setHere] = useState(() => here);
    const [failed, setFailed] = useState<{ readonly error: unknown }>();
    useEffect(() => {
      if (!Here)
        get().then(
          (It) => setHere(() => It),
          (error: unknown) => setFailed({ error }),
        );
    }, [Here]);
    if (failed) throw failed.error;
    return Here ? <Here {...props} /> : null;
  };
}
