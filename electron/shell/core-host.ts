import { MessageChannelMain, type WebContents } from "electron";
import { type KeepOptions, keepCore } from "../host/keep-core.ts";
import { portChannel } from "../host/messages.ts";
import { type ShellChild, startChild } from "./child.ts";

export interface CoreHostOptions extends Omit<KeepOptions, "start" | "onStart" | "onEnd"> {
  /** Path of `core.mjs`. */
  readonly file: string;
  /** Folder in which the core may keep its compiled code. */
  readonly codeDir: string;
}

/** Keeps one core process alive and brings every page its own port to it. */
export interface CoreHost {
  /** Gives the page a port now, and a fresh one whenever the core had to be started again. */
  connect(page: WebContents): void;
  close(): Promise<void>;
}

export function hostCore({ file, codeDir, ...options }: CoreHostOptions): CoreHost {
  const pages = new Set<WebContents>();
  let child: ShellChild | undefined;
  let lastPort = 0;

  function bring(page: WebContents): void {
    if (!child || page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.connect(++lastPort, port1);
    page.mainFrame.postMessage(portChannel, null, [port2]);
  }

  const keeper = keepCore({
    ...options,
    start: () => {
      child = startChild("zhishou-core", file, [`--code=${codeDir}`]);
      return child;
    },
    onStart: () => {
      for (const page of pages) bring(page);
    },
    onEnd: () => {
      child = undefined;
      for (const page of pages) if (!page.isDestroyed()) page.mainFrame.postMessage(portChannel, null);
    },
  });
  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page);
        page.once("destroyed", () => pages.delete(page));
      }
      bring(page);
    },
    close: () => keeper.close(),
  };
}
