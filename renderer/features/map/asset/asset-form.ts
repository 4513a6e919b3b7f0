import type { AssetDetail } from "#shared/contract.ts";
import type { AssetField, AssetKind, FieldValue } from "#shared/domain/asset/kinds.ts";
import type { Geometry, Position } from "#shared/lib/geo.ts";

/** What stands in the form of an asset: everything as it is typed. */
export interface Entered {
  readonly name: string;
  /** Corners, one a line, `lng, lat`: the way to draw by keyboard. An empty line begins the next ring of an area: a hole in it. */
  readonly corners: string;
  readonly fields: Readonly<Record<string, string>>;
}

const figure = (degrees: number): string => String(Number(degrees.toFixed(6)));
const cornerText = ([lng, lat]: Position): string => `${figure(lng)}, ${figure(lat)}`;

/** Corners of a geometry as text; the last corner of a ring, which is its first again, is left out. */
export function cornersOf(geometry: Geometry): string {
  const lines =
    geometry.type === "Point"
      ? [[geometry.coordinates]]
      : geometry.type === "LineString"
        ? [geometry.coordinates]
        : geometry.type === "Polygon"
          ? geometry.coordinates.map((ring) => ring.slice(0, -1))
          : [];
  return lines.map((line) => line.map(cornerText).join("\n")).join("\n\n");
}

/** One corner of the text, or `undefined` when it says none. */
function cornerFrom(text: string): Position | undefined {
  const [lng, lat, ...rest] = text
    .replaceAll("\uff0c", ",")
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(Number);
  return rest.length === 0 && Math.abs(lng ?? 999) <= 180 && Math.abs(lat ?? 999) <= 90
    ? [lng as number, lat as number]
    : undefined;
}

/** The geometry that the corners say, or `undefined` while they say none: a line needs two, an area and each hole in it three. */
export function geometryFrom(corners: string, shape: AssetKind["geometry"]): Geometry | undefined {
  const texts = corners.split("\n").map((text) => text.trim());
  const rings: Position[][] = [];
  for (const [i, text] of texts.entries()) {
    if (text === "") continue;
    const corner = cornerFrom(text);
    if (!corner) return undefined;
    const ring = texts[i - 1] === "" ? undefined : rings.at(-1);
    if (ring) ring.push(corner);
    else rings.push([corner]);
  }
  if (shape === "area") {
    const closed = rings.flatMap((ring) => (ring.length >= 3 ? [[...ring, ring[0] as Position]] : []));
    return closed.length > 0 && closed.length === rings.length ? { type: "Polygon", coordinates: closed } : undefined;
  }
  const line = rings.flat();
  const [first] = line;
  if (shape === "point") return first && line.length === 1 ? { type: "Point", coordinates: first } : undefined;
  return line.length >= 2 ? { type: "LineString", coordinates: line } : undefined;
}

const said = (value: FieldValue | undefined): string =>
  value === undefined
    ? ""
    : typeof value === "object"
      ? ""
      : typeof value === "boolean"
        ? value
          ? "yes"
          : "no"
        : String(value);

/** Name of the input of one stage of a field. */
export const stageKey = (field: AssetField, option: string): string => `${field.code}/${option}`;

export function enteredOf(kind: AssetKind, asset: AssetDetail | undefined, geometry: Geometry | undefined): Entered {
  const fields: Record<string, string> = {};
  for (const field of kind.fields) {
    const value = asset?.fields[field.code];
    fields[field.code] = said(value);
    if (typeof value === "object")
      for (const [option, done] of Object.entries(value)) fields[stageKey(field, option)] = String(done);
  }
  return { name: asset?.name ?? "", corners: geometry ? cornersOf(geometry) : "", fields };
}

/** The typed fields as values; what is empty was not said. A figure that is none stays text, so that the check names it. */
export function valuesOf(kind: AssetKind, entered: Entered): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of kind.fields) {
    const typed = (entered.fields[field.code] ?? "").trim();
    if (field.type === "stages") {
      const stages = (field.options ?? []).flatMap(({ code }): [string, number][] => {
        const done = (entered.fields[stageKey(field, code)] ?? "").trim();
        return done === "" ? [] : [[code, Number(done)]];
      });
      if (stages.length > 0) values[field.code] = Object.fromEntries(stages);
    } else if (typed === "") continue;
    else if (field.type === "number") values[field.code] = Number.isFinite(Number(typed)) ? Number(typed) : typed;
    else if (field.type === "yes_no") values[field.code] = typed === "yes";
    else values[field.code] = typed;
  }
  return values;
}
