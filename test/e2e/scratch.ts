import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let made: string | undefined;

/** The folder of this process for all that its tests leave lying; it goes when the process ends, so that a desk can be started again on its own. */
export function scratch(): string {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), "zhishou-e2e-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  made = folder;
  return folder;
}
