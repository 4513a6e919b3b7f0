import { type RefObject, useEffect, useState } from "react";

/**
 * Whether the focus is somewhere in this part of the screen. Asked of the page itself: React hears no focus that a closing
 * dialog gives back while it draws, and the letters of the list or the detail would then be dead.
 */
export function useWithin(frame: RefObject<HTMLElement | null>): boolean {
  const [within, setWithin] = useState(false);
  useEffect(() => {
    const holds = (target: EventTarget | null) => target instanceof Node && frame.current?.contains(target) === true;
    const onIn = (event: FocusEvent) => setWithin(holds(event.target));
    const onOut = (event: FocusEvent) => {
      if (!holds(event.relatedTarget)) setWithin(false);
    };
    document.addEventListener("focusin", onIn);
    document.addEventListener("focusout", onOut);
    setWithin(holds(document.activeElement));
    return () => {
      document.removeEventListener("focusin", onIn);
      document.removeEventListener("focusout", onOut);
    };
  }, [frame]);
  return within;
}
