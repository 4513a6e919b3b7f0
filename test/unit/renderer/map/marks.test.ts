import { describe, expect, test } from "vitest";
import {
  askBounds,
  assetPins,
  boundsOf,
  eventPins,
  hitAt,
  listOrder,
  type Pin,
  type Placed,
  paintRank,
  within,
} from "#renderer/features/map/marks.ts";
import type { EventRow, Mark } from "#shared/contract.ts";

const mark = (id: string | null, status: Mark["status"] = "ok", count = 1, lng = 105.87, lat = 29.41): Mark => ({
  id,
  name: id,
  kind: "camera",
  status,
  lng,
  lat,
  count,
});

const event = (id: string, level: EventRow["level"], point: EventRow["place"]["point"]): EventRow => ({
  id,
  number: "20261121-A001",
  state: "reported",
  level,
  category: "",
  title: id,
  source: "phone",
  confidential: false,
  place: { text: "", point, community: "", grid: "" },
  board: null,
  lead: null,
  coHandlers: [],
  reportedAt: 0,
  reportedBy: "",
  dueAt: null,
  closedAt: null,
  updatedAt: 0,
  sample: true,
  sync: { state: "local" },
  clock: null,
  partyDueAt: null,
  relapse: false,
});

const placed = (pin: Pin, x: number, y: number, radius = 8): Placed => ({ pin, x, y, radius });

describe("pins", () => {
  test("a mark of one asset is an asset, of several a cluster", () => {
    expect(assetPins([mark("a"), mark(null, "ok", 7)]).map((pin) => pin.type)).toEqual(["asset", "cluster"]);
  });

  test("an event without a point has no pin", () => {
    const pins = eventPins([event("a", "normal", null), event("b", "normal", { lng: 105.8, lat: 29.4 })]);
    expect(pins.map((pin) => pin.key)).toEqual(["event:b"]);
  });

  test("what is news lies over what is well, events over everything", () => {
    const [ok, offline, fault] = assetPins([mark("a"), mark("b", "offline"), mark("c", "fault")]);
    const [normal, critical] = eventPins([
      event("n", "normal", { lng: 0, lat: 0 }),
      event("c", "critical", { lng: 0, lat: 0 }),
    ]);
    const ranks = [ok, offline, fault, normal, critical].map((pin) => paintRank(pin as Pin, 0));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(5);
  });

  test("a late event lies over a critical one that has time", () => {
    const point = { lng: 0, lat: 0 };
    const clock = { step: "whole", startAt: 0, soonAt: 75, dueAt: 100, limitMin: 1, in: "round_the_clock" } as const;
    const running = { ...clock, endedAt: null, stands: null };
    const [late] = eventPins([{ ...event("l", "normal", point), clock: running }]) as [Pin];
    const [critical] = eventPins([event("c", "critical", point)]) as [Pin];
    expect(paintRank(late, 101)).toBeGreaterThan(paintRank(critical, 101));
    expect(paintRank(late, 10)).toBeLessThan(paintRank(critical, 10));
  });

  test("a hit names the topmost pin first and forgives four pixels", () => {
    const [below, above] = assetPins([mark("below"), mark("above")]) as [Pin, Pin];
    const all = [placed(below, 100, 100), placed(above, 104, 100)];
    expect(hitAt(all, 102, 100).map((pin) => pin.key)).toEqual(["asset:above", "asset:below"]);
    expect(hitAt(all, 116, 100).map((pin) => pin.key)).toEqual(["asset:above"]);
    expect(hitAt(all, 117, 100)).toEqual([]);
  });

  test("the list names events first, then what is broken, then the nearest", () => {
    const centre = { lng: 105.87, lat: 29.41 };
    const pins = [
      ...assetPins([mark("far", "ok", 1, 105.9), mark("near"), mark("broken", "fault", 1, 105.95)]),
      ...eventPins([event("e", "normal", { lng: 106, lat: 29 })]),
    ];
    expect(listOrder(pins, centre).map((pin) => pin.key)).toEqual([
      "event:e",
      "asset:broken",
      "asset:near",
      "asset:far",
    ]);
  });
});

describe("bounds", () => {
  test("are found in any GeoJSON, and absent in an empty one", () => {
    const street = {
      type: "FeatureCollection",
      features: [
        {
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [1, 2],
                [3, 5],
                [2, 1],
              ],
            ],
          },
        },
        {
          geometry: {
            type: "LineString",
            coordinates: [
              [0, 3],
              [1, 4],
            ],
          },
        },
      ],
    };
    expect(boundsOf(street)).toEqual({ west: 0, south: 1, east: 3, north: 5 });
    expect(boundsOf({ type: "FeatureCollection", features: [] })).toBeUndefined();
    expect(boundsOf(null)).toBeUndefined();
  });

  test("what is asked for holds the view with a margin", () => {
    const view = { west: 105.84, south: 29.39, east: 105.9, north: 29.47 };
    const asked = askBounds(view);
    expect(within(asked, { lng: view.west, lat: view.south })).toBe(true);
    expect(within(asked, { lng: view.east, lat: view.north })).toBe(true);
    expect(asked.west).toBeLessThan(view.west - 0.01);
  });

  test("a small pan asks the same again, so nothing new is asked", () => {
    const view = { west: 105.841, south: 29.391, east: 105.901, north: 29.471 };
    const moved = { west: 105.842, south: 29.392, east: 105.902, north: 29.472 };
    expect(askBounds(moved)).toEqual(askBounds(view));
  });
});
