import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { seed } from "#test/seed.ts";

const root = join(import.meta.dirname, "../..");
const kept = join(root, ".cache/bench");

/** What seeded events are made from and written by: when one of these changes they are written anew. */
const sources = [
  "test/bench/data/events.ts",
  "electron/core/store/schema.sql",
  ...["event-index", "event-line", "event-words", "task-index", "words", "initials"].map(
    (name) => `electron/core/store/${name}.ts`,
  ),
];

/**
 * A folder that `make` fills once: writing years of events takes minutes. It is known by the seed, by `of` (the number of events
 * first) and by the code that writes it; what `bench` kept before of so many events goes.
 */
export async function keptFolder(
  bench: string,
  of: readonly unknown[],
  make: (folder: string) => Promise<void>,
  more: readonly string[] = [],
): Promise<string> {
  const made = createHash("sha256").update(JSON.stringify([seed, ...of]));
  for (const source of [...sources, ...more]) made.update(readFileSync(join(root, source)));
  const name = `${bench}-${of.join("-")}-${made.digest("hex").slice(0, 16)}`;
  const folder = join(kept, name);
  if (existsSync(folder)) return folder;
  console.log(`${bench}: writing into ${join(".cache/bench", name)}`);
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  await make(making);
  renameSync(making, folder);
  for (const other of readdirSync(kept))
    if (other.startsWith(`${bench}-${of[0]}-`) && other !== name)
      rmSync(join(kept, other), { recursive: true, force: true });
  return folder;
}
