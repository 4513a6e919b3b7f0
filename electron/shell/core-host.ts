import { MessageChannelMain, type WebContents } from "electron";
import { type Child, startChild } from "./child.ts";
import { type CoreValues, portChannel } from "./messages.ts";

/** Waits between starts of a core that keeps ending; after the last one a person is asked. */
const restartWaitsMs = [100, 500, 1_000, 3_000, 5_000];
/** A core that lived this long was sound: the next fault begins the waits anew. */
const soundAfterMs = 60_000;
const closeLimitMs = 5_000;

export interface CoreHostOptions {
  /** Path of `core.mjs`. */
  readonly file: string;
  readonly values: () => Promise<CoreValues>;
  readonly startSampleDistrict: () => Promise<string>;
  readonly log: (line: string) => void;
  /** The core has ended again and again. True: try once more. */
  readonly askToGoOn: () => Promise<boolean>;
}

/** Keeps one core process alive and brings every page its own port to it. */
export interface CoreHost {
  /** Gives the page a port now, and a fresh one whenever the core had to be started again. */
  connect(page: WebContents): void;
  /** Lets the core finish its last transaction and end. */
  close(): Promise<void>;
}

export function hostCore(options: CoreHostOptions): CoreHost {
  const pages = new Set<WebContents>();
  let child: Child | undefined;
  let failures = 0;
  let lastPort = 0;
  let closing = false;

  function bring(page: WebContents): void {
    if (!child || page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.connect(++lastPort, port1);
    page.mainFrame.postMessage(portChannel, null, [port2]);
  }

  async function start(): Promise<void> {
    const values = await options.values();
    if (closing) return;
    const started = performance.now();
    const fresh = startChild("zhishou-core", options.file);
    child = fresh;
    fresh.onOutput((text) => options.log(`core says: ${text.trimEnd()}`));
    fresh.onMessage((message) => {
      if (message.kind === "log") options.log(message.line);
      else if (message.kind === "need") void answerNeed(fresh, message.id);
    });
    fresh.onExit((code) => {
      if (child !== fresh) return;
      child = undefined;
      if (closing) return;
      options.log(`core ended with code ${code}`);
      if (performance.now() - started > soundAfterMs) failures = 0;
      for (const page of pages) if (!page.isDestroyed()) page.mainFrame.postMessage(portChannel, null);
      void startAgain();
    });
    fresh.send({ kind: "init", values });
    for (const page of pages) bring(page);
  }

  async function startAgain(): Promise<void> {
    const wait = restartWaitsMs[failures];
    failures += 1;
    if (wait === undefined) {
      if (!(await options.askToGoOn())) return;
      failures = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, wait ?? 0));
    if (!closing) await start();
  }

  async function answerNeed(asking: Child, id: number): Promise<void> {
    const answer = await options.startSampleDistrict().then(
      (value) => ({ value }),
      (error: unknown) => ({ error: String(error) }),
    );
    asking.send({ kind: "answer", id, ...answer });
  }

  void start();
  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page);
        page.once("destroyed", () => pages.delete(page));
      }
      bring(page);
    },
    close() {
      closing = true;
      const ending = child;
      if (!ending) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = setTimeout(() => {
          ending.kill();
          resolve();
        }, closeLimitMs);
        ending.onExit(() => {
          clearTimeout(limit);
          resolve();
        });
        ending.send({ kind: "end" });
      });
    },
  };
}
