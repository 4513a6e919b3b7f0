import { describe, expect, test } from "vitest";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { doubleDuties, layeredGaps, layRoster, whoAt } from "#shared/domain/roster/layers.ts";
import { type PatternRules, patternCodes, patternRules } from "#shared/domain/roster/patterns.ts";
import type { Slot } from "#shared/domain/roster/roster.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { drawer, seed } from "#test/seed.ts";
import { opOf } from "./samples.ts";

/**
 * Ten thousand random rosters, each told twice: by the product with stretches of time, and by an oracle that walks the
 * minutes one by one on plain arrays. The oracle shares no code with the product: days by Date.UTC and a day number,
 * people by asking every entry about this one minute.
 */
const minute = 60_000;
const roles = ["leader_on_duty", "shift_leader", "main_operator", "deputy_operator", "standby"] as const;
const people = ["an", "bo", "cai", "deng", "fu", "gao", "he"];

interface World {
  readonly rules: PatternRules;
  readonly plan: ReadonlyMap<string, string>;
  readonly entries: readonly LayerEntry[];
  readonly first: readonly [number, number, number];
  readonly fromAt: number;
  readonly toAt: number;
}

function calendar([year, month, day]: World["first"], offsetMin: number, dayNumber: number) {
  const midnight = Date.UTC(year, month, day + dayNumber);
  const date = new Date(midnight);
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    on: `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`,
    midnightAt: midnight - offsetMin * minute,
  };
}

const breaks: World["first"][] = [
  [2026, 10, 29],
  [2026, 11, 30],
  [2028, 1, 27],
  [2027, 1, 27],
  [2026, 3, 29],
  [2026, 9, 1],
];

function drawWorld(from: number): World {
  const next = drawer(from);
  const int = (most: number) => Math.floor(next() * most);
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T;
  const offsetMin = pick([480, 480, 0, 540, -210, 345]);
  const code = pick(patternCodes);
  const required = { shift_leader: int(2), main_operator: 1 + int(2), standby: int(2) };
  const rules = patternRules(code, {
    offsetMin,
    changeMin: pick([510, 480, 0, 1050, 1439]),
    required,
    shifts: Array.from({ length: 1 + int(3) }, (_, index) => ({
      code: `s${index}`,
      name: { zh: `${index}`, en: `${index}` },
      startMin: int(1440),
      lengthMin: 1 + int(1800),
      night: next() < 0.5,
      ...(next() < 0.3 ? { required: { main_operator: int(3) } } : {}),
    })),
  });
  const first = pick(breaks);
  const midnight = calendar(first, offsetMin, 0).midnightAt;
  const fromAt = midnight + int(1440) * minute;
  const toAt = fromAt + (1 + int(300)) * minute;
  const keys: string[] = [];
  const plan = new Map<string, string>();
  for (const day of [-2, -1, 0, 1]) {
    const { on } = calendar(first, offsetMin, day);
    for (const { code: shift } of rules.shifts) {
      for (const role of ["shift_leader", "main_operator", "main_operator", "standby"] as const) {
        const key = `${on}/${shift}/${role}/${keys.at(-1) === `${on}/${shift}/main_operator/0` ? 1 : 0}`;
        keys.push(key);
        if (next() < 0.7) plan.set(key, pick(people));
      }
    }
  }
  const entries: LayerEntry[] = [];
  const stretch = () => {
    const start = fromAt + (int(900) - 300) * minute;
    return { fromAt: start, toAt: start + (1 + int(500)) * minute };
  };
  for (let n = int(9); n > 0; n--) {
    const kind = pick(["swap", "leave", "leave", "stand_in", "relief"] as const);
    const state = pick(["asked", "agreed", "approved", "approved", "approved", "refused"] as const);
    // Stamps that often collide, so that the order by id is needed.
    const stamp = () => ({ by: "zhao", at: fromAt + int(4) * 1000 + int(2) * 97 * minute });
    const id = `e${int(100_000)}`;
    const words = { id, reason: "病", about: { zh: "", en: "" } };
    const wish = (): LayerAsk => {
      if (kind === "leave") return { ...words, kind, officerId: pick(people), ...stretch() };
      if (kind !== "swap") return { ...words, kind, slot: pick(keys), officerId: pick(people), ...stretch() };
      const [slot, otherSlot] = [pick(keys), pick(keys)];
      const seen = (key: string) => (next() < 0.85 ? (plan.get(key) ?? pick(people)) : pick(people));
      return { ...words, kind, slot, officerId: seen(slot), otherSlot, otherId: seen(otherSlot), ...stretch() };
    };
    const ask = wish();
    // Half of them come the way they do on a desk: asked for and stepped on by ops, judged by the rules.
    const byOps = next() < 0.5 ? coursed(ask, { stamp, pick, int }) : undefined;
    if (byOps) entries.push(byOps);
    else
      entries.push({
        ...ask,
        state,
        asked: stamp(),
        agreed: state === "asked" || (state === "refused" && next() < 0.5) ? null : stamp(),
        approved: state === "approved" ? stamp() : null,
        refused: state === "refused" ? stamp() : null,
        refusal: "",
        ended: state === "approved" && kind !== "swap" && next() < 0.2 ? stamp() : null,
      });
  }
  return { rules, plan, entries, first, fromAt, toAt };
}

