import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Opens a dialog of the platform over the page and keeps it open while its component is there: only the component ends it.
 * A second Esc closes such a dialog without asking; it is then opened again. `onOpen` sets the focus.
 */
export function useModal(onOpen?: (dialog: HTMLDialogElement) => void): RefObject<HTMLDialogElement | null> {
  const frame = useRef<HTMLDialogElement>(null);
  const opened = useRef(onOpen);
  // Before the dialog leaves the page: only then does the platform give the focus back to where the hand was.
  useLayoutEffect(() => {
    const dialog = frame.current;
    if (!dialog) return;
    const open = () => {
      if (!dialog.open) dialog.showModal();
      opened.current?.(dialog);
    };
    open();
    dialog.addEventListener("close", open);
    return () => {
      dialog.removeEventListener("close", open);
      dialog.close();
    };
  }, []);
  return frame;
}
