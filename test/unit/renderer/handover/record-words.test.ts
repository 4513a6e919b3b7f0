import { afterAll, expect, test } from "vitest";
import { markWord, stepWord } from "#renderer/features/handover/record-words.ts";
import { setLanguage } from "#renderer/text/text.ts";

afterAll(() => setLanguage("zh"));

test("the fixed words of a record speak the language of the page; what people wrote stays as it is", async () => {
  await setLanguage("en");
  expect([stepWord("受理"), markWord("批示"), markWord("请示"), markWord("首报"), markWord("维修中")]).toEqual([
    "Accept",
    "Instruction",
    "Request",
    "First report",
    "In repair",
  ]);
  expect(markWord("某单位")).toBe("某单位");
  await setLanguage("zh");
  expect([stepWord("受理"), markWord("批示")]).toEqual(["受理", "批示"]);
});
