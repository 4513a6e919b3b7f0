import { beforeAll, expect, test } from "vitest";
import { inOrder } from "#renderer/features/queue/ActionBar.tsx";
import { matchesWords } from "#renderer/features/queue/match-words.ts";
import { sentenceOf } from "#renderer/features/queue/Timeline.tsx";
import { bringInitials } from "#renderer/parts/initials.ts";
import { markedAt } from "#renderer/parts/marked.tsx";
import { shortNumber } from "#renderer/text/format.ts";
import { type EventState, eventStates } from "#shared/domain/duty-event/event.ts";
import { actionsFrom, transitionOf } from "#shared/domain/duty-event/transitions.ts";

beforeAll(bringInitials);

test("names are found by characters, by pinyin and by initials", () => {
  for (const typed of ["应急", "yjgl", "yingji", "", " ", "管理"])
    expect(matchesWords(typed, "应急管理岗"), typed).toBe(true);
  for (const typed of ["消防", "glyj", "xyz"]) expect(matchesWords(typed, "应急管理岗"), typed).toBe(false);
  expect(matchesWords("积水", "暴雨", ["内涝", "积水"])).toBe(true);
});

test("what was searched is marked by characters, by initials, and nowhere else", () => {
  const marked = (text: string, search: string | undefined) =>
    [...markedAt(text, search)].map((at) => text[at]).join("");
  expect(marked("中山路路灯整排不亮", "路灯")).toBe("路灯");
  expect(marked("中山路路灯整排不亮", "zsl")).toBe("中山路");
  expect(marked("A003 井盖", "a003")).toBe("A003");
  expect(marked("井盖松动", "路灯")).toBe("");
  expect(marked("井盖松动", undefined)).toBe("");
});

test("the step that moves an event on stands first in every state", () => {
  const first: Partial<Record<EventState, string>> = {
    reported: "accept",
    accepted: "assess",
    assessed: "assign",
    assigned: "acknowledge",
    handling: "feedback",
    whistled: "feedback",
    fed_back: "verify",
    verified: "close",
    closed: "rate",
    merged: "unmerge",
  };
  for (const state of eventStates) {
    const actions = inOrder(actionsFrom(state, "leader"), { state });
    expect(actions[0], state).toBe(first[state]);
    const graves = actions.map((action) => transitionOf(action).tone === "grave");
    expect(graves, state).toEqual(graves.toSorted());
  }
});

test("a sentence does not say its action twice", () => {
  expect(sentenceOf("研判：平安法治", "研判")).toBe("平安法治");
  expect(sentenceOf("受理。", "受理")).toBe("");
  expect(sentenceOf("接报：积水", "上报")).toBe("接报：积水");
  expect(sentenceOf("值班记事", "")).toBe("值班记事");
  expect(sentenceOf("Assigned to the fire post", "Assign")).toBeUndefined();
});

test("within a list the year of a number is left out", () => {
  expect(shortNumber("20261121-A003")).toBe("1121-A003");
  expect(shortNumber("A003")).toBe("A003");
});
