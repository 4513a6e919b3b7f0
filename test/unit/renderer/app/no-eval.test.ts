import "#renderer/app/no-eval.ts";
import { expect, test } from "vitest";

test("zod, whenever it comes, finds that the pages let nothing be compiled", async () => {
  const { config } = await import("zod");
  expect(config().jitless).toBe(true);
});
