import { create } from "zustand";
import { allShown, type Shown } from "./layers.ts";
import type { View } from "./leaflet-canvas.ts";
import type { Pin, Point } from "./marks.ts";

/**
 * What the map remembers while other places are open: where it looked and what it showed. View and pointer change many
 * times a second: only the line at the foot of the map watches them.
 */
interface MapMemory {
  readonly shown: Shown;
  readonly view: View | undefined;
  /** Under the mouse now, if it is over the map. */
  readonly pointer: { readonly point: Point; readonly pin: Pin | undefined } | undefined;
  show(change: Partial<Shown>): void;
  look(view: View): void;
  point(pointer: MapMemory["pointer"]): void;
}

export const useMapMemory = create<MapMemory>()((set) => ({
  shown: allShown,
  view: undefined,
  pointer: undefined,
  show: (change) => set((before) => ({ shown: { ...before.shown, ...change } })),
  look: (view) => set({ view }),
  point: (pointer) => set({ pointer }),
}));
