import { existsSync } from "node:fs";
import { join } from "node:path";
import { typeRooms } from "../rooms.ts";
import type { Problem } from "./problem.ts";
import { run } from "./run.ts";

const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");

/** Every room is type-checked against the platform it may know (design rules 1–3, by the compiler). */
export async function checkTypes(root: string, rooms: readonly string[] = typeRooms): Promise<Problem[]> {
  const problems: Problem[] = [];
  const queue = rooms.filter((room) => existsSync(join(root, room)));
  // Two at a time, for two cores.
  const worker = async () => {
    for (let room = queue.shift(); room; room = queue.shift()) {
      // What was checked before is not checked again: a second run takes a sixth of the first.
      const known = join(root, ".cache/types", `${room.replaceAll("/", "-")}.tsbuildinfo`);
      // One checker each: several infer the types that they share anew, in twice the time of the two cores.
      const args = ["-p", room, "--pretty", "false", "--checkers", "1", "--incremental", "--tsBuildInfoFile", known];
      const ran = await run(process.execPath, [tsc, ...args], root);
      if (ran.code !== 0) problems.push(...read(room, `${ran.out}\n${ran.err}`));
    }
  };
  await Promise.all([worker(), worker()]);
  return unique(problems);
}

function read(room: string, output: string): Problem[] {
  const found = [...output.matchAll(/^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
    ([, file, line, rule, text]) => ({
      file: file ?? room,
      line: Number(line),
      rule: `types ${rule}`,
      text: text ?? "",
    }),
  );
  return found.length > 0 ? found : [{ file: room, rule: "types", text: output.trim().slice(0, 2000) }];
}

/** Two rooms may read the same file and find the same fault. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
