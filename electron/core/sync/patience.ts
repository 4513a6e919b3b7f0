export interface Patience {
  /** A sign of life: the wait begins anew. */
  touch(): void;
  /** From now on the wait is this long. */
  renew(ms: number): void;
  end(): void;
}

/** Ends a request that made no progress for `firstMs`; every sign of life begins the wait anew. */
export function openPatience(end: () => void, firstMs: number): Patience {
  let ms = firstMs;
  let timer = setTimeout(end, ms);
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(end, ms);
  };
  return {
    touch,
    renew(otherMs) {
      ms = otherMs;
      touch();
    },
    end: () => clearTimeout(timer),
  };
}
