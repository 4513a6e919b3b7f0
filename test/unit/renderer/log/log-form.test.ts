import { expect, test } from "vitest";
import { groupByDay } from "#renderer/features/log/group-by-day.ts";
import {
  correctionOf,
  isBlank,
  noWords,
  problemsOf,
  readWords,
  toEntry,
  type Words,
} from "#renderer/features/log/log-form.ts";
import { contract, type TimelineEntry } from "#shared/contract.ts";

const words = (more: Partial<Words>): Words => ({ ...noWords, ...more });
const entry = (more: Partial<TimelineEntry>): TimelineEntry => ({
  id: "l1",
  at: Date.parse("2026-11-21T15:59:00Z"),
  officerId: "o1",
  officerName: "甲",
  kind: "patrol",
  action: "",
  text: { zh: "水位 3.2 米", en: "水位 3.2 米" },
  eventId: null,
  corrects: null,
  callerName: "",
  callerPhone: "",
  unit: "",
  officers: [],
  assets: [],
  chainSeq: 7,
  erasedAt: null,
  corrections: [],
  sync: { state: "local" },
  ...more,
});

test("LG-1: a correction is a new entry that names the old one and begins with its words", () => {
  const correction = correctionOf(entry({ eventId: "e1" }), "水位 3.2 米");
  expect(correction).toMatchObject({ kind: "patrol", text: "水位 3.2 米", eventId: "e1", corrects: { id: "l1" } });
  const sent = contract["log.write"].input.parse(toEntry({ ...correction, text: "水位 2.3 米" }));
  expect(sent).toMatchObject({ corrects: "l1", text: "水位 2.3 米" });
});

test("LG-1: what was half-typed when a correction begins stands aside, and a correction that is begun is not begun anew", () => {
  const typed = words({ text: "写了一半" });
  const first = correctionOf(entry({}), "水位 3.2 米", typed);
  expect(first).toMatchObject({ corrects: { id: "l1" }, aside: typed });
  const begun = { ...first, text: "水位 2.3 米" };
  expect(correctionOf(entry({}), "水位 3.2 米", begun)).toBe(begun);
  expect(correctionOf(entry({ id: "l2" }), "另一条", begun).aside).toBe(begun);
  expect(correctionOf(entry({ id: "l2" }), "另一条", first).aside).toBe(typed);
  expect(correctionOf(entry({}), "水位 3.2 米", noWords).aside).toBeNull();
});

test("LG-1: a line that the desk wrote is corrected by a note with words of its own", () => {
  expect(correctionOf(entry({ kind: "roster" }), "值班表…")).toMatchObject({ kind: "note", text: "" });
});

test("caller, phone and unit belong to a call and to nothing else", () => {
  const called = words({ kind: "call", text: "停水", callerName: " 李 ", callerPhone: "1", unit: "水厂" });
  expect(toEntry(called)).toMatchObject({ callerName: "李", callerPhone: "1", unit: "水厂" });
  expect(toEntry({ ...called, kind: "note" })).not.toHaveProperty("callerName");
});

test("what is wrong is said by field", () => {
  expect(problemsOf(words({ text: "  " }))).toEqual({ text: "required" });
  expect(problemsOf(words({ text: "长".repeat(4001) }))).toEqual({ text: "too_long" });
  expect(problemsOf(words({ text: "记", eventText: "没有这件" }))).toEqual({ event: "no_event" });
  expect(problemsOf(words({ text: "记", eventText: "20261121-A001 积水", eventId: "e1" }))).toEqual({});
});

test("a draft that cannot be read is an empty form", () => {
  for (const broken of [null, "", "{", "null", "7"]) expect(isBlank(readWords(broken)), String(broken)).toBe(true);
  expect(readWords(JSON.stringify(words({ text: "半句" }))).text).toBe("半句");
});

test("entries stand under their duty day in the zone of the room", () => {
  const before = entry({ id: "a" });
  const after = entry({ id: "b", at: Date.parse("2026-11-21T16:01:00Z") });
  expect(groupByDay([after, before], 480).map((row) => (row.type === "day" ? row.on : row.key))).toEqual([
    "2026-11-22",
    "b",
    "2026-11-21",
    "a",
  ]);
  expect(groupByDay([after, before], 0).filter((row) => row.type === "day")).toHaveLength(1);
  expect(groupByDay([], 480)).toEqual([]);
});
