import { expect, test } from "vitest";
import {
  actsAtOnce,
  criteriaOf,
  type Entered,
  prefill,
  propose,
  readDraft,
  scoresBy,
  toGiven,
  writeDraft,
} from "#renderer/features/queue/action-fields.ts";
import { problemsOf } from "#renderer/features/queue/action-problems.ts";
import type { Category } from "#shared/contract.ts";
import { type DutyEvent, laterFields } from "#shared/domain/duty-event/event.ts";
import { givenSchemas } from "#shared/domain/duty-event/given.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";

const lead = { kind: "post", name: "防汛抗旱岗" } as const;
const water: Category = {
  code: "waterlogging",
  name: "暴雨积水",
  board: "safety",
  keywords: ["积水"],
  limitMin: { critical: 10, urgent: 10, normal: 120 },
  lead,
  confidential: false,
  nameEn: "",
  level: "",
  relapseDays: 30,
  basis: "",
};
const street: Category = {
  ...water,
  code: "street",
  name: "市容环境",
  board: "livelihood",
  limitMin: { critical: 60, urgent: 240, normal: 1440 },
  lead: { kind: "post", name: "建设环保岗" },
};
const categories = [water, street];

const event: DutyEvent = {
  ...laterFields,
  id: "e1",
  number: "20261121-A001",
  state: "accepted",
  level: "urgent",
  category: "waterlogging",
  title: "积水",
  text: "积水",
  source: "phone",
  confidential: false,
  callerName: "",
  callerPhone: "",
  place: { text: "", point: null, community: "", grid: "" },
  board: null,
  lead: null,
  coHandlers: [],
  reportedAt: 0,
  reportedBy: "o1",
  limitMin: 10,
  dueAt: 600_000,
  whistle: null,
  result: "",
  closedAt: null,
  updatedAt: 0,
  sample: true,
};

test("EV-3: assessing opens with what the category proposes and needs nothing typed", () => {
  const entered = prefill("assess", event, categories);
  expect(entered).toMatchObject({ board: "safety", category: "waterlogging", level: "urgent", lead, limitMin: "10" });
  expect(problemsOf("assess", entered, event)).toEqual({});
  expect(givenSchemas.assess.safeParse(toGiven("assess", entered)).success).toBe(true);
});

test("EV-3: an event that was assessed before keeps what was said, limit too", () => {
  const said = {
    ...event,
    state: "assessed",
    board: "party",
    lead: { kind: "grid", name: "第一网格" },
    limitMin: 33,
  } as const;
  expect(prefill("assess", said, categories)).toMatchObject({ board: "party", lead: said.lead, limitMin: "33" });
});

test("another category or level proposes anew, but never over what a person set", () => {
  const entered = { ...prefill("assess", event, categories), category: "street", level: "normal" } as Entered;
  expect(propose(entered, new Set(["category"]), categories)).toMatchObject({
    board: "livelihood",
    lead: street.lead,
    limitMin: "1440",
  });
  const own = { ...entered, lead, limitMin: "45" };
  expect(propose(own, new Set(["lead", "limitMin"]), categories)).toMatchObject({ lead, limitMin: "45" });
});

test("EV-4: assigning without a lead anywhere is said at the lead", () => {
  expect(problemsOf("assign", prefill("assign", event, categories), event)).toEqual({ lead: "required" });
  const led = { ...event, lead };
  expect(problemsOf("assign", prefill("assign", led, categories), led)).toEqual({});
});

test("EV-6, EV-8, EV-10…EV-13: every required field is named when it is missing", () => {
  for (const action of eventActions) {
    const blank = {
      ...prefill(action, event, []),
      board: "",
      category: "",
      level: "",
      lead: null,
      linkKind: "",
    } as Entered;
    const missing = Object.entries(problemsOf(action, blank, { lead }))
      .filter(([, problem]) => problem === "required")
      .map(([name]) => name);
    const required = transitionOf(action).fields.filter((field) => field.required);
    expect(missing.toSorted(), action).toEqual(required.map(({ name }) => name as string).toSorted());
  }
});

