import { describe, expect, test } from "vitest";
import { type AssetFacts, judgeAsset, type KeptAsset } from "#shared/domain/asset/asset.ts";
import { type AssetField, assetKindSchema, checkFields } from "#shared/domain/asset/kinds.ts";
import { grades } from "#shared/domain/officer/officer.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { read } from "../resources/read.ts";
import { at, opOf } from "./samples.ts";

const both = (zh: string) => ({ zh, en: zh });
const field = (code: string, type: AssetField["type"], more: Partial<AssetField> = {}): AssetField => ({
  code,
  name: both(code),
  type,
  ...more,
});
const kind = {
  fields: [
    field("volume", "number", { required: true, min: 0.1, max: 1000, decimals: 1 }),
    field("open", "yes_no"),
    field("coupling", "choice", { options: [{ code: "65", name: both("65") }] }),
    field("on", "date"),
    field("phone", "phone"),
    field("channel", "text", { pattern: "^\\d{4}$" }),
    field("word", "text", { max: 3 }),
    field("stages", "stages", { options: [{ code: "cleared", name: both("清障") }] }),
  ],
};

describe("the fields of an asset", () => {
  test("AS-1: what fits the row passes, and what is left out may be left out", () => {
    const full = {
      volume: 12.5,
      open: true,
      coupling: "65",
      on: "2026-02-28",
      phone: "023 4980 0000",
      channel: "0001",
      word: "三个字",
      stages: { cleared: 40 },
    };
    expect(checkFields(kind, full)).toEqual([]);
    expect(checkFields(kind, { volume: 1 })).toEqual([]);
    expect(checkFields(kind, { volume: 1, word: " ", coupling: "" })).toEqual([]);
  });

  test.each([
    ["missing", {}, "volume"],
    ["type", { volume: "12" }, "volume"],
    ["type", { volume: Number.NaN }, "volume"],
    ["small", { volume: 0 }, "volume"],
    ["large", { volume: 1001 }, "volume"],
    ["decimals", { volume: 1.25 }, "volume"],
    ["type", { volume: 1, open: "yes" }, "open"],
    ["option", { volume: 1, coupling: "80" }, "coupling"],
    ["form", { volume: 1, on: "2026-02-30" }, "on"],
    ["form", { volume: 1, phone: "一二三" }, "phone"],
    ["form", { volume: 1, channel: "12345" }, "channel"],
    ["large", { volume: 1, word: "四个字符" }, "word"],
    ["option", { volume: 1, stages: { paved: 1 } }, "stages"],
    ["large", { volume: 1, stages: { cleared: 101 } }, "stages"],
    ["unknown", { volume: 1, colour: "红" }, "colour"],
  ] as const)("AS-1: %s: %j is told at its field", (problem, values, at) => {
    expect(checkFields(kind, values)).toEqual([{ field: at, problem }]);
  });

  test("AS-1: every row of the product's table is a row, and no two kinds or fields share a code", () => {
    const { kinds } = read<{ kinds: unknown[] }>("defaults/asset-kinds.json");
    const rows = kinds.map((row) => assetKindSchema.parse(row));
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    for (const row of rows) {
      expect(new Set(row.fields.map(({ code }) => code)).size, row.code).toBe(row.fields.length);
      if (row.total) expect(row.fields.find(({ code }) => code === row.total)?.type, row.code).toBe("number");
      for (const one of row.fields) if (one.pattern) expect(() => new RegExp(one.pattern ?? "", "u")).not.toThrow();
    }
  });

  test("every kind of the domain is in the table", () => {
    const { kinds } = read<{ kinds: { code: string; geometry: string }[] }>("defaults/asset-kinds.json");
    const named =
      "camera voice_pole water_tank pond hydrant watch_tower fire_road fire_break waterlogging_point water_gauge smoke_sensor gas_sensor geohazard_point shelter depot hospital school nine_small_place high_voltage_line river_access team_post duty_room grid community";
    expect(kinds.map(({ code }) => code)).toEqual(expect.arrayContaining(named.split(" ")));
  });
});

describe("an asset as an op", () => {
  const facts: AssetFacts = {
    kind: "water_tank",
    name: "防火水箱 59",
    lng: 105.87,
    lat: 29.45,
    geometry: null,
    grid: "粽粑社区第一网格",
    fields: { volumeM3: 10 },
    sample: false,
  };
  const put = (was: AssetFacts | null, next: AssetFacts) =>
    opOf("asset.put", { id: "a1", was, facts: next, kindName: "防火水箱" });

  test("AS-2: entered, moved, changed: each with its line; whoever saw something else overwrites nothing", () => {
    const entered = applyOp(put(null, facts), undefined, "operator");
    if (!entered.ok) throw new Error(entered.error.id);
    expect(entered.value).toMatchObject({
      state: { id: "a1", facts, was: null },
      log: { kind: "asset", text: { zh: "登记防火水箱：防火水箱 59" } },
    });
    const state = entered.value.state as KeptAsset;
    const moved = { ...facts, lng: 105.871 };
    expect(applyOp(put(facts, moved), state, "leader")).toMatchObject({
      ok: true,
      value: { log: { text: { zh: "移动防火水箱：防火水箱 59" } } },
    });
    // The same facts in another order of their keys are the same facts.
    const turned = Object.fromEntries(Object.entries(facts).reverse()) as unknown as AssetFacts;
    expect(applyOp(put(turned, { ...facts, name: "水箱" }), state, "leader")).toMatchObject({ ok: true });
    expect(applyOp(put(null, facts), state, "leader")).toMatchObject({ error: { id: "asset.changed" } });
    expect(applyOp(put(moved, facts), state, "leader")).toMatchObject({ error: { id: "asset.changed" } });
    expect(applyOp(put(moved, facts), undefined, "leader"), "an end that never heard of it believes").toMatchObject({
      ok: true,
      value: { state: { facts, was: moved } },
    });
  });

  test("AS-3: taken away, what stood is kept, and the id can come back", () => {
    const gone = applyOp(
      opOf("asset.remove", { id: "a1", was: facts, kindName: "防火水箱" }),
      undefined,
      "shift_leader",
    );
    expect(gone).toMatchObject({
      ok: true,
      value: { state: { id: "a1", facts: null, was: facts }, log: { text: { zh: "注销防火水箱：防火水箱 59" } } },
    });
    if (!gone.ok) throw new Error();
    const state = gone.value.state as KeptAsset;
    expect(applyOp(put(null, facts), state, "operator")).toMatchObject({ ok: true, value: { state: { facts } } });
    for (const grade of grades)
      expect(judgeAsset(state, { id: "a1", was: null, facts }, { at, by: "x", grade }).ok, grade).toBe(true);
  });

  test("AS-2: a drawing with too many corners, or of one point, is refused", () => {
    const line = (count: number) => ({
      ...facts,
      geometry: {
        type: "LineString" as const,
        coordinates: Array.from({ length: count }, (_, i) => [105 + i / 1e4, 29] as const),
      },
    });
    expect(applyOp(put(null, line(2) as AssetFacts), undefined, "operator")).toMatchObject({ ok: true });
    for (const count of [1, 2001])
      expect(applyOp(put(null, line(count) as AssetFacts), undefined, "operator")).toMatchObject({
        error: { id: "input.invalid" },
      });
  });
});
