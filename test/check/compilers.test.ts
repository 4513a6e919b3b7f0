import { expect, test } from "vitest";
import { checkLint } from "../../tools/check/lint.ts";
import { checkTypes } from "../../tools/check/types.ts";
import { plant, told } from "./tree.ts";

test("types: shared knows neither page nor Node, the core knows no page, and a plain mistake is told with its line", async () => {
  const configs = ["tsconfig.json", "shared/tsconfig.json", "electron/tsconfig.json"];
  const files = {
    "shared/page.ts": "export const a = document.title;",
    "shared/node.ts": "export const a = process.pid;",
    "shared/wrong.ts": '\nexport const a: number = "one";',
    "shared/fine.ts": "export const a: number = 1;",
    "electron/core/page.ts": "export const a = document.title;",
    "electron/core/fine.ts": "export const a = process.pid;",
  };
  const problems = await checkTypes(plant(files, configs), ["shared/tsconfig.json", "electron/tsconfig.json"]);
  expect([...new Set(problems.map((problem) => problem.file))].toSorted()).toEqual([
    "electron/core/page.ts",
    "shared/node.ts",
    "shared/page.ts",
    "shared/wrong.ts",
  ]);
  expect(problems).toContainEqual(expect.objectContaining({ file: "shared/wrong.ts", line: 2, rule: "types TS2322" }));
});

test("lint: what is not formatted, not used or not ordered is told; what is in order is not", async () => {
  const files = {
    "shared/crooked.ts": "export   const a = 1",
    "shared/unused.ts": 'import { a } from "./crooked.ts";\n\nexport const b = 1;\n',
    "shared/fine.ts": "export const a = 1;\n",
    ".gitignore": "node_modules/\n",
  };
  const problems = told(await checkLint(plant(files, ["biome.json"])));
  expect(problems.filter((problem) => problem.includes("fine"))).toEqual([]);
  expect(problems).toContain("shared/crooked.ts format");
  expect(problems).toContain("shared/unused.ts lint/correctness/noUnusedImports");
});
