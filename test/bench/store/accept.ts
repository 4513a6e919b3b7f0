import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { ms, times } from "./timing.ts";

/** Ids begin with their time: were all recorded at one instant, each would fall into the middle of its indexes, and pages of them split as they never do on duty. */
const stepMs = 1_000;

/** An accept (state, log line and op in one FULL transaction) and one fdatasync, turn by turn, so that both meet the same disk. */
export async function accepting(desk: TestDesk) {
  const reported: string[] = [];
  for (let one = 0; one < 200; one++) {
    desk.clock.now += stepMs;
    reported.push((await desk.get("event.report", { text: `第${one}号井盖松动` })).event.id);
  }
  desk.beat();
  desk.beat();
  const plain = openSync(join(desk.profileDir, "fdatasync"), "w");
  const block = Buffer.alloc(4096, 1);
  const acceptMs: number[] = [];
  const syncMs: number[] = [];
  for (const id of reported) {
    desk.clock.now += stepMs;
    acceptMs.push(...(await times(1, () => desk.get("event.transition", { id, action: "accept" }))));
    syncMs.push(
      ms(() => {
        writeSync(plain, block);
        fdatasyncSync(plain);
      }),
    );
  }
  closeSync(plain);
  return { acceptMs, syncMs };
}
