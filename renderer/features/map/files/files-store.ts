import { create } from "zustand";
import type { Point } from "../marks.ts";

export const filePanels = ["import", "export", "basemap"] as const;
export type FilePanel = (typeof filePanels)[number];

interface MapFiles {
  /** The panel that lies over the side of the map. */
  readonly panel: FilePanel | undefined;
  /** Corners of what is being measured; `undefined`: nobody measures. */
  readonly measured: readonly Point[] | undefined;
  /** What the basemap has in this view; for the note on the map. */
  readonly coverage: { readonly asked: number; readonly here: number; readonly notKept: number };
  open(panel: FilePanel | undefined): void;
  measure(points: readonly Point[] | undefined): void;
  cover(coverage: MapFiles["coverage"]): void;
}

/** What import, export, basemap and measuring share with the map. */
export const useMapFiles = create<MapFiles>()((set) => ({
  panel: undefined,
  measured: undefined,
  coverage: { asked: 0, here: 0, notKept: 0 },
  open: (panel) => set({ panel }),
  measure: (measured) => set({ measured }),
  cover: (coverage) => set({ coverage }),
}));
