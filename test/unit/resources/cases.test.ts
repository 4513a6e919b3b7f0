import { describe, expect, it } from "vitest";
import { areasOf, inside, must, outer, type Point, read, streets } from "./read.ts";

interface Party {
  kind: string;
  name: string;
}

interface Step {
  action: string;
  minutesAfter: number;
  by: string;
  body: Record<string, unknown>;
}

interface Case {
  key: string;
  source: string;
  level: "critical" | "urgent" | "normal";
  category: string;
  text: string;
  callerPhone?: string;
  place: { text: string; lng: number; lat: number; community: string; grid: string; gridCode: string };
  minutesBeforeNow: number;
  steps: Step[];
}

interface Category {
  code: string;
  board: string;
}
interface LimitRow {
  category: string;
  level: Case["level"];
  acknowledge: { min: number };
  whole: { min: number };
}

const casesOf = (street: string): Case[] => read<{ cases: Case[] }>(`sample/${street}/cases.json`).cases;
const categories = read<{ categories: Category[] }>("defaults/categories.json").categories;
const limits = read<{ rows: LimitRow[] }>("defaults/clocks.json").rows;
const posts = read<{
  boards: { code: string; posts: string[] }[];
  jointPosts: { name: string }[];
  teams: string[];
  departments: string[];
}>("defaults/posts.json");

/** The life of an event as the brief of this data gives it: action, from, to. */
const life: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accept: { reported: "accepted" },
  assess: { accepted: "assessed" },
  assign: { assessed: "assigned" },
  acknowledge: { assigned: "handling" },
  feedback: { handling: "fed_back", whistled: "fed_back" },
  verify: { fed_back: "verified" },
  close: { verified: "closed" },
  return: { assigned: "assessed", fed_back: "handling", whistled: "assessed" },
  whistle: { assessed: "whistled", handling: "whistled" },
};

const endOf = (one: Case): string =>
  one.steps.reduce((state, step) => {
    const to = life[step.action]?.[state];
    if (!to) throw new Error(`${one.key}: ${step.action} is not legal in ${state}`);
    return to;
  }, "reported");

describe.each(streets)("cases of %s", (street) => {
  const cases = casesOf(street);
  const grids = areasOf(street, "grid");

  it("are scripts of legal steps in order of time, before now", () => {
    for (const one of cases) {
      endOf(one);
      const times = one.steps.map((step) => step.minutesAfter);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(must(times.at(-1))).toBeLessThan(one.minutesBeforeNow);
      for (const step of one.steps) expect(["operator", "shift_leader", "leader"]).toContain(step.by);
    }
  });

  it("lie in the grid they name", () => {
    for (const { key, place } of cases) {
      const grid = must(grids.find((g) => g.properties.code === place.gridCode));
      const p: Point = [place.lng, place.lat];
      expect(grid.properties.name).toBe(place.grid);
      expect(grid.properties.communityName).toBe(place.community);
      expect(inside(p, outer(grid)), key).toBe(true);
    }
  });

  it("name known categories, boards, posts, grids, teams and departments", () => {
    const people = new Set(grids.map((g) => `${g.properties.communityName}${g.properties.name}`));
    const known = (party: Party): boolean =>
      (party.kind === "post" && posts.boards.some((board) => board.posts.includes(party.name))) ||
      (party.kind === "joint_post" && posts.jointPosts.some((post) => post.name === party.name)) ||
      (party.kind === "team" && posts.teams.includes(party.name)) ||
      (party.kind === "grid" && people.has(party.name)) ||
      (party.kind === "department" && (posts.departments.includes(party.name) || party.name.includes("示例")));
    for (const one of cases) {
      const category = must(categories.find((c) => c.code === one.category));
      for (const { action, body } of one.steps) {
        if (action === "assess") {
          expect(body).toMatchObject({ board: category.board, category: one.category, level: one.level });
          for (const party of [body.lead as Party, ...(body.coHandlers as Party[])])
            expect(known(party), party.name).toBe(true);
        }
        if (action === "whistle") {
          expect(["daily", "emergency", "difficult"]).toContain(body.kind);
          expect(posts.departments).toContain(body.to);
        }
        if (action === "acknowledge") expect(["phone", "system"]).toContain(body.via);
      }
    }
  });

  it("use only phones that are plainly made up", () => {
    for (const one of cases) if (one.callerPhone) expect(one.callerPhone).toMatch(/^138 0000 \d{4}$/);
  });
});

