import { expect, test } from "vitest";
import { checkTexts } from "../../tools/check/texts.ts";
import { plant, told } from "./tree.ts";

const errors = { "shared/errors.ts": 'export const errorKinds = { "event.unknown": "ask", bug: "stop" } as const;' };
const catalogue = (zh: Record<string, string>, en: Record<string, string>) => ({
  ...errors,
  "renderer/text/zh/errors.ts": 'export default { "error.event.unknown": "没有找到。", "error.bug": "出错了。" };',
  "renderer/text/en/errors.ts": 'export default { "error.event.unknown": "Not found.", "error.bug": "A fault." };',
  "renderer/text/zh/queue.ts": `export default ${JSON.stringify(zh)};`,
  "renderer/text/en/queue.ts": `export default ${JSON.stringify(en)};`,
});

test("two languages with the same keys and gaps have no problem", async () => {
  const files = catalogue({ "queue.title": "事件 {n}" }, { "queue.title": "Events {n}" });
  expect(await checkTexts(plant(files))).toEqual([]);
});

test("a key of one language only, an empty sentence and other gaps are told", async () => {
  const zh = { "queue.zh": "只有中文", "queue.empty": " ", "queue.gap": "共 {count} 件" };
  const en = { "queue.en": "English only", "queue.empty": "x", "queue.gap": "{total} in all" };
  const problems = await checkTexts(plant(catalogue(zh, en)));
  expect(told(problems)).toEqual([
    "renderer/text/en/queue.ts texts missing",
    "renderer/text/zh/queue.ts texts empty",
    "renderer/text/zh/queue.ts texts gaps",
    "renderer/text/zh/queue.ts texts missing",
  ]);
});

test("an error without a sentence is told", async () => {
  const files = {
    ...catalogue({}, {}),
    "renderer/text/zh/errors.ts": 'export default { "error.event.unknown": "没有找到。" };',
    "renderer/text/en/errors.ts": 'export default { "error.event.unknown": "Not found." };',
  };
  expect(await checkTexts(plant(files))).toMatchObject([
    { rule: "texts error", text: "the error bug has no sentence" },
  ]);
});
