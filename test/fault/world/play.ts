import { parseArgs } from "node:util";
import { playWorld } from "./world.ts";

/** Plays schedules `from`, `from + step`, …: one line of JSON for each. With `--log`, what happened in them as well. */
const { values } = parseArgs({
  options: {
    from: { type: "string", default: "1" },
    count: { type: "string", default: "1" },
    step: { type: "string", default: "1" },
    log: { type: "boolean", default: false },
  },
});
const [from, count, step] = [Number(values.from), Number(values.count), Number(values.step)];
for (let index = 0; index < count; index++) {
  console.log(JSON.stringify(await playWorld(from + index * step, {}, values.log ? console.log : undefined)));
}
