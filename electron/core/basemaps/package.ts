import type { Basemap } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import type { TileType } from "./tile-bytes.ts";

/** What a package says of itself, checked. */
export type PackageFacts = Pick<Basemap, "tiles" | "minZoom" | "maxZoom" | "bounds" | "attribution" | "date">;

/** A basemap in one file, open. */
export interface TilePackage {
  readonly facts: PackageFacts;
  /** `undefined`: there is no such tile; `broken`: there is one that may not be shown. */
  tile(z: number, x: number, y: number): Promise<{ type: TileType; bytes: Buffer } | "broken" | undefined>;
  close(): void;
}

/** Ends the opening of a package that cannot be taken. */
export class BadPackage extends Error {
  readonly failure: DeskError;
  constructor(detail: string) {
    super(detail);
    this.failure = deskError("basemap.broken", { detail: detail.slice(0, 80) });
  }
}

/** Zooms and bounds as numbers that can be true; what cannot be is refused, not mended. */
export function checkedFacts(given: PackageFacts): PackageFacts {
  const { minZoom, maxZoom, bounds } = given;
  if (![minZoom, maxZoom].every((zoom) => Number.isInteger(zoom) && zoom >= 0 && zoom <= 24) || minZoom > maxZoom)
    throw new BadPackage("zoom");
  if (bounds) {
    const [west, south, east, north] = bounds;
    const sound =
      bounds.every(Number.isFinite) &&
      west >= -180.001 &&
      east <= 180.001 &&
      south >= -90.001 &&
      north <= 90.001 &&
      west < east &&
      south < north;
    if (!sound) throw new BadPackage("bounds");
  }
  return {
    ...given,
    attribution: plainText(given.attribution).slice(0, 200),
    date: plainText(given.date).slice(0, 30),
  };
}

/** Attributions come as HTML; here they are words. */
const plainText = (text: string): string =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/&copy;/g, "©")
    .replace(/\s+/g, " ")
    .trim();
