import { parseSync } from "vite";
import { expect, test } from "vitest";
import { whenAsked } from "../../tools/made-when-asked.ts";

/*
 * A start of the core makes the schemas that it asks for. What the build makes of a bundle for that does the same as the bundle, later.
 */

const parse = (code: string) => parseSync("chunk.js", code, { preserveParens: false }).program;

/** The same code is another module in each run. */
let runs = 0;

/** Runs chunks like modules, and tells what was made, in which order, and what the last one answers. */
async function ran(chunks: Readonly<Record<string, string>>): Promise<{ made: string[]; answer: unknown }> {
  const urls: Record<string, string> = {};
  const made: string[] = [];
  (globalThis as Record<string, unknown>).told = (name: string, value: unknown) => {
    made.push(name);
    return value;
  };
  let answer: unknown;
  runs++;
  for (const [file, code] of Object.entries(chunks)) {
    const linked = Object.entries(urls).reduce((text, [name, url]) => text.replaceAll(`"./${name}"`, `"${url}"`), code);
    urls[file] = `data:text/javascript,${encodeURIComponent(`${linked}//${runs}`)}`;
    answer = (await import(/* @vite-ignore */ urls[file])).answer?.();
  }
  return { made, answer };
}

const value = (name: string, made: string) => `var ${name} = /* @__PURE__ */ (() => told("${name}", ${made}))();\n`;

/** The same answer before and after, and what each of them made. */
async function both(chunks: Record<string, string>) {
  const before = await ran(chunks);
  const after = await ran(whenAsked(chunks, parse));
  expect(after.answer).toEqual(before.answer);
  return { before: before.made, after: after.made };
}

test("a value is made once, when it is asked for, and with it what it is made of", async () => {
  const chunk = `${value("part", "[1]")}${value("whole", "{ part, more: part }")}${value("unused", "0")}
    export const answer = () => [whole.part === whole.more, whole.part.length];`;
  expect(await both({ "a.mjs": chunk })).toEqual({ before: ["part", "whole", "unused"], after: ["part", "whole"] });
});

test("every way to mention a value asks for it", async () => {
  const chunk = `${value("Kind", "class { constructor(n) { this.n = n; } }")}${value("count", "(n) => n + 1")}${value("tag", "(s) => s[0]")}${value("key", '"k"')}${value("kinds", "{ of: { Kind: class { n = 4; } } }")}
    class Other extends Kind { Kind = 1; key() { return key; } }
    count: for (;;) break count;
    export const answer = () => {
      const { [key]: got, missing = count } = { k: 5 };
      return [new Kind(1).n, new kinds.of.Kind().n, new Other(2), new Other(3).key(), count(2), tag\`t\`, typeof count, got, missing === count, { count }.count(1), { key: 2 }.key, [...key]];
    };`;
  const { after } = await both({ "b.mjs": chunk });
  expect(after.sort()).toEqual(["Kind", "count", "key", "kinds", "tag"]);
});

test("a value whose name something else bears too is made at once, as before", async () => {
  const shadows = [
    "(row) => row",
    "({ row }) => row",
    "([, { a: row = 1 }]) => row",
    "(...row) => row",
    "() => { try { throw 1; } catch (row) { return row; } }",
    "function row() { return row; }",
    "() => { for (const row of []) return row; }",
  ];
  for (const shadow of shadows) {
    const chunk = `${value("row", "1")} export const answer = () => [row, String(${shadow})].length;`;
    expect((await both({ "c.mjs": chunk })).after, shadow).toEqual(["row"]);
  }
});

test("a value of another chunk is asked for there; under a name that stands for more, it is made at once", async () => {
  const given = `${value("one", "1")}${value("two", "2")}${value("three", "3")} export { one as a, two as b, three as c };`;
  const taking = `import { a as one$1, b, c } from "./given.mjs";
    export const answer = () => [one$1, ((b) => b)(7), b, c];
    export { c };`;
  expect((await both({ "given.mjs": given, "taking.mjs": taking })).after).toEqual(["two", "three", "one"]);
});

test("what is not marked as pure is left alone", async () => {
  const chunk = `var now = (() => told("now", 1))(); var block = /* @__PURE__ */ (() => { return told("block", 1); })(); export const answer = () => now;`;
  expect(whenAsked({ "e.mjs": chunk }, parse)["e.mjs"]).toBe(chunk);
});
