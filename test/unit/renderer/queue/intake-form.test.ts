import { expect, test } from "vitest";
import {
  emptyIntake,
  gridsOf,
  type Intake,
  isBlank,
  joinKept,
  problemOfIntake,
  readIntake,
  secrecyOf,
  toReport,
  withCover,
  withPrefill,
  withProposal,
  withStandingCategory,
  withThought,
} from "#renderer/features/queue/intake-form.ts";
import { type Category, reportInputSchema, type Thought } from "#shared/contract.ts";

const minor: Category = {
  code: "minor",
  name: "未成年人",
  board: "safety",
  keywords: ["孩子"],
  limitMin: { critical: 10, urgent: 30, normal: 60 },
  lead: { kind: "joint_post", name: "公安联勤岗" },
  confidential: true,
  nameEn: "",
  level: "",
  relapseDays: 30,
  basis: "",
};
const cover = { community: "星光社区", grid: "第二网格", head: "甲", worker: "乙", phone: "1" };
const typed = (more: Partial<Intake>): Intake => ({ ...emptyIntake, ...more });

test("a proposal fills what nobody set, takes itself back, and leaves a person's choice alone", () => {
  const proposed = withProposal(typed({ text: "孩子走失" }), minor);
  expect(proposed).toMatchObject({ category: "minor" });
  expect(withProposal(proposed, null)).toMatchObject({ category: "" });
  const chosen = typed({ category: "street", own: ["category"] });
  expect(withProposal(chosen, minor)).toBe(chosen);
});

test("IN-8: a confidential category is confidential whatever is ticked; words that speak for one beside the category that was taken say so", () => {
  const river: Category = { ...minor, code: "river", confidential: false };
  const rows = [river, minor];
  const words = [
    { code: "river", words: ["水库边", "落水"] },
    { code: "minor", words: ["女孩"] },
  ];
  expect(secrecyOf(typed({ category: "minor" }), words, rows)).toEqual({ by: minor, hint: undefined });
  expect(secrecyOf(typed({ category: "river" }), words, rows)).toEqual({
    by: undefined,
    hint: { category: minor, words: ["女孩"] },
  });
  expect(secrecyOf(typed({ category: "river", confidential: true }), words, rows).hint).toBeUndefined();
  expect(secrecyOf(typed({ category: "river" }), words.slice(0, 1), rows).hint).toBeUndefined();
});

test("IN-9: a chosen category that the table no longer has is none, and is named; one that stands, and no word else, is left alone", () => {
  const chosen = typed({ text: "进水", title: "车库", category: "street", own: ["level", "category"] });
  expect(withStandingCategory(chosen, [minor])).toEqual({
    ...chosen,
    category: "",
    lostCategory: "street",
    own: ["level"],
  });
  expect(withStandingCategory(typed({ category: "street" }), [minor])).toEqual(typed({}));
  const standing = typed({ category: "minor", own: ["category"] });
  expect(withStandingCategory(standing, [minor])).toBe(standing);
});

test("a point names its grid unless a person has named one", () => {
  expect(withCover(emptyIntake, cover)).toMatchObject({ community: "星光社区", grid: "第二网格" });
  const chosen = typed({ community: "别处", grid: "第九网格", own: ["grid"] });
  expect(withCover(chosen, cover)).toBe(chosen);
  expect(withCover(emptyIntake, null)).toBe(emptyIntake);
});

test("words of a call and a point of the map are laid over the draft without losing a word", () => {
  const kept = typed({ text: "先说的", callerName: "张" });
  expect(withPrefill(kept, { text: "后说的", callerPhone: "1", point: { lng: 1, lat: 2 } })).toMatchObject({
    text: "先说的\n后说的",
    callerName: "张",
    callerPhone: "1",
    point: { lng: 1, lat: 2 },
  });
  expect(withPrefill(kept, { text: "先说的", source: "nonsense" })).toMatchObject({ text: "先说的", source: "phone" });
});

test("what was typed before the draft could be read stands after it", () => {
  const kept = typed({ text: "昨夜的", level: "urgent", placeText: "桥头" });
  expect(joinKept(kept, typed({ text: "刚打的" }))).toMatchObject({
    text: "昨夜的\n刚打的",
    level: "urgent",
    placeText: "桥头",
  });
  expect(joinKept(kept, typed({ text: "昨夜的", level: "critical" }))).toMatchObject({
    text: "昨夜的",
    level: "critical",
  });
  // The first letter of a new call is also the first letter of the kept one: both stay.
  expect(joinKept(kept, typed({ text: "昨" })).text).toBe("昨夜的\n昨");
  const record = joinKept(typed({ text: "路上\n来电 13800000000\n催" }), typed({ text: "来电 13800000000" }));
  expect(record.text).toBe("路上\n来电 13800000000\n催");
  expect(joinKept(kept, emptyIntake)).toEqual(kept);
  expect(joinKept(emptyIntake, typed({ text: "刚打的" })).text).toBe("刚打的");
});

test("a draft that cannot be read is an empty form", () => {
  for (const broken of [null, "", "{", "null", "7"]) expect(isBlank(readIntake(broken)), String(broken)).toBe(true);
  expect(readIntake(JSON.stringify(typed({ text: "半句" }))).text).toBe("半句");
});

test("EV-1: what the form sends is what the contract takes", () => {
  expect(problemOfIntake(typed({ text: " \n" }))).toEqual({ field: "text", problem: "required" });
  expect(problemOfIntake(typed({ text: "长".repeat(4001) }))).toEqual({ field: "text", problem: "too_long" });
  const full = withCover(typed({ text: "积水", point: { lng: 105.9, lat: 29.3 }, callerName: " 李 " }), cover);
  expect(problemOfIntake(full)).toBeNull();
  expect(reportInputSchema.parse(toReport(full))).toMatchObject({
    callerName: "李",
    place: { community: "星光社区", grid: "第二网格", point: { lng: 105.9, lat: 29.3 } },
  });
});

test("grids are read from the areas of the map; anything else is no grid", () => {
  const grid = { properties: { level: "grid", name: "第一网格", communityName: "星光社区", headName: "甲" } };
  const areas = { features: [grid, { properties: { level: "community", name: "星光社区" } }, null, {}] };
  expect(gridsOf(areas)).toEqual([{ community: "星光社区", grid: "第一网格", head: "甲", worker: "" }]);
  for (const other of [null, undefined, 7, {}, { features: 1 }]) expect(gridsOf(other)).toEqual([]);
});

const thought = (more: Partial<Thought>): Thought => ({
  categories: [{ code: "minor", words: ["孩子"] }],
  level: "critical",
  named: null,
  cover: null,
  responsible: null,
  limitMin: null,
  caller: { rows: [], total: 0 },
  duplicates: [],
  relapses: [],
  ...more,
});

test("IN-1 IN-7: level and place are proposed until somebody sets them; a draft's raised level is never lowered", () => {
  const named = { community: "星光社区", grid: "" };
  expect(withThought(typed({}), thought({ named }), [minor])).toMatchObject({ level: "critical", ...named });
  expect(withThought(typed({ community: "旧" }), thought({}), [minor]).community).toBe("");
  const set = typed({ level: "normal", community: "别处", own: ["level", "grid"] });
  expect(withThought(set, thought({ named }), [minor])).toMatchObject({ level: "normal", community: "别处" });
  const raised = readIntake(JSON.stringify({ text: "落水", level: "urgent", own: [] }));
  expect(withThought(raised, thought({ level: "normal" }), [minor]).level).toBe("urgent");
});
