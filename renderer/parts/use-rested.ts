import { useEffect, useState } from "react";

/** The value as it was when it had not changed for `restMs`: what follows a hand waits until it rests. */
export function useRested<T>(value: T, restMs: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
