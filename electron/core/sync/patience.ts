/** Ends a request that made no progress for `ms`; every sign of life begins the wait anew. */
export function openPatience(end: () => void, firstMs: number) {
  let ms = firstMs;
  let timer = setTimeout(end, ms);
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(end, ms);
  };
  return {
    touch,
    /** From now on the wait is this long. */
    renew(longerMs: number) {
      ms = longerMs;
      touch();
    },
    end: () => clearTimeout(timer),
  };
}
