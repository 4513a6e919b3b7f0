import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Problem } from "./problem.ts";
import { evaluate } from "./run.ts";

const history = "shared/protocol/history.json";

interface Line {
  readonly version: number;
  readonly hash: string;
}

/** The messages of the wire are those of the newest line of their history: whoever changes one bumps the version. */
export async function checkWire(root: string): Promise<Problem[]> {
  if (!existsSync(join(root, history))) return [{ file: history, rule: "wire history", text: "is missing" }];
  const lines = JSON.parse(readFileSync(join(root, history), "utf8")) as Line[];
  const problems: Problem[] = [];
  const versions = lines.map((line) => line.version);
  if (versions.some((version, index) => version !== index + 1)) {
    problems.push({ file: history, rule: "wire history", text: `versions must count 1, 2, 3…; found ${versions}` });
  }
  if (new Set(lines.map((line) => line.hash)).size !== lines.length) {
    problems.push({ file: history, rule: "wire history", text: "two versions have the same hash" });
  }
  const now = await evaluate<Line>(
    root,
    `const { wireHash } = await import(${JSON.stringify(pathToFileURL(join(root, "tools/wire-hash.ts")).href)});
     const { protocolVersion } = await import(${JSON.stringify(pathToFileURL(join(root, "shared/protocol/messages.ts")).href)});
     console.log(JSON.stringify({ version: protocolVersion, hash: wireHash() }));`,
  );
  const newest = lines.at(-1);
  if (newest?.version !== now.version) {
    problems.push({
      file: history,
      rule: "wire version",
      text: `protocolVersion is ${now.version}, the newest line of the history is ${newest?.version ?? "missing"}`,
    });
  }
  if (newest?.hash !== now.hash) {
    problems.push({
      file: "shared/protocol/messages.ts",
      rule: "wire hash",
      text: `the messages hash to ${now.hash}, the history says ${newest?.hash ?? "nothing"}: bump protocolVersion and add a line to ${history}`,
    });
  }
  return problems;
}
