import { type RefObject, useEffect, useRef } from "react";

/**
 * The PIN is the one thing to type on this screen: no click takes the hand from its field, and a digit goes into it from
 * wherever Tab has led.
 */
export function usePinHand(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const isTyped = (target: EventTarget | null) => target instanceof HTMLInputElement;
    const onMouse = (event: MouseEvent) => {
      if (isTyped(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    const onKey = (event: KeyboardEvent) => {
      if (!isTyped(event.target) && /^\d$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey)
        field.current?.focus();
    };
    // Before the keys of the screen: the digit is typed where the focus is by then.
    document.addEventListener("mousedown", onMouse);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("mousedown", onMouse);
      document.removeEventListener("keydown", onKey, true);
    };
  }, []);
  return field;
}
