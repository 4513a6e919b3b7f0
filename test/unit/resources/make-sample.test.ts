import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeSample } from "../../../tools/make-sample.ts";
import { resources } from "./read.ts";

it("the generator draws the committed files, byte for byte", () => {
  const files = makeSample();
  expect(files.size).toBe(12);
  for (const [path, text] of files) {
    expect(readFileSync(join(resources, path), "utf8") === text, `run node tools/make-sample.ts: ${path}`).toBe(true);
  }
}, 60_000);
