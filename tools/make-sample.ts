/**
 * Draws the sample streets (示例) of resources/sample: outlines, grids, roads and pins. None of it is a survey; it only
 * has to look and weigh like the real thing. Reads resources/districts only and is deterministic: the same bytes on every
 * run (test/unit/resources/make-sample.test.ts compares them with the committed files). Cases, officers, log and warnings
 * are written by hand beside these files; their places were picked from this geometry.
 *
 * Method: convex Voronoi cells (communities, then grids inside them) are drawn in local metres, their edges are cut into
 * short steps and the whole plane is then bent by one smooth noise field. Neighbours share their bent edges, so the grids
 * tile the street without gap or overlap. Roads are cheapest paths over an invented terrain, which makes them wind.
 *
 * `node tools/make-sample.ts` writes the files.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { collection, feature, label } from "./sample/files.ts";
import type { Road } from "./sample/hills.ts";
import { drawHillPins, drawTownPins } from "./sample/pins.ts";
import { drawHillRoads, drawTownRoads, fireRoadFile } from "./sample/roads.ts";
import { drawShapes } from "./sample/shapes.ts";
import { drawStreet, type Street, type StreetSpec } from "./sample/streets.ts";

const resources = join(dirname(fileURLToPath(import.meta.url)), "..", "resources");

const hillStreet: StreetSpec = {
  code: "500118004",
  letters: "CS",
  seed: 118004,
  centre: [105.866, 29.428],
  half: [3200, 5200],
  tilt: 0.3,
  town: [1100, -2300],
  townSpread: 2300,
  townRounds: 1,
  bends: [
    [520, 3200],
    [170, 1150],
    [38, 360],
  ],
  edgeStepM: 110,
  gridsOf: { 粽粑社区: 8 },
};

const townStreet: StreetSpec = {
  code: "500118001",
  letters: "ZS",
  seed: 118001,
  centre: [105.923, 29.348],
  half: [2150, 2300],
  tilt: 0.2,
  town: [0, 0],
  townSpread: 1100,
  townRounds: 3,
  bends: [
    [260, 2000],
    [60, 620],
    [16, 190],
  ],
  edgeStepM: 90,
  gridsOf: { 星光社区: 24 },
};

/** Every generated file: its path under resources/ and its text. */
export const makeSample = (): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  const write = (street: Street, roads: readonly Road[], more: Readonly<Record<string, string>>): void => {
    const folder = `sample/${street.spec.code}`;
    const areas = [...street.communities, ...street.grids].map((area) =>
      feature(
        {
          level: area.level,
          code: area.code,
          name: area.name,
          ...(area.level === "grid" ? { parent: area.code.slice(0, 12), communityName: area.communityName } : {}),
          ...area.grid,
        },
        "Polygon",
        area.ring,
      ),
    );
    const whole = { level: "street", code: street.spec.code, name: street.name, label: `${street.name}(${label})` };
    files.set(`${folder}/street.geojson`, collection([feature(whole, "Polygon", street.ring)]));
    files.set(`${folder}/areas.json`, collection(areas));
    const village = roads.filter((road) => !road.fire);
    files.set(
      `${folder}/roads.geojson`,
      collection(
        village.map((road) => feature({ name: road.name }, "LineString", road.line.map(street.frame.toLngLat))),
      ),
    );
    for (const [name, text] of Object.entries(more)) files.set(`${folder}/${name}`, text);
  };
  const hills = drawStreet(hillStreet);
  const hillRoads = drawHillRoads(hills);
  write(hills, hillRoads, {
    "fire-roads.json": fireRoadFile(hills, hillRoads),
    "shapes.json": drawShapes(hills, hillRoads, [
      ["220 千伏永茶线", 220, [-2600, -4800], [900, 5200]],
      ["110 千伏竹海线", 110, [-3000, 1200], [3000, 300]],
      ["35 千伏粽粑线", 35, [-1800, -3400], [2600, -1300]],
    ]),
    ...drawHillPins(hills, hillRoads),
  });
  const town = drawStreet(townStreet);
  const townRoads = drawTownRoads(town);
  write(town, townRoads, {
    "shapes.json": drawShapes(town, townRoads, [["110 千伏东站线", 110, [-2000, -1500], [2100, -1900]]]),
    ...drawTownPins(town, townRoads),
  });
  return files;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of makeSample()) {
    const file = join(resources, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`${path} ${text.length}`);
  }
}
