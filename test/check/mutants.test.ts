import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutants } from "../../tools/mutants/list.ts";
import { project } from "./tree.ts";

/** `npm run test:mutants` takes a while; that a bug has lost its place is told at once. */
test("every bug to plant has its one place in the code of today, and the suite that is to find it", () => {
  const lost = mutants.flatMap(({ name, file, find, put, test: suite }) => [
    ...(find !== put && readFileSync(join(project, file), "utf8").split(find).length === 2 ? [] : [`${name}: ${file}`]),
    ...(existsSync(join(project, suite)) ? [] : [`${name}: ${suite}`]),
  ]);
  expect(lost).toEqual([]);
  expect(mutants.length).toBeGreaterThanOrEqual(12);
});
