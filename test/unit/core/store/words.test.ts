import { expect, test } from "vitest";
import { wordsOf } from "#core/store/words.ts";

/** What a token is, said once more: one Han character, or a run of other letters and digits. */
const token = /\p{Script=Han}(?<=[\p{L}\p{N}])|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const tokensOf = (text: string) => text.normalize("NFKC").toLowerCase().match(token) ?? [];

test("words are the same tokens whatever sign stands between or within them", () => {
  const different: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += code < 0x3_0000 ? 1 : 97) {
    const sign = String.fromCodePoint(code);
    for (const text of [`路${sign}a1${sign}灯`, `A${sign}b`, sign])
      if (wordsOf(text) !== tokensOf(text).join(" ")) different.push(`${code.toString(16)}: ${wordsOf(text)}`);
  }
  expect(different).toEqual([]);
});

test("a long text after a short one, and a short one after it, keep their own words", () => {
  const long = "暴雨积水 20 厘米；".repeat(3_000);
  expect(wordsOf("路灯，A12")).toBe("路 灯 a12");
  expect(wordsOf(long)).toBe(tokensOf(long).join(" "));
  expect(wordsOf("路灯，A12")).toBe("路 灯 a12");
  expect(wordsOf("")).toBe("");
});
