import { type CoordinateSystem, metresBetween, type Pair, type Place } from "#shared/domain/asset/coordinates.ts";
import { placeOf } from "./coordinates.ts";
import { Density, degreeMetres, densityOfLines, isInside, type KnownArea, type KnownGround } from "./known-places.ts";

/** A pin as it came, with the words that may tie it to the ground. */
export interface LoosePin extends Pair {
  readonly name: string;
  readonly grid: string;
}

export interface Finding {
  /** `null`: not sure; nothing may be assumed. */
  readonly system: CoordinateSystem | null;
  /** The columns are the wrong way round. */
  readonly swapped: boolean;
  /** How far pins of the named system lie from where WGS 84 would put them, metres. */
  readonly offM: number;
}

/** More pins tell no more, and each costs. */
const mostPins = 400;
/** How far a thing stands from where the desk knows one like it, metres. */
const spreadM = 30;
/** A system must beat the others, and every shift that no system makes, by this much (natural logarithm). */
const leadOverOthers = 8;
const leadOverShifts = 5;
/** Shifts that no system makes, as far as systems lie apart: pins that fit after one of them as well fit by chance. */
const shiftsM = [400, 550, 750, 1000, 1300, 1700].flatMap((metres, ring) =>
  Array.from({ length: 10 }, (_, turn) => {
    const angle = ((turn + ring * 0.37) / 10) * 2 * Math.PI;
    return { east: metres * Math.cos(angle), north: metres * Math.sin(angle) };
  }),
);

/**
 * Tells in which system pins are, from how they lie on the ground that the desk knows: on things of the same name, in
 * the grid they name, beside roads and known points. Each candidate gets the likelihood of the pins under one density;
 * the best must beat every other, and itself moved to where no system would put it.
 */
export class Detector {
  readonly #ground: KnownGround;
  readonly #points: Density;
  readonly #lines: Density;
  readonly #named = new Map<string, Place[]>();
  readonly #areas: readonly (KnownArea & { readonly size: number })[];
  readonly #floor: number;

  constructor(ground: KnownGround) {
    this.#ground = ground;
    const whole = extentOf([...ground.areas.flatMap(({ rings }) => rings), ...ground.lines, ...ground.district]);
    this.#points = new Density(ground.points, spreadM, whole.middle.lat);
    this.#lines = densityOfLines(ground.lines, spreadM, whole.middle.lat);
    for (const point of ground.points) {
      const key = nameKey(point.name);
      if (key !== "") this.#named.set(key, [...(this.#named.get(key) ?? []), point]);
    }
    this.#areas = ground.areas.map((area) => ({ ...area, size: Math.max(1, extentOf(area.rings).squareM) }));
    const street = ground.areas.length > 0 ? extentOf(ground.areas.flatMap(({ rings }) => rings)) : whole;
    this.#floor = 1 / Math.max(1e6, street.squareM);
  }

  find(given: readonly LoosePin[]): Finding {
    const step = Math.max(1, given.length / mostPins);
    const sample = Array.from(
      { length: Math.min(given.length, mostPins) },
      (_, i) => given[Math.floor(i * step)],
    ).filter((pin) => pin !== undefined);
    const swapped = areSwapped(sample);
    const pins = swapped ? sample.map((pin) => ({ ...pin, x: pin.y, y: pin.x })) : sample;
    if (pins.length > 0 && pins.every(({ x, y }) => Math.abs(x) > 180 && Math.abs(y) > 90))
      return this.#metres(pins, swapped);
    const unsure: Finding = { system: null, swapped, offM: 0 };
    if (pins.length < 3) return unsure;
    const ranked = (["wgs84", "gcj02", "bd09"] as const)
      .map((system) => ({ system, places: pins.map((pin) => placeOf(pin, system)) }))
      .map((one) => ({ ...one, score: this.#score(pins, one.places) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = ranked;
    if (!best || !second || best.score - second.score < leadOverOthers) return unsure;
    const shifted = Math.max(
      ...shiftsM.map((shift) =>
        this.#score(
          pins,
          best.places.map((at) => at && moved(at, shift)),
        ),
      ),
    );
    if (best.score - shifted < leadOverShifts) return unsure;
    return { system: best.system, swapped, offM: meanOff(pins, best.system) };
  }

  #metres(pins: readonly LoosePin[], swapped: boolean): Finding {
    const inside = pins.filter((pin) => {
      const place = placeOf(pin, "mercator");
      return place && isInside(this.#ground.district, place);
    });
    return { system: inside.length * 2 > pins.length ? "mercator" : null, swapped, offM: 0 };
  }

  /** Logarithm of the likelihood that these pins lie so. No single pin decides: each is bounded below by the floor. */
  #score(pins: readonly LoosePin[], places: readonly (Place | undefined)[]): number {
    let sum = 0;
    for (const [index, place] of places.entries()) {
      const pin = pins[index];
      if (!place || !pin) continue;
      const around = 0.3 * this.#floor + 0.35 * this.#points.at(place) + 0.35 * this.#lines.at(place);
      sum += Math.log(
        (0.4 * around + 0.6 * (this.#byName(pin, place) ?? this.#byGrid(pin, place) ?? around)) / this.#floor,
      );
    }
    return sum;
  }

  #byName(pin: LoosePin, place: Place): number | undefined {
    const known = this.#named.get(nameKey(pin.name));
    // A name that many things bear says nothing of where this one is.
    if (!known || known.length > 3) return undefined;
    const metres = Math.min(...known.map((one) => metresBetween(one, place)));
    return Math.exp(-((metres / spreadM) ** 2) / 2) / (2 * Math.PI * spreadM ** 2) / known.length;
  }

  #byGrid(pin: LoosePin, place: Place): number | undefined {
    if (pin.grid === "") return undefined;
    const area = this.#areas.find(({ name }) => name === pin.grid);
    return area && (isInside(area.rings, place) ? 1 / area.size : 0);
  }
}

const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/[\s·•.\-_()（）]/g, "")
    .toLowerCase();

const moved = (place: Place, shift: { east: number; north: number }): Place => ({
  lng: place.lng + shift.east / degreeMetres / Math.cos((place.lat * Math.PI) / 180),
  lat: place.lat + shift.north / degreeMetres,
});

/** China lies between 73° and 136° east, 3° and 54° north: the two never meet. */
function areSwapped(pins: readonly Pair[]): boolean {
  const wrong = pins.filter(({ x, y }) => x >= 3 && x <= 54 && y >= 73 && y <= 136).length;
  return wrong * 2 > pins.length;
}

/** How far apart a system and WGS 84 put the same pair here, metres. */
export function meanOff(pins: readonly Pair[], system: CoordinateSystem): number {
  const offs = pins.flatMap((pin) => {
    const place = placeOf(pin, system);
    return place && system !== "mercator" ? [metresBetween(place, { lng: pin.x, lat: pin.y })] : [];
  });
  return offs.length === 0 ? 0 : offs.reduce((sum, metres) => sum + metres, 0) / offs.length;
}

function extentOf(rings: readonly (readonly (readonly number[])[])[]): { middle: Place; squareM: number } {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [lng = 0, lat = 0] of ring) {
      west = Math.min(west, lng);
      east = Math.max(east, lng);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  if (west > east) return { middle: { lng: 0, lat: 0 }, squareM: 0 };
  const middle = { lng: (west + east) / 2, lat: (south + north) / 2 };
  const wide = (east - west) * degreeMetres * Math.cos((middle.lat * Math.PI) / 180);
  return { middle, squareM: wide * (north - south) * degreeMetres };
}
