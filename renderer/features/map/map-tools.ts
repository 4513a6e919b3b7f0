import { create } from "zustand";
import type { OverlayMark } from "#shared/domain/overlay/overlay.ts";
import type { OverlayPicture } from "#shared/domain/overlay/picture.ts";
import type { Geometry } from "#shared/lib/geo.ts";
import type { Pin, Point } from "./marks.ts";

export const tools = ["layers", "near", "work", "upkeep", "draw"] as const;
export type Tool = (typeof tools)[number];
export const toolKeys: Readonly<Record<Tool, string>> = { layers: "l", near: "a", work: "t", upkeep: "h", draw: "g" };

export type SketchShape = "Marker" | "Line" | "Polygon" | "Rectangle";

/** A drawing in the making: what is drawn, and who gets it. */
export interface Sketch {
  readonly shape: SketchShape;
  /** Words for the foot of the map: what this drawing is for. */
  readonly purpose: string;
  readonly done: (geometry: Geometry) => void;
}

interface MapTools {
  readonly tool: Tool;
  /** A line from a place to what lies near it. */
  readonly ray: { readonly from: Point; readonly to: Point } | undefined;
  /** A circle around a place, metres. */
  readonly circle: { readonly at: Point; readonly radiusM: number } | undefined;
  /** Assets picked one by one for work. */
  readonly picked: readonly Pin[];
  /** The area drawn for work. */
  readonly area: Geometry | undefined;
  readonly sketch: Sketch | undefined;
  /** Corners of the drawing so far. */
  readonly corners: readonly Point[];
  /** A geometry whose corners are being moved; `edited` gets it after each move. */
  readonly editing: { readonly geometry: Geometry; readonly edited: (geometry: Geometry) => void } | undefined;
  /** Battle maps that are shown, by id. */
  readonly overlaysOn: readonly string[];
  /** Marks of the battle map that is being drawn. */
  readonly marksDrawn: readonly OverlayMark[];
  /** Its picture, and who hears when a corner of it is moved. */
  readonly pictureLaid:
    | { readonly picture: OverlayPicture; readonly moved: (picture: OverlayPicture) => void }
    | undefined;
  set(change: Partial<Omit<MapTools, "set" | "pick">>): void;
  /** Picks an asset, or lets it go when it was picked. */
  pick(pin: Pin): void;
}

/** What the tools beside the map share with the map. */
export const useMapTools = create<MapTools>()((set) => ({
  tool: "layers",
  ray: undefined,
  circle: undefined,
  picked: [],
  area: undefined,
  sketch: undefined,
  corners: [],
  editing: undefined,
  overlaysOn: [],
  marksDrawn: [],
  pictureLaid: undefined,
  set: (change) => set(change),
  pick: (pin) =>
    set(({ picked }) => ({
      picked: picked.some(({ key }) => key === pin.key)
        ? picked.filter(({ key }) => key !== pin.key)
        : [...picked, pin].slice(0, 500),
    })),
}));
