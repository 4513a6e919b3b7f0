import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tables } from "#shared/contract.ts";
import type { Party } from "#shared/domain/duty-event/event.ts";
import { presenceRulesSchema } from "#shared/domain/presence/rules.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import { defaultOffsetMin } from "#shared/lib/time.ts";

export function readJson<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(join(...parts), "utf8")) as T;
}

interface ClockTime {
  readonly critical: number;
  readonly urgent: number;
  readonly normal: number;
}
interface CategoriesFile {
  readonly label: string;
  readonly categories: (Omit<Tables["categories"]["rows"][number], "limitMin"> & { readonly handle: ClockTime })[];
}
interface PostsFile {
  readonly label: string;
  readonly boards: { readonly posts: string[] }[];
  readonly jointPosts: { readonly name: string }[];
  readonly teams: string[];
  readonly departments: string[];
}
interface RosterFile {
  readonly label: string;
  readonly pattern: string;
  readonly patterns: { code: string; shifts: { code: string; name: string; start: string; end: string }[] }[];
  readonly roles: { code: DutyRole; required: number }[];
}
interface HolidaysFile {
  readonly label: string;
  readonly years: { holidays: { name: string; days: string[] }[]; workdays: { on: string }[] }[];
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const shiftNamesEn: Readonly<Record<string, string>> = {
  day: "Day",
  night: "Night",
  early: "Early",
  middle: "Middle",
  full: "Full day",
};

function rosterRules(file: RosterFile): Tables["roster"] {
  const pattern = file.patterns.find((one) => one.code === file.pattern);
  if (!pattern) throw new Error(`roster.json names no pattern ${file.pattern}`);
  return {
    label: file.label,
    pattern: pattern.code,
    offsetMin: defaultOffsetMin,
    shifts: pattern.shifts.map((shift) => {
      const startMin = minutesOf(shift.start);
      const endMin = minutesOf(shift.end);
      return {
        code: shift.code,
        name: { zh: shift.name, en: shiftNamesEn[shift.code] ?? shift.code },
        startMin,
        lengthMin: endMin > startMin ? endMin - startMin : endMin + 1440 - startMin,
      };
    }),
    required: Object.fromEntries(file.roles.map((role) => [role.code, role.required])) as Tables["roster"]["required"],
  };
}

/** Reads the district's tables. [D] Defaults of the product until a district brings its own. */
export function readTables(resourcesDir: string): Tables {
  const folder = join(resourcesDir, "defaults");
  const categories = readJson<CategoriesFile>(folder, "categories.json");
  const posts = readJson<PostsFile>(folder, "posts.json");
  const kinds = readJson<{ label: string; kinds: Tables["assetKinds"]["rows"] }>(folder, "asset-kinds.json");
  const handover = readJson<{ label: string; equipment: { name: string }[]; items: { name: string }[] }>(
    folder,
    "handover.json",
  );
  const holidays = readJson<HolidaysFile>(folder, "holidays.json");
  const parties: Party[] = [
    ...posts.boards.flatMap((board) => board.posts).map((name) => ({ kind: "post" as const, name })),
    ...posts.jointPosts.map(({ name }) => ({ kind: "joint_post" as const, name })),
    ...posts.teams.map((name) => ({ kind: "team" as const, name })),
    ...posts.departments.map((name) => ({ kind: "department" as const, name })),
  ];
  return {
    categories: {
      label: categories.label,
      rows: categories.categories.map(({ code, name, board, keywords, handle, lead, confidential }) => ({
        code,
        name,
        board,
        keywords,
        limitMin: handle,
        lead,
        confidential,
      })),
    },
    parties: { label: posts.label, rows: parties },
    assetKinds: { label: kinds.label, rows: kinds.kinds },
    roster: rosterRules(readJson<RosterFile>(folder, "roster.json")),
    presence: presenceRulesSchema.parse(readJson(folder, "presence.json")),
    checklist: { label: handover.label, items: [...handover.equipment, ...handover.items].map(({ name }) => name) },
    holidays: {
      label: holidays.label,
      days: Object.fromEntries(
        holidays.years.flatMap((year) => [
          ...year.holidays.flatMap(({ name, days }) => days.map((day) => [day, { name, kind: "holiday" as const }])),
          ...year.workdays.map(({ on }) => [on, { name: "调休上班", kind: "makeup_workday" as const }]),
        ]),
      ),
    },
  };
}

export interface Division {
  readonly district: { code: string; name: string };
  readonly streets: { code: string; name: string; communities: { code: string; name: string }[] }[];
}

/** The divisions that the product carries. [D] One district for now: 永川区. */
export const readDivision = (resourcesDir: string): Division =>
  readJson<Division>(resourcesDir, "districts", "500118", "divisions.json");

interface Feature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry:
    | { type: "Polygon"; coordinates: number[][][] }
    | { type: "MultiPolygon"; coordinates: number[][][][] };
}
export interface FeatureCollection {
  readonly type: "FeatureCollection";
  readonly features: readonly Feature[];
}
interface FireRoads {
  readonly total: { lengthKm: number };
  readonly roads: {
    id: string;
    name: string;
    lengthKm: number;
    percent: number;
    passable: boolean;
    line: number[][];
  }[];
}

/** Outlines of a street; empty collections where none came with the product. */
export interface StreetPlaces {
  readonly district: FeatureCollection;
  readonly street: FeatureCollection;
  readonly areas: FeatureCollection;
  readonly fireRoads: FireRoads;
}

const nothing: FeatureCollection = { type: "FeatureCollection", features: [] };

export function readPlaces(resourcesDir: string, street: string): StreetPlaces {
  const read = <T>(file: string, otherwise: T): T => {
    const path = join(resourcesDir, "sample", street, file);
    return existsSync(path) ? readJson<T>(path) : otherwise;
  };
  return {
    district: readJson<FeatureCollection>(resourcesDir, "districts", "500118", "boundary.geojson"),
    street: read("street.geojson", nothing),
    areas: read("areas.json", nothing),
    fireRoads: read<FireRoads>("fire-roads.json", { total: { lengthKm: 0 }, roads: [] }),
  };
}

/** Whether a polygon's outer rings hold the point (ray casting). */
export function holds(feature: Feature, lng: number, lat: number): boolean {
  const rings =
    feature.geometry.type === "Polygon"
      ? [feature.geometry.coordinates[0]]
      : feature.geometry.coordinates.map((part) => part[0]);
  return rings.some((ring) => {
    let inside = false;
    const points = ring ?? [];
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const [xi = 0, yi = 0] = points[i] ?? [];
      const [xj = 0, yj = 0] = points[j] ?? [];
      if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  });
}