test("a text over its length and minutes that are none are two different problems", () => {
  const entered = prefill("assess", event, categories);
  for (const limitMin of ["0", "-5", "1.5", "十", "1e99"])
    expect(problemsOf("assess", { ...entered, limitMin }, event), limitMin).toEqual({ limitMin: "not_minutes" });
  const long = { ...entered, reason: "长".repeat(501) };
  expect(problemsOf("return", long, event)).toEqual({ reason: "too_long" });
  expect(problemsOf("return", { ...long, reason: " ".repeat(501) }, event)).toEqual({ reason: "required" });
});

test("blank fields are not sent, and texts are sent without their edges", () => {
  const entered = { ...prefill("acknowledge", event, []), party: "  第三中队 ", via: "   " };
  expect(toGiven("acknowledge", entered)).toEqual({ party: "第三中队" });
});

test("one key is enough for the usual steps only when nothing has to be given; never for a grave one", () => {
  const led = { ...event, lead };
  const atOnce = eventActions.filter((action) => action !== "report" && actsAtOnce(action, led));
  expect(atOnce).toEqual(["accept", "assign", "acknowledge", "verify", "unmerge", "grant", "resume"]);
  expect(actsAtOnce("assign", event)).toBe(false);
});

test("a kept draft comes back over the form; what cannot be read is left aside", () => {
  const fresh = prefill("assess", event, categories);
  const typed = { ...fresh, lead: null, limitMin: "7" };
  expect(readDraft(writeDraft(typed, new Set(["limitMin"])), fresh)).toEqual({
    entered: typed,
    touched: new Set(["limitMin"]),
  });
  for (const broken of [null, "", "{", "null", "[]", '"x"', '{"entered":null}'])
    expect(readDraft(broken, fresh), String(broken)).toBeNull();
});

test("WH-5: what is scored by is the rule table as it stands; points given before go by it, and more than an event holds is not asked", () => {
  const row = (code: string, most: number) => ({ code, name: "一".repeat(25), nameEn: "", most, about: "" });
  const rows = Array.from({ length: 14 }, (_, at) => row(`c${at}`, 40));
  const criteria = criteriaOf({ criteria: { label: "", rows } });
  expect(criteria).toHaveLength(12);
  const old = [
    { code: "gone", name: "没有了", points: 3, most: 5 },
    { code: "c1", name: "旧名", points: 4, most: 5 },
  ];
  expect(scoresBy(criteria, old)).toEqual([{ code: "c1", name: "一".repeat(20), points: 4, most: 40 }]);
});

test("WH-5: who scores gives every criterion its points, none above its most; the desk does not make 9 a 5", () => {
  const criteria = ["timeliness", "quality"].map((code) => ({ code, name: code, nameEn: "", about: "", most: 5 }));
  const scored = (...points: number[]) => ({
    ...prefill("rate", event, categories),
    scores: points.map((given, at) => ({ code: criteria[at]?.code ?? "", name: "n", points: given, most: 5 })),
  });
  const wrong = (...points: number[]) => problemsOf("rate", scored(...points), event, criteria);
  expect(wrong()).toEqual({ scores: "points" });
  expect(wrong(5)).toEqual({ scores: "points" });
  expect(wrong(9, 5)).toEqual({ scores: "points" });
  expect(wrong(0, 5)).toEqual({});
});

test("BO-6: the only link that a person set is the one that is taken off", () => {
  const link = { eventId: "e2", number: "20261123-A002", kind: "related", text: "", at: 0, by: "o1" } as const;
  const origin = { ...link, eventId: "e1", number: "20261123-A001", kind: "split_from" } as const;
  const linked = (...links: DutyEvent["links"]) => prefill("unlink", { ...event, links }, categories).other;
  expect(linked(origin, link)).toEqual({ eventId: "e2", number: "20261123-A002" });
  expect(linked(origin)).toBeNull();
  expect(linked(link, { ...link, eventId: "e3" })).toBeNull();
});
