import { CRS, latLng } from "leaflet";
import { expect, test } from "vitest";
import { fitPaddingPx, viewOfWhole } from "#renderer/features/map/map-ahead.ts";
import { pointOf } from "#shared/domain/asset/tiles.ts";

const street = { west: 105.79, south: 29.37, east: 105.94, north: 29.49 };

/** By Leaflet's own projection, which is what the map opens with. */
const pixelAt = (lng: number, lat: number, zoom: number) => CRS.EPSG3857.latLngToPoint(latLng(lat, lng), zoom);

test.each([
  [960, 660],
  [1500, 960],
  [640, 900],
])(
  "a map of %i × %i px: the tiles asked for ahead lie under the nearest view that shows the whole street",
  (width, height) => {
    const view = viewOfWhole(street, width, height);
    const fits = (zoom: number) => {
      const size = pixelAt(street.east, street.south, zoom).subtract(pixelAt(street.west, street.north, zoom));
      return size.x <= width - 2 * fitPaddingPx && size.y <= height - 2 * fitPaddingPx;
    };
    expect([fits(view.zoom), fits(view.zoom + 0.25)]).toEqual([true, false]);
    const [first, last] = [pointOf(view.left, view.top), pointOf(view.right, view.bottom)];
    const corner = pixelAt(first.lng, first.lat, view.zoom);
    const size = pixelAt(last.lng, last.lat, view.zoom).subtract(corner);
    expect(Math.abs(size.x - width) + Math.abs(size.y - height)).toBeLessThan(2);
    const left = pixelAt(street.west, street.north, view.zoom).subtract(corner);
    const right = corner.add(size).subtract(pixelAt(street.east, street.south, view.zoom));
    expect(Math.abs(left.x - right.x) + Math.abs(left.y - right.y)).toBeLessThan(2);
  },
);
