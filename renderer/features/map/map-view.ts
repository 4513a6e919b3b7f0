import { create } from "zustand";
import { allShown, type Shown } from "./layers.ts";
import type { View } from "./leaflet-canvas.ts";

/** What the map remembers while other places are open: where it looked and what it showed. */
interface MapMemory {
  readonly shown: Shown;
  readonly view: View | undefined;
  show(change: Partial<Shown>): void;
  look(view: View): void;
}

export const useMapMemory = create<MapMemory>()((set) => ({
  shown: allShown,
  view: undefined,
  show: (change) => set((before) => ({ shown: { ...before.shown, ...change } })),
  look: (view) => set({ view }),
}));
