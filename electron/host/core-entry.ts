import { enableCompileCache, flushCompileCache } from "node:module";

/** Long after the start, so that nobody waits for the disk. */
const keepAfterMs = 15_000;

/** Where the shell lets code be kept that was compiled once: half of what a start of the core takes. */
const folder = process.argv.find((one) => one.startsWith("--code="))?.slice("--code=".length);
if (folder) {
  enableCompileCache(folder);
  // A core that is killed has kept nothing at its end.
  setTimeout(flushCompileCache, keepAfterMs).unref();
}
await import("./core-process.ts");
