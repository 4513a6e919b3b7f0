import { loadText, saveSetting } from "#renderer/bridge/settings.ts";
import { deskTime } from "#renderer/parts/ticker.ts";
import { whenIdle } from "#renderer/parts/when-idle.ts";
import { hourMs } from "#shared/lib/time.ts";
import { type PageState, placeKeys, usePage } from "./store.ts";

/** Where an officer is at work on this PC, ms. Opaque names only: it lies in the settings of the window. */
type Stay = Pick<PageState, "place" | "selectedEventId"> & { readonly at: number };

/** Whoever comes back later than this begins a new watch, and so with what needs them first. */
const broughtBackMs = 12 * hourMs;

const keyOf = (officerId: string): string => `stay.${officerId}`;

/** OF-5: a PC or a core that ended took the officer from their work; signed in again they are where they were. */
export function comeBack(officerId: string): void {
  const kept = loadText(keyOf(officerId), "");
  if (!kept) return;
  const { place, selectedEventId, at } = JSON.parse(kept) as Stay;
  const age = deskTime() - at;
  if (placeKeys.includes(place) && age >= 0 && age < broughtBackMs) usePage.setState({ place, selectedEventId });
}

/** Notes where the officer is, while nobody waits for the page. Returns what ends it; whoever has signed out begins anew. */
export function noteStay(officerId: string): () => void {
  const keep = () => {
    const { place, selectedEventId } = usePage.getState();
    saveSetting(keyOf(officerId), JSON.stringify({ place, selectedEventId, at: deskTime() } satisfies Stay));
  };
  let callOff = () => {};
  const end = usePage.subscribe((page, before) => {
    if (page.place === before.place && page.selectedEventId === before.selectedEventId) return;
    callOff();
    callOff = whenIdle(keep);
  });
  return () => {
    end();
    callOff();
    if (usePage.getState().left === officerId) saveSetting(keyOf(officerId), "");
  };
}
