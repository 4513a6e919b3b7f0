import { beforeAll, describe, expect, test } from "vitest";
import { errorText, reasonText } from "#renderer/text/error-text.ts";
import {
  clockText,
  countText,
  dateText,
  durationText,
  dutyDayText,
  figureText,
  labelText,
  phoneText,
  setZone,
  titleText,
  whenText,
} from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { sayId, setLanguage } from "#renderer/text/text.ts";
import { sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import { deskError } from "#shared/errors.ts";

const at = Date.UTC(2026, 10, 21, 6, 3, 22);
const minute = 60_000;
const hour = 60 * minute;

beforeAll(() => setLanguage("zh"));

describe("time in words", () => {
  test("is the time of the duty room, whatever the PC believes", () => {
    expect(dateText(at)).toBe("11月21日 周六 14:03");
    expect(clockText(at)).toBe("14:03:22");
    setZone(0);
    expect(dateText(at)).toBe("11月21日 周六 06:03");
    setZone(480);
  });

  test("leaves the day away when it is today", () => {
    expect(whenText(at, at + hour)).toBe("14:03");
    expect(whenText(at - 15 * hour, at)).toBe("11月20日 周五 23:03");
    expect(dutyDayText("2026-11-21")).toBe("11月21日 周六");
  });

  test("says lengths to the minute and never less than it is", () => {
    expect(durationText(2 * hour + 5 * minute)).toBe("2小时5分");
    expect(durationText(-12 * minute)).toBe("12分");
    expect(durationText(30_000)).toBe("不到1分");
    expect(durationText(76 * hour)).toBe("3天4小时");
    expect(figureText(2 * hour + 47 * minute)).toBe("2:47");
    expect(figureText(-48_500)).toBe("48秒");
    expect(figureText(46 * hour)).toBe("46:00");
    expect(figureText(49 * hour)).toBe("2天");
  });

  test("speaks English when asked", async () => {
    await setLanguage("en");
    expect(dateText(at)).toBe("Sat 21 Nov 14:03");
    expect(durationText(2 * hour + 5 * minute)).toBe("2 h 5 min");
    await setLanguage("zh");
  });
});

test("gaps of a sentence take what is given, whatever it says itself", () => {
  expect(sayId("queue.at", { at: 5 })).toBe("第 5 条");
  expect(sayId("queue.at", { at: "{at} $t(queue.at)" })).toBe("第 {at} $t(queue.at) 条");
  expect(sayId("no.such.sentence", { at: 1 })).toBe("no.such.sentence");
});

test("phones are grouped as people read them", () => {
  expect(phoneText("13800138000")).toBe("138 0013 8000");
  expect(phoneText("02349831234")).toBe("023-4983 1234");
  expect(phoneText("内线 12")).toBe("内线 12");
});

describe("errors in words", () => {
  test("states and actions are said in the present language", async () => {
    const error = deskError("event.not_from_here", { action: "受理", state: "handling" });
    expect(errorText(error)).toContain("事件现在是“处置中”\uff0c不能“受理”");
    await setLanguage("en");
    expect(errorText(error)).toContain("now “In hand”, so “Accept”");
    await setLanguage("zh");
  });

  test("an unknown reason is still a sentence with its id", () => {
    expect(reasonText("link.of_tomorrow")).toContain("link.of_tomorrow");
  });
});

test("the badge of the link says the five states", () => {
  const word = (link: Parameters<typeof linkWords>[1]) => linkWords(sayId, link, at).word;
  expect(word({ state: "online", sinceAt: at })).toBe("已连通");
  expect(word({ state: "catching_up", sinceAt: at, done: 3, total: 12 })).toBe("追赶中 3/12");
  expect(word({ state: "offline", sinceAt: at - 12 * minute, reasonId: "link.unreachable", retryAt: at })).toBe(
    "断网 0:12",
  );
  // The network is there: somebody has answered that it is too much just now.
  expect(word({ state: "offline", sinceAt: at - 12 * minute, reasonId: "link.busy", retryAt: at })).toBe(
    "中心忙，未通 0:12",
  );
  expect(word({ state: "stopped", sinceAt: at, reasonId: "link.foreign" })).toBe("需处理");
  expect(word({ state: "unenrolled" })).toBe("未登记");
});

test("PR-32: a district that asks to wait leaves the badge connected; for long, it is news that says whom to ring", () => {
  const words = (agoMs: number) =>
    linkWords(sayId, { state: "online", sinceAt: 0, later: { sinceAt: at - agoMs, retryAt: at + 1_000 } }, at);
  expect(words(minute)).toMatchObject({ word: "已连通", tone: "calm", reason: expect.stringContaining("请稍后再传") });
  expect(words(12 * minute)).toMatchObject({ word: "已连通", tone: "watch", reason: expect.stringContaining("12") });
});

test("counts are written by thousands", () => {
  expect([0, 999, 1_000, 210_000, 1_234_567, -1_234].map(countText)).toEqual([
    "0",
    "999",
    "1,000",
    "210,000",
    "1,234,567",
    "-1,234",
  ]);
});

test("the label of a table is said in the tongue of the screen", async () => {
  expect(["默认", "区第3版"].map(labelText)).toEqual(["默认", "区第3版"]);
  await setLanguage("en");
  expect(["默认", "区第3版", "本街第12版", "试行"].map(labelText)).toEqual([
    "default",
    "district edition 3",
    "street edition 12",
    "试行",
  ]);
  await setLanguage("zh");
});

test("CF-1: a title that is not shown is said in the language of the screen, any other as it was written", async () => {
  const shown = () => [sealedTitle, "路口积水"].map(titleText);
  expect(shown()).toEqual(["涉密事件", "路口积水"]);
  await setLanguage("en");
  expect(shown()).toEqual(["Confidential event", "路口积水"]);
  await setLanguage("zh");
});
