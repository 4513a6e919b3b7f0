import { parentPort, workerData } from "node:worker_threads";
import { deskError } from "#shared/errors.ts";
import { LeftFile } from "./left-file.ts";
import { OpenImport, portionRows, type Task } from "./look.ts";
import type { FromReader, ToReader } from "./reader.ts";
import { SiftedFile } from "./sifted-file.ts";
import { brokenBy } from "./source.ts";

/**
 * The thread that reads an import: whatever a file does to its reader, a loop without end or a claim to all memory, it
 * does to this thread alone. Portions go out as they are asked for, so that nothing piles up before a busy desk.
 */
const port = parentPort;
const { task } = workerData as { task: Task };
let credit = 3;
let wake = () => {};

async function send(message: FromReader): Promise<void> {
  while (credit <= 0) await new Promise<void>((resolve) => (wake = resolve));
  credit--;
  port?.postMessage(message);
}

port?.on("message", (_more: ToReader) => {
  credit++;
  wake();
});

async function run(): Promise<void> {
  const open = await OpenImport.open(task);
  const percent = () => {
    const share = open.source.progress();
    return share === null ? null : Math.min(100, Math.floor(share * 100));
  };
  const aside = new SiftedFile(task.aside, portionRows);
  const left = new LeftFile(task.left);
  const look = await open.look(
    (good) => aside.add(good),
    (row) => left.add(row),
    (codes, read) => send({ kind: "codes", codes, read, percent: percent() }),
  );
  aside.close();
  left.close();
  await send({ kind: "look", look });
}

run()
  .catch((error: unknown) =>
    port?.postMessage({ kind: "failed", error: brokenBy(error).failure ?? deskError("bug") } satisfies FromReader),
  )
  .finally(() => port?.unref());
