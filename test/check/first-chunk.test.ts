import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin, parseSync } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedIsPure, startsWithoutSchemas, withoutAnswers } from "../../tools/first-chunk.ts";

/*
 * No start of the pages waits for zod: what `shared` makes of schemas beside a name that a screen shows is left out of the build, and
 * a build in which the first screens wait for one fails.
 */

const zod = join(import.meta.dirname, "../../node_modules/zod/index.js");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zhishou-first-chunk-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = `
  import { z } from ${JSON.stringify(zod)};
  const instant = z.number().int();
  export const names = Object.freeze(["a", "b"]);
  export const schema = z.strictObject({ name: z.enum(names).nullable(), at: instant.default(0) }).refine(({ at }) => at > 1);
  export const more = schema.shape, again = [schema, ...[instant]];`;

/** The first chunk's code of an entry over a module of names and schemas. */
async function firstChunk(entry: string, plugins: Plugin[]): Promise<string> {
  const files: Readonly<Record<string, string>> = {
    "/shared/names.ts": names,
    "/shared/entry.js": entry,
    "/shared/form.js": `import { schema } from "/shared/names.ts"; export const check = (given) => schema.safeParse(given);`,
    "/shared/alone.ts": `import { z } from ${JSON.stringify(zod)}; export const alone = z.string();`,
    "/shared/alone-form.js": `import { alone } from "/shared/alone.ts"; export const check = (given) => alone.safeParse(given);`,
  };
  writeFileSync(join(folder, "package.json"), "{}");
  const made = await build({
    configFile: false,
    root: folder,
    logLevel: "silent",
    plugins: [
      {
        name: "files",
        resolveId: (id) => (Object.hasOwn(files, id) ? id : undefined),
        load: (id) => files[id],
      },
      ...plugins,
    ],
    build: { write: false, minify: false, rolldownOptions: { input: "/shared/entry.js" } },
  });
  const { output } = made as { output: { type: string; isEntry?: boolean; code?: string }[] };
  return output.find(({ isEntry }) => isEntry)?.code ?? "";
}

const onlyNames = `import { names } from "/shared/names.ts"; console.log(names);`;

test("a name brings no schema that stands beside it", async () => {
  const code = await firstChunk(onlyNames, [sharedIsPure(), startsWithoutSchemas()]);
  expect(code).toContain('"a", "b"');
  expect(code).not.toContain("strictObject");
  expect(code.length).toBeLessThan(2_000);
});

test("without the word that shared is pure, the build fails", async () => {
  await expect(firstChunk(onlyNames, [startsWithoutSchemas()])).rejects.toThrow(/start with zod/);
});

test("a schema that the first screens use fails the build, one that comes later does not", async () => {
  const plugins = [sharedIsPure(), startsWithoutSchemas()];
  const now = `import { schema } from "/shared/names.ts"; console.log(schema.safeParse(1));`;
  await expect(firstChunk(now, plugins)).rejects.toThrow(/start with zod/);
  const beside = `${onlyNames} void import("/shared/form.js").then(({ check }) => console.log(check(1)));`;
  await expect(firstChunk(beside, plugins), "a module is in one chunk").rejects.toThrow(/start with zod/);
  const later = `${onlyNames} void import("/shared/alone-form.js").then(({ check }) => console.log(check(1)));`;
  expect(await firstChunk(later, plugins)).not.toContain("safeParse");
});

test("a row of the contract keeps what it takes and loses what it answers", () => {
  const row = `export const calls = { a: query("officer", "About.", z.object({ id }), z.object({ rows: z.array(row) })), b: command("open", "B", none, done, leaders), c: other(1, 2, 3, 4) };`;
  expect(withoutAnswers(row, (text) => parseSync("row.js", text).program)).toBe(
    `export const calls = { a: query("officer", "About.", z.object({ id }), undefined), b: command("open", "B", none, undefined, leaders), c: other(1, 2, 3, 4) };`,
  );
});
