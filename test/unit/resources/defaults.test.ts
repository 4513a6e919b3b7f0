import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clocksTableSchema } from "#shared/domain/duty-event/limits.ts";
import { read, resources } from "./read.ts";

const levels = ["critical", "urgent", "normal"] as const;

describe("defaults", () => {
  it("are all labelled 默认", () => {
    for (const file of readdirSync(join(resources, "defaults"))) {
      expect(read<{ label: string }>(`defaults/${file}`).label, file).toBe("默认");
    }
  });

  it("categories have a board, keywords, a known lead post, and clocks that grow from critical to normal", () => {
    const { categories } = read<{
      categories: {
        code: string;
        board: string;
        keywords: string[];
        lead: { kind: string; name: string };
        confidential: boolean;
      }[];
    }>("defaults/categories.json");
    const { rows } = clocksTableSchema.parse(read("defaults/clocks.json"));
    const posts = read<{ boards: { code: string; posts: string[] }[]; jointPosts: { name: string }[] }>(
      "defaults/posts.json",
    );
    expect(posts.boards.map((board) => board.code)).toEqual(["party", "economy", "livelihood", "safety"]);
    expect(categories.length).toBeGreaterThanOrEqual(25);
    expect(new Set(categories.map((c) => c.code)).size).toBe(categories.length);
    for (const c of categories) {
      expect(
        posts.boards.some((board) => board.code === c.board),
        c.code,
      ).toBe(true);
      expect(new Set(c.keywords).size, c.code).toBe(c.keywords.length);
      expect(c.keywords.length).toBeGreaterThan(3);
      for (const step of ["accept", "acknowledge", "whole"] as const) {
        const minutes = levels.map(
          (level) => rows.find((row) => row.category === c.code && row.level === level)?.[step]?.min ?? 0,
        );
        expect(minutes, `${c.code} ${step}`).toEqual([...minutes].sort((a, b) => a - b));
        expect(Math.min(...minutes)).toBeGreaterThan(0);
      }
      const names = c.lead.kind === "post" ? posts.boards.flatMap((b) => b.posts) : posts.jointPosts.map((p) => p.name);
      expect(names, c.code).toContain(c.lead.name);
    }
    expect(categories.filter((c) => c.confidential).map((c) => c.code)).toEqual(
      expect.arrayContaining(["dispute", "minor_protection", "key_person"]),
    );
  });

  it("roster patterns leave no minute of a day uncovered", () => {
    const roster = read<{
      pattern: string;
      patterns: { code: string; shifts: { start: string; end: string }[] }[];
      roles: { code: string; required: number }[];
    }>("defaults/roster.json");
    const minute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
    for (const { code, shifts } of roster.patterns) {
      const total = shifts.reduce((sum, s) => sum + ((minute(s.end) - minute(s.start) + 1440) % 1440 || 1440), 0);
      expect(total, code).toBe(1440);
      shifts.forEach((shift, i) => {
        expect(shift.end).toBe(shifts[(i + 1) % shifts.length]?.start);
      });
    }
    expect(roster.patterns.map((p) => p.code)).toContain(roster.pattern);
    expect(Object.fromEntries(roster.roles.map((role) => [role.code, role.required]))).toEqual({
      leader_on_duty: 1,
      shift_leader: 1,
      main_operator: 1,
      deputy_operator: 1,
      standby: 0,
    });
  });

  it("holidays: whole runs of days, make-up workdays on weekends, 28 and 33 days off by the notices", () => {
    const { years } = read<{
      years: {
        year: number;
        holidays: { name: string; days: string[]; statutoryOn: string[] }[];
        workdays: { on: string }[];
      }[];
    }>("defaults/holidays.json");
    const day = (on: string): number => Date.parse(`${on}T00:00:00Z`) / 86400000;
    for (const { year, holidays, workdays } of years) {
      const off = new Set(holidays.flatMap((h) => h.days));
      for (const { days, statutoryOn } of holidays) {
        days.forEach((on, i) => {
          expect(day(on)).toBe(day(days[0] ?? "") + i);
        });
        for (const on of statutoryOn) expect(days).toContain(on);
      }
      expect(holidays.flatMap((h) => h.statutoryOn).length, `${year}`).toBe(13);
      for (const { on } of workdays) {
        expect([0, 6]).toContain(new Date(`${on}T00:00:00Z`).getUTCDay());
        expect(off.has(on)).toBe(false);
      }
    }
    expect(years.map((y) => [y.year, y.holidays.flatMap((h) => h.days).length, y.workdays.length])).toEqual([
      [2025, 28, 5],
      [2026, 33, 6],
    ]);
  });

  it("handover keys are unique", () => {
    const { equipment, items } = read<{ equipment: { key: string }[]; items: { key: string }[] }>(
      "defaults/handover.json",
    );
    const keys = [...equipment, ...items].map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("icons", () => {
  const clean = (path: string): void => {
    const svg = readFileSync(join(resources, "icons", path), "utf8");
    expect(svg, path).toMatch(/^<svg [^>]*viewBox="0 0 24 24"/);
    expect(svg, path).toContain("currentColor");
    expect(svg, path).not.toMatch(/href|url\(|<script|<style|#[0-9a-f]{3}/i);
  };

  it("every kind of asset has its own clean svg, and no svg is without a kind", () => {
    const { kinds, groups } = read<{
      kinds: { code: string; geometry: string; icon: string; group: string }[];
      groups: { code: string }[];
    }>("defaults/asset-kinds.json");
    for (const kind of kinds) {
      expect(["point", "line", "area"]).toContain(kind.geometry);
      expect(
        groups.some((group) => group.code === kind.group),
        kind.code,
      ).toBe(true);
      expect(existsSync(join(resources, "icons/assets", kind.icon)), kind.icon).toBe(true);
      clean(`assets/${kind.icon}`);
    }
    expect(readdirSync(join(resources, "icons/assets")).sort()).toEqual(kinds.map((kind) => kind.icon).sort());
  });

  it("every level has a shape of its own", () => {
    for (const level of levels) clean(`level-${level}.svg`);
  });
});
