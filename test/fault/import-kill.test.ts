import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openTestDesk } from "../unit/core/desk.ts";

const rows = 30_000;
const lines = 100;

/** Runs an import in a process of its own and kills it when `now` says so. */
async function killedWhen(profileDir: string, now: (phase: string, done: number) => boolean): Promise<void> {
  const writer = spawn(
    process.execPath,
    [
      join(import.meta.dirname, "import-writer.ts"),
      profileDir,
      join(import.meta.dirname, "../../resources"),
      String(rows),
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise((resolve) => writer.once("exit", resolve));
  for await (const line of createInterface({ input: writer.stdout })) {
    const [phase = "", done = "0"] = line.split(" ");
    if (now(phase, Number(done))) writer.kill("SIGKILL");
  }
  await ended;
}

test.each([
  {
    name: "after the first rows",
    when: (phase: string, done: number) => phase === "taking" && done > 0,
    stands: false,
  },
  {
    name: "after half of them",
    when: (phase: string, done: number) => phase === "taking" && done > rows / 2,
    stands: false,
  },
  { name: "control: after its end", when: (phase: string) => phase === "done", stands: true },
])("IM-5: kill −9 in the middle of an import leaves all of it or nothing: $name", async ({ when, stands }) => {
  const profileDir = mkdtempSync(join(tmpdir(), "zhishou-kill-"));
  await killedWhen(profileDir, when);
  const desk = await openTestDesk({ profileDir });
  await desk.get("session.signIn", { pin: "2580" });
  const ours = async () =>
    (
      await desk.get("asset.viewport", {
        west: 105.79,
        south: 29.29,
        east: 105.93,
        north: 29.36,
        zoom: 17,
        kinds: ["hydrant"],
      })
    ).total;
  const seen = await ours();
  const { imports } = await desk.get("import.list");
  // A kill in the last moment may find the import whole: then it is whole, and the list says so.
  expect([0, rows]).toContain(seen);
  const { shapes } = await desk.get("asset.shapes", {
    west: 105.79,
    south: 29.2,
    east: 105.93,
    north: 29.5,
    kinds: ["fire_break"],
  });
  expect(shapes.filter(({ id }) => id.startsWith("KL-"))).toHaveLength(seen === rows ? lines : 0);
  if (stands) expect(seen).toBe(rows);
  expect(imports.map(({ taken }) => taken)).toEqual(seen === rows ? [rows + lines] : []);
  for (let i = 0; i < 500 && !stands && (await desk.call("asset.get", { id: "K-0" })).ok; i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const left = existsSync(join(profileDir, "incoming")) ? readdirSync(join(profileDir, "incoming")) : [];
  expect(left, "files of the killed run are swept").toEqual([]);
  await desk.close();
  rmSync(profileDir, { recursive: true });
});
