/** As a `ref`: the hand begins here when this appears. */
export const focusHere = (element: HTMLElement | null): void => element?.focus();