interface Draw {
  readonly stamp: () => { by: string; at: number };
  readonly pick: <T>(list: readonly T[]) => T;
  readonly int: (most: number) => number;
}

/** An entry as ops make it: asked by somebody, then stepped on by whoever comes along; what the rules refuse did not happen. */
function coursed(ask: LayerAsk, { stamp, pick, int }: Draw): LayerEntry | undefined {
  const grades = ["operator", "shift_leader", "leader", "admin"] as const;
  const parts = ask.kind === "swap" ? [ask.officerId, ask.otherId] : [ask.officerId];
  let entry: unknown;
  const play = (kind: string, body: unknown, by: string) => {
    const applied = applyOp(opOf(kind, body, { by, at: stamp().at }), entry, pick(grades));
    if (applied.ok) entry = applied.value.state;
  };
  play("layer.ask", ask, pick([...parts, "zhao"]));
  for (const step of ["agree", "approve", pick(["refuse", "withdraw", "end", "end"])] as const)
    if (entry && int(8) > 0)
      play("layer.step", { id: ask.id, step, reason: "不行" }, pick([...parts, ...parts, "zhao", "boss", "boss"]));
  return entry as LayerEntry | undefined;
}

/** Who stands in `key` in the minute that begins at `at`. */
function oracle({ plan, entries }: World) {
  const byTurn = (stamp: (entry: LayerEntry) => number | undefined) =>
    [...entries].sort((a, b) => (stamp(a) ?? 0) - (stamp(b) ?? 0) || (a.id < b.id ? -1 : 1));
  const after = new Map(plan);
  for (const entry of byTurn((one) => one.approved?.at)) {
    if (entry.kind !== "swap" || entry.state !== "approved") continue;
    if (after.get(entry.slot) !== entry.officerId || after.get(entry.otherSlot) !== entry.otherId) continue;
    after.set(entry.slot, entry.otherId);
    after.set(entry.otherSlot, entry.officerId);
  }
  const standIns = byTurn((one) => one.approved?.at).filter(
    (one) => one.kind === "stand_in" && one.state === "approved",
  );
  const reliefs = byTurn((one) => one.agreed?.at).filter((one) => one.kind === "relief" && one.agreed !== null);
  return (key: string) => {
    const leaves = entries.filter(
      (one) => one.kind === "leave" && one.state === "approved" && one.officerId === after.get(key),
    ) as Extract<LayerEntry, { kind: "leave" }>[];
    const covers = [...standIns, ...reliefs].filter((one) => one.kind !== "leave" && one.slot === key) as Extract<
      LayerEntry,
      { kind: "relief" }
    >[];
    return (at: number): string | undefined => {
      let here = after.get(key);
      for (const leave of leaves)
        if (leave.fromAt <= at && at < leave.toAt && !(leave.ended && at >= leave.ended.at)) here = undefined;
      for (const one of covers) {
        // What is refused or ended in the course of this minute still counts for it.
        const over = one.refused ?? one.ended;
        if (one.fromAt <= at && at < one.toAt && !(over && at >= over.at)) here = one.officerId;
      }
      return here;
    };
  };
}

/** Days and shifts with their instants: all that the oracle walks over. */
function spansOf(world: World) {
  const { rules, first } = world;
  const stands = oracle(world);
  return [-2, -1, 0, 1, 2].flatMap((day) => {
    const { on, midnightAt } = calendar(first, rules.offsetMin, day);
    return rules.shifts.map((shift, row) => {
      const startAt = midnightAt + shift.startMin * minute;
      const place = `${on}/${shift.code}`;
      const needs = roles.map((role) => {
        const needed = shift.required?.[role] ?? rules.required[role] ?? 0;
        const places = Math.max(needed, rules.required[role] ?? 0, role === "standby" ? 2 : 1);
        const asked = Array.from({ length: places }, (_, index) => {
          const key = `${place}/${role}/${index}`;
          return { key, standsAt: stands(key) };
        });
        return { role, needed, asked };
      });
      return { place, row, startAt, endAt: startAt + shift.lengthMin * minute, needs };
    });
  });
}