describe("the seven true cases", () => {
  const cases = casesOf("500118004");
  const of = (key: string): Case => must(cases.find((one) => one.key === key));
  const clock = (one: Case): number =>
    must(limits.find(({ category, level }) => category === one.category && level === one.level)).whole.min;

  it("end at different stages and name where they happened", () => {
    expect(Object.fromEntries(cases.map((one) => [one.key, endOf(one)]))).toEqual({
      swimmer: "closed",
      waterlogging: "closed",
      bus_301: "whistled",
      school_gate: "handling",
      complaint_gift: "assigned",
      border_path: "fed_back",
      bus_3613: "handling",
    });
    for (const one of cases) expect(one.text).toContain("（案例来源：");
    expect(casesOf("500118001")[0]?.place).toMatchObject({ community: "星光社区", grid: "第二十四网格" });
  });

  it("have the clocks of the reports: 5 and 10 minutes, 2 days, half a month", () => {
    expect(["swimmer", "waterlogging", "bus_301", "complaint_gift", "bus_3613"].map((key) => clock(of(key)))).toEqual([
      5, 10, 2880, 2880, 21600,
    ]);
    for (const key of ["swimmer", "waterlogging"])
      expect(must(of(key).steps.at(-1)).minutesAfter).toBeLessThanOrEqual(clock(of(key)));
  });

  it("hold one that is overdue and one that is due to be acknowledged soon", () => {
    const late = cases.filter((one) => endOf(one) !== "closed" && one.minutesBeforeNow > clock(one));
    expect(late.map((one) => one.key)).toEqual(["school_gate"]);
    const waiting = of("complaint_gift");
    const limit = must(limits.find((row) => row.category === waiting.category && row.level === waiting.level))
      .acknowledge.min;
    expect(limit - waiting.minutesBeforeNow).toBeGreaterThan(0);
    expect(limit - waiting.minutesBeforeNow).toBeLessThan(15);
  });
});

describe.each(streets)("people, log and warnings of %s", (street) => {
  it("have 14 officers: at least 4 leaders, 3 shift leaders, 6 operators, 1 admin", () => {
    const { officers } = read<{ officers: { id: string; name: string; grade: string; pool: string; phone: string }[] }>(
      `sample/${street}/officers.json`,
    );
    const count = (grade: string): number => officers.filter((officer) => officer.grade === grade).length;
    expect(["leader", "shift_leader", "operator", "admin"].map(count)).toEqual([4, 3, 6, 1]);
    expect(new Set(officers.map((officer) => officer.name)).size).toBe(14);
    expect(new Set(officers.map((officer) => officer.id)).size).toBe(14);
    for (const { pool, phone } of officers) {
      expect(["full_time", "rotating"]).toContain(pool);
      expect(phone).toMatch(/^138 0000 \d{4}$/);
    }
  });

  it("have a log of the last three days in order of time", () => {
    const { entries } = read<{ entries: { minutesBeforeNow: number; kind: string; text: string }[] }>(
      `sample/${street}/log.json`,
    );
    const times = entries.map((entry) => entry.minutesBeforeNow);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Math.max(...times)).toBeLessThanOrEqual(3 * 1440);
    for (const { kind } of entries) {
      expect(["call", "dispatch", "patrol", "instruction", "request", "check", "note"]).toContain(kind);
    }
  });

  it("have two warnings in force, marked as samples", () => {
    const { warnings } = read<{ warnings: { level: string; title: string; hoursLeft: number }[] }>(
      `sample/${street}/warnings.json`,
    );
    expect(warnings.length).toBe(2);
    for (const { level, title, hoursLeft } of warnings) {
      expect(["blue", "yellow", "orange", "red"]).toContain(level);
      expect(title).toContain("示例");
      expect(hoursLeft).toBeGreaterThan(0);
    }
  });
});
