import { type RefObject, useEffect, useRef } from "react";

/** As a `ref`: the hand begins here when this appears. */
export const focusHere = (element: HTMLElement | null): void => element?.focus();

/** For a form in a dialog: the hand begins in its first field, once the dialog has opened and taken the focus. */
export function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select")?.focus(), []);
  return form;
}
