import { readFile } from "node:fs/promises";
import { gpx, kml } from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";
import type { CoordinateSystem } from "#shared/domain/asset/coordinates.ts";
import { entriesOf, unpack } from "../files/zip.ts";
import { cornersOf, readShapes } from "../geo/raw-shape.ts";
import { decodeXml } from "./decode-xml.ts";
import {
  brokenBy,
  cut,
  type ImportFormat,
  importLimits,
  inPortions,
  type RawRow,
  type Source,
  Unreadable,
} from "./source.ts";

export interface LooseFeature {
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown; readonly geometries?: unknown } | null;
}

async function wholeFile(path: string, bytes: number): Promise<Buffer> {
  if (bytes > importLimits.wholeBytes)
    throw new Unreadable("import.too_large_whole", { most: importLimits.wholeBytes >> 20 });
  return readFile(path);
}

export async function openGeoJson(path: string, bytes: number): Promise<Source> {
  const text = (await wholeFile(path, bytes)).toString("utf8").replace(/^\uFEFF/, "");
  const whole = parseJson(text) as {
    type?: unknown;
    features?: unknown;
    crs?: unknown;
    geometry?: unknown;
    coordinates?: unknown;
  } | null;
  if (typeof whole !== "object" || whole === null) throw new Unreadable("import.broken", { detail: "GeoJSON" });
  const features = Array.isArray(whole.features)
    ? (whole.features as LooseFeature[])
    : whole.type === "Feature"
      ? [whole as LooseFeature]
      : Array.isArray(whole.coordinates)
        ? [{ geometry: whole } as LooseFeature]
        : undefined;
  if (!features) throw new Unreadable("import.broken", { detail: "GeoJSON" });
  return sourceOf("geojson", features, crsOf(whole.crs));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw brokenBy(error);
  }
}

/** The old `crs` member; since RFC 7946 there is none and WGS 84 is meant, but Chinese tools write what they have. */
function crsOf(crs: unknown): CoordinateSystem | null {
  const name = String((crs as { properties?: { name?: unknown } } | null)?.properties?.name ?? "");
  if (/EPSG:+(3857|900913)$/.test(name)) return "mercator";
  return /EPSG:+(4326|4490)$|CRS84$/.test(name) ? "wgs84" : null;
}

export async function openXml(path: string, bytes: number, format: "kml" | "gpx"): Promise<Source> {
  return xmlSource(await wholeFile(path, bytes), format);
}

export async function openKmz(path: string, bytes: number): Promise<Source> {
  const entries = entriesOf(await wholeFile(path, bytes), importLimits.entries);
  if (!entries || entries === "too_many") throw new Unreadable("import.broken", { detail: "zip" });
  const entry =
    entries.find(({ name }) => /^doc\.kml$/i.test(name)) ?? entries.find(({ name }) => /\.kml$/i.test(name));
  if (!entry) throw new Unreadable("import.unknown_format");
  const data = unpack(entry, importLimits.wholeBytes);
  if (data === "too_large") throw new Unreadable("import.too_large_whole", { most: importLimits.wholeBytes >> 20 });
  if (data === "broken") throw new Unreadable("import.broken", { detail: entry.name.slice(0, 60) });
  return xmlSource(data, "kml");
}

function xmlSource(bytes: Buffer, format: "kml" | "gpx"): Source {
  const text = decodeXml(bytes);
  // No honest file of ours declares entities; what does is after the memory of the reader.
  if (/<!(DOCTYPE|ENTITY)/i.test(text.slice(0, 100_000))) throw new Unreadable("import.broken", { detail: "DOCTYPE" });
  try {
    const fatal = (level: string, message: string) => {
      if (level !== "warning") throw new Error(message);
    };
    const document = new DOMParser({ onError: fatal }).parseFromString(text, "text/xml");
    const read = format === "kml" ? kml : gpx;
    return sourceOf(format, read(document as never).features as LooseFeature[], null);
  } catch (error) {
    throw brokenBy(error);
  }
}

/** Features as rows: a column for each property that the first thousand name. */
export function sourceOf(
  format: ImportFormat,
  features: readonly LooseFeature[],
  system: CoordinateSystem | null,
  encoding = "",
): Source {
  if (features.length > importLimits.rows) throw new Unreadable("import.too_many_rows", { most: importLimits.rows });
  const names = new Set<string>();
  for (const feature of features.slice(0, 1000))
    for (const [name, value] of Object.entries(feature?.properties ?? {}))
      if (isPlain(value) && names.size < importLimits.columns) names.add(name);
  const columns = [...names];
  let done = 0;
  let [shapes, corners] = [0, 0];
  function* rows(): Generator<RawRow> {
    for (const [index, feature] of features.entries()) {
      done = index + 1;
      const properties = feature?.properties ?? {};
      const cells = columns.map((name) => textOf(properties[name]));
      const places = placesOf(feature?.geometry);
      for (const [part, at] of places.entries()) {
        if (typeof at === "object" && "parts" in at) {
          shapes += 1;
          corners += cornersOf(at);
        }
        if (shapes > importLimits.shapes || corners > importLimits.corners)
          throw new Unreadable("import.too_many_shapes", { most: importLimits.shapes, corners: importLimits.corners });
        yield { row: done, cells, at, ...(places.length > 1 ? { part: part + 1 } : {}) };
      }
    }
  }
  return {
    format,
    encoding,
    sheets: [],
    sheet: "",
    columns: columns.map((name) => name.slice(0, 60)),
    system,
    progress: () => (features.length === 0 ? 1 : done / features.length),
    rows: inPortions(rows()),
  };
}

const isPlain = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
const textOf = (value: unknown): string =>
  isPlain(value)
    ? cut(String(value))
    : value instanceof Date && !Number.isNaN(value.getTime())
      ? value.toISOString().slice(0, 10)
      : "";

function placesOf(geometry: LooseFeature["geometry"]): readonly NonNullable<RawRow["at"]>[] {
  if (typeof geometry !== "object" || geometry === null) return ["none"];
  const { type, coordinates } = ofOneKind(geometry);
  if (typeof type !== "string") return ["none"];
  if (/^(Multi)?(LineString|Polygon)$/.test(type)) {
    const shapes = readShapes(type, coordinates);
    return shapes === "bad_shape" ? [shapes] : shapes;
  }
  const pair =
    type === "Point"
      ? coordinates
      : type === "MultiPoint" && Array.isArray(coordinates) && coordinates.length === 1
        ? coordinates[0]
        : undefined;
  if (!Array.isArray(pair)) return [/^(MultiPoint|GeometryCollection)$/.test(type) ? "not_one" : "none"];
  const [x, y] = pair as unknown[];
  return [
    typeof x === "number" && typeof y === "number" && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : "none",
  ];
}

/** KML draws one area of several parts as a collection of areas. */
function ofOneKind(geometry: NonNullable<LooseFeature["geometry"]>): { type?: unknown; coordinates?: unknown } {
  const members = geometry.type === "GeometryCollection" ? geometry.geometries : undefined;
  if (!Array.isArray(members) || members.length === 0) return geometry;
  for (const type of ["LineString", "Polygon"])
    if (members.every((one: LooseFeature["geometry"]) => one?.type === type))
      return { type: `Multi${type}`, coordinates: members.map((one: LooseFeature["geometry"]) => one?.coordinates) };
  return geometry;
}
