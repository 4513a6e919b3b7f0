/** What is measured inside the page: plain functions that the browser runs; they see nothing of this file. */

/** From the click on the usual step to the changed row on screen, ms; then on to the next event of the list. */
export async function acceptOne(): Promise<number> {
  const until = async <T>(find: () => T | null | undefined | false): Promise<T> => {
    for (let tries = 0; tries < 600; tries++) {
      const found = find();
      if (found) return found;
      await new Promise(requestAnimationFrame);
    }
    throw new Error("nothing came");
  };
  const list = await until(() => document.querySelector<HTMLElement>(".queue .rows-frame"));
  const button = await until(() =>
    document.querySelector<HTMLButtonElement>(
      '.detail[aria-busy="false"] .actions button[aria-keyshortcuts="a"]:not([disabled])',
    ),
  );
  const stateOf = () => list.querySelector(".row.is-selected .at-state")?.textContent ?? "";
  await until(() => stateOf().includes("待受理"));
  const from = performance.now();
  button.click();
  await until(() => stateOf().includes("待研判"));
  const taken = performance.now() - from;
  list.focus();
  list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  return taken;
}

/** Begins to note how long each typed key waits until the frame that shows it. */
export function noteKeys(): void {
  const waits: number[] = [];
  (window as unknown as { waits: number[] }).waits = waits;
  document.addEventListener("input", (event) => {
    const { timeStamp } = event;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => waits.push(performance.now() - timeStamp);
      channel.port2.postMessage(0);
    });
  });
}

/** Lets `count` events arrive within `spanMs`, evenly. */
export async function letArrive({ count, spanMs }: { count: number; spanMs: number }): Promise<number> {
  const { desk } = window as unknown as { desk: { call(name: string, input: unknown): Promise<string> } };
  const from = performance.now();
  let went = 0;
  const asked: Promise<void>[] = [];
  for (let n = 0; n < count; n++) {
    const due = from + (n * spanMs) / count;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(
      desk.call("event.report", { text: `第${n}号网格上报：井盖松动`, source: "grid_worker" }).then((sent) => {
        if ((JSON.parse(sent) as { ok: boolean }).ok) went++;
      }),
    );
  }
  await Promise.all(asked);
  return went;
}

/** Scrolls the list from its head to its end in so many frames; the length of each, ms. */
export async function scrollThrough(frames: number): Promise<number[]> {
  const frame = document.querySelector<HTMLElement>(".queue .rows-frame");
  if (!frame) throw new Error("no list");
  const taken: number[] = [];
  const most = frame.scrollHeight - frame.clientHeight;
  let before = await new Promise<number>(requestAnimationFrame);
  for (let n = 1; n <= frames; n++) {
    frame.scrollTop = (most * n) / frames;
    const now = await new Promise<number>(requestAnimationFrame);
    taken.push(now - before);
    before = now;
  }
  return taken;
}

/** The same loop where nothing is to be drawn: what this machine can do. */
export async function scrollNothing(frames: number): Promise<number[]> {
  const taken: number[] = [];
  let before = await new Promise<number>(requestAnimationFrame);
  for (let n = 0; n < frames; n++) {
    const now = await new Promise<number>(requestAnimationFrame);
    taken.push(now - before);
    before = now;
  }
  return taken;
}