const reader = (plan: World["plan"]) => (slot: Slot) => plan.get(`${slot.on}/${slot.shift}/${slot.role}/${slot.index}`);
const rosters = 10_000;

describe("ten thousand random rosters against the minute-by-minute oracle", () => {
  test("RO-14, RO-15, RO-16, RO-17, RO-18, RO-19: gaps, people on duty and double duties agree to the minute", {
    timeout: 180_000,
  }, () => {
    const seen = { minutes: 0, gaps: 0, doubles: 0, stale: 0, asked: 0, ended: 0 };
    for (let from = seed; from < seed + rosters; from++) {
      const world = drawWorld(from);
      const { rules, entries, plan, fromAt, toAt } = world;
      const spans = spansOf(world);
      const lacks: string[] = [];
      const doubles: string[] = [];
      const roster = layRoster(rules, reader(plan), entries);
      for (let at = fromAt; at < toAt; at += minute) {
        seen.minutes++;
        const held = spans.filter(({ startAt, endAt }) => startAt <= at && at < endAt);
        const standing: [string, string][] = [];
        for (const role of roles) {
          const needed = rules.required[role] ?? 0;
          if (held.length === 0 && needed > 0) lacks.push(`${at} none ${role} ${needed}`);
        }
        for (const span of held) {
          for (const { role, needed, asked } of span.needs) {
            let here = 0;
            for (let index = 0; index < asked.length; index++) {
              const one = asked[index];
              const officer = one?.standsAt(at);
              if (!one || !officer) continue;
              standing.push([officer, one.key]);
              if (index < needed) here++;
            }
            if (here < needed) lacks.push(`${at} ${span.place} ${role} ${needed - here}`);
          }
        }
        for (let i = 0; i < standing.length; i++) {
          const [officer, key] = standing[i] ?? ["", ""];
          for (let j = i + 1; j < standing.length; j++) {
            const [other, otherKey] = standing[j] ?? ["", ""];
            if (officer === other) doubles.push(`${at} ${officer} ${[key, otherKey].sort().join(" ")}`);
          }
        }
        if ((at / minute) % 61 === 0 || at === fromAt) {
          seen.asked++;
          const last = held.sort((a, b) => a.startAt - b.startAt || a.row - b.row).at(-1);
          const told = whoAt(roster, at + (from & 1 ? 0 : 59_999));
          const place = last ? `${last.place}/` : "none";
          const wanted = standing.filter(([, key]) => key.startsWith(place)).map((one) => one.join(" "));
          const spoken = told?.people.map((one) => `${one.officerId} ${place}${one.role}/${one.index}`) ?? [];
          same(from, [told ? `${told.span.on}/${told.span.shift}/` : "none", ...spoken], [place, ...wanted]);
        }
      }
      const gaps = layeredGaps(roster, fromAt, toAt).flatMap((gap) => {
        seen.gaps++;
        const place = gap.shift === "" ? "none" : `${gap.on}/${gap.shift}`;
        return minutesOf(gap).map((at) => `${at} ${place} ${gap.role} ${gap.missing}`);
      });
      same(from, gaps.sort(), lacks.sort());
      const twice = doubleDuties(roster, fromAt, toAt).flatMap((one) => {
        seen.doubles++;
        return minutesOf(one).map((at) => `${at} ${one.officerId} ${[...one.slots].sort().join(" ")}`);
      });
      same(from, twice.sort(), doubles.sort());
      seen.stale += roster.stale.length;
      seen.ended += entries.filter((entry) => entry.state === "approved" && entry.ended !== null).length;
    }
    // The draw must reach what it is meant to test.
    expect(seen.minutes).toBeGreaterThan(rosters * 100);
    expect(Math.min(seen.gaps, seen.asked)).toBeGreaterThan(rosters);
    expect(Math.min(seen.doubles, seen.stale, seen.ended)).toBeGreaterThan(rosters / 20);
  });
});

function minutesOf({ fromAt, toAt }: { fromAt: number; toAt: number }): number[] {
  return Array.from({ length: (toAt - fromAt) / minute }, (_, index) => fromAt + index * minute);
}

/** Compares without the price of an `expect` for each of millions of minutes; a difference names the roster's seed. */
function same(from: number, told: readonly string[], wanted: readonly string[]): void {
  if (told.length === wanted.length && told.every((one, index) => one === wanted[index])) return;
  expect({ from, lines: told }).toEqual({ from, lines: wanted });
}
