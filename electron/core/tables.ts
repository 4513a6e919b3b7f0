import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tables } from "#shared/contract.ts";
import { attachmentBoundsSchema } from "#shared/domain/attachment/bounds.ts";
import type { Party } from "#shared/domain/duty-event/event.ts";
import { type ClocksTable, clocksTableSchema, wholeLimits } from "#shared/domain/duty-event/limits.ts";
import { whistleTableSchema } from "#shared/domain/duty-event/whistle.ts";
import { reportRulesSchema } from "#shared/domain/handover/reports.ts";
import { presenceRulesSchema } from "#shared/domain/presence/rules.ts";
import { daysOfNotices, type NoticeYear } from "#shared/domain/roster/holidays.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import { hoursRows } from "#shared/domain/table/hours.ts";
import { ladderRows } from "#shared/domain/table/ladder.ts";
import { type RowOf, rowSchemas, type TableName } from "#shared/domain/table/tables.ts";
import { defaultOffsetMin } from "#shared/lib/time.ts";
import type { DefaultTables } from "./store/tables.ts";

export function readJson<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(join(...parts), "utf8")) as T;
}

interface CategoriesFile {
  readonly label: string;
  readonly relapseDays: { readonly days: number };
  readonly categories: (Pick<
    RowOf<"category">,
    "code" | "name" | "nameEn" | "board" | "keywords" | "level" | "confidential" | "basis"
  > & {
    readonly lead: Party;
  })[];
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
  readonly patterns: {
    code: string;
    shifts: { code: string; name: string; start: string; end: string; night: boolean }[];
  }[];
  readonly roles: { code: DutyRole; required: number }[];
}
interface HandoverFile {
  readonly label: string;
  readonly earlyMinutes: number;
  readonly lateMinutes: number;
  readonly equipment: { name: string; hint: string; required: boolean }[];
  readonly items: { name: string; unit: string; required: boolean }[];
}
interface HolidaysFile {
  readonly label: string;
  readonly years: readonly NoticeYear[];
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
        night: shift.night,
      };
    }),
    required: Object.fromEntries(file.roles.map((role) => [role.code, role.required])) as Tables["roster"]["required"],
  };
}

const intakeOf = ({ label, sameM, nearM, historyMost }: Tables["intake"]) => ({ label, sameM, nearM, historyMost });

const readClocks = (resourcesDir: string): ClocksTable =>
  clocksTableSchema.parse(readJson(resourcesDir, "defaults", "clocks.json"));

/** Rows of the rule tables as the product brings them; a category that the list does not name is its usual lead's alone. */
export function readDefaultTables(resourcesDir: string): DefaultTables {
  const folder = join(resourcesDir, "defaults");
  const rows = <N extends TableName>(file: string, table: N): RowOf<N>[] =>
    readJson<{ rows: unknown[] }>(folder, file).rows.map((row) => rowSchemas[table].parse(row));
  const { categories, relapseDays } = readJson<CategoriesFile>(folder, "categories.json");
  const listed = rows("responsibility.json", "responsibility");
  const clocks = readClocks(resourcesDir);
  return {
    category: categories.map(({ code, name, nameEn, board, keywords, level, confidential, basis }) =>
      rowSchemas.category.parse({
        code,
        name,
        nameEn,
        board,
        keywords,
        level,
        confidential,
        basis,
        relapseDays: relapseDays.days,
      }),
    ),
    responsibility: categories.flatMap(({ code, lead }) => {
      const own = listed.filter(({ category }) => category === code);
      return own.length > 0 ? own : [rowSchemas.responsibility.parse({ category: code, lead, basis: "默认" })];
    }),
    template: rows("templates.json", "template"),
    sop: rows("sop.json", "sop"),
    criteria: rows("criteria.json", "criteria"),
    clock: clocks.rows,
    hours: hoursRows(clocks),
    ladder: ladderRows(clocks.ladder),
    strip: rows("strip.json", "strip"),
  };
}
/** Reads the district's tables. [D] Defaults of the product until a district brings its own. */
export function readTables(resourcesDir: string): Tables {
  const folder = join(resourcesDir, "defaults");
  const categories = readJson<CategoriesFile>(folder, "categories.json");
  const clocks = readClocks(resourcesDir);
  const posts = readJson<PostsFile>(folder, "posts.json");
  const kinds = readJson<{
    label: string;
    groups: Tables["assetKinds"]["groups"];
    kinds: Tables["assetKinds"]["rows"];
  }>(folder, "asset-kinds.json");
  const nearby = readJson<{ label: string; farthestM: number; scenarios: Tables["nearby"]["rows"] }>(
    folder,
    "nearby.json",
  );
  const handover = readJson<HandoverFile>(folder, "handover.json");
  const holidays = readJson<HolidaysFile>(folder, "holidays.json");
  const parties: Party[] = [
    ...posts.boards.flatMap((board) => board.posts).map((name) => ({ kind: "post" as const, name })),
    ...posts.jointPosts.map(({ name }) => ({ kind: "joint_post" as const, name })),
    ...posts.teams.map((name) => ({ kind: "team" as const, name })),
    ...posts.departments.map((name) => ({ kind: "department" as const, name })),
  ];
  const ruled = readDefaultTables(resourcesDir);
  const limits = wholeLimits(clocks.rows);
  const { label } = categories;
  return {
    categories: {
      label,
      former: [],
      rows: ruled.category.map((row) => ({
        ...row,
        limitMin: limits.get(row.code) ?? {},
        lead: ruled.responsibility.find(({ category }) => category === row.code)?.lead ?? null,
      })),
    },
    responsibility: { label, rows: [...ruled.responsibility] },
    templates: { label, rows: [...ruled.template] },
    sops: { label, rows: [...ruled.sop] },
    criteria: { label, rows: [...ruled.criteria] },
    strip: { label, rows: [...ruled.strip] },
    clocks,
    intake: intakeOf(readJson<Tables["intake"]>(folder, "intake.json")),
    parties: { label: posts.label, rows: parties },
    assetKinds: { label: kinds.label, groups: kinds.groups, rows: kinds.kinds },
    nearby: { label: nearby.label, farthestM: nearby.farthestM, rows: nearby.scenarios },
    roster: rosterRules(readJson<RosterFile>(folder, "roster.json")),
    presence: presenceRulesSchema.parse(readJson(folder, "presence.json")),
    checklist: {
      label: handover.label,
      items: handover.equipment.map(({ name, hint, required }) => ({ name, hint, required })),
      keys: handover.items.map(({ name, unit, required }) => ({ name, unit, required })),
      earlyMin: handover.earlyMinutes,
      lateMin: handover.lateMinutes,
    },
    attachments: attachmentBoundsSchema.omit({ district: true }).strip().parse(readJson(folder, "attachments.json")),
    reports: reportRulesSchema.parse(readJson(folder, "reports.json")),
    whistle: whistleTableSchema.parse(readJson(folder, "whistle.json")),
    holidays: { label: holidays.label, days: daysOfNotices(holidays.years) },
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
/** Outlines of a street; empty collections where none came with the product. */
export interface StreetPlaces {
  readonly district: FeatureCollection;
  readonly street: FeatureCollection;
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
  };
}
