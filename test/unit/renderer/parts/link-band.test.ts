import { beforeAll, expect, test } from "vitest";
import { linkSpans, linkSumText } from "#renderer/parts/index.ts";
import { sayId, setLanguage } from "#renderer/text/text.ts";

const at = Date.UTC(2026, 10, 21, 6, 3);
const hour = 3_600_000;
beforeAll(() => setLanguage("zh"));

/** Stretches one after the other, each an hour longer than the one before. */
const spansOf = (...reasons: (string | null)[]) =>
  reasons.map((reasonId, index) => {
    const fromAt = at + (hour * index * (index + 1)) / 2;
    return { fromAt, toAt: fromAt + hour * (index + 1), up: reasonId === null, reasonId: reasonId ?? "" };
  });
const sum = (...reasons: (string | null)[]) => linkSumText(sayId, spansOf(...reasons));

test("PR-32: the past of the link tells a district that was busy from a line that was cut, in words and in the picture", () => {
  const spans = spansOf(null, "link.busy", "link.unreachable");
  expect(linkSpans(sayId, spans).map(({ look, about }) => `${look} ${about}`)).toEqual([
    "up 11月21日 周六 14:03 连通 1小时",
    "busy 11月21日 周六 15:03 中心忙 2小时",
    "down 11月21日 周六 17:03 断开 3小时",
  ]);
  expect(linkSumText(sayId, spans)).toBe("近 24 小时连通 1小时，中心忙 2小时，断开 3小时");
});

test("what did not happen is not said, but that the line was never cut", async () => {
  expect(sum(null)).toBe("近 24 小时连通 1小时，没有断开");
  expect(sum(null, "link.unreachable")).toBe("近 24 小时连通 1小时，断开 2小时");
  expect(sum(null, "link.busy")).toBe("近 24 小时连通 1小时，中心忙 2小时，没有断开");
  expect(sum("link.unreachable")).toBe("近 24 小时断开 1小时");
  expect(sum("")).toBe("近 24 小时断开 1小时");
  expect(sum()).toBe("近 24 小时没有连接记录。");
  await setLanguage("en");
  expect(sum(null, "link.busy", "link.foreign")).toBe("In the last 24 h: up 1 h, busy 2 h, down 3 h");
  await setLanguage("zh");
});
