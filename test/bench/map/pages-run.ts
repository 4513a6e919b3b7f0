import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumOptions } from "../../e2e/browser-desk.ts";
import { median, quantile } from "../report.ts";

/** The frame as it comes, not as a screen of 60 Hz would wait for it: painted means painted. */
export const unpaced = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

export interface Pans {
  readonly p50: number;
  readonly p95: number;
  readonly workP95: number;
}

export const pansOf = (taken: readonly { painted: number; work: number }[]): Pans => ({
  p50: median(taken.map((one) => one.painted)),
  p95: quantile(
    taken.map((one) => one.painted),
    0.95,
  ),
  workP95: quantile(
    taken.map((one) => one.work),
    0.95,
  ),
});

/** Resident memory of the process that draws this page, MB. */
export function rendererMB(pid: number): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}

/**
 * V8 begins to give back what opening and drawing took eight seconds after its last collection, and needs up to three more (here
 * 332 MB after 8 s of rest, 279 MB after 18 s, 268 MB after 28 s). What is measured is what an office PC has to spare all day: the same
 * rest for every page.
 */
export const restMs = 20_000;

export async function rendererPid(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as {
    processInfo: { type: string; id: number; cpuTime: number }[];
  };
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  return renderers.sort((a, b) => rendererMB(b) - rendererMB(a))[0] ?? 0;
}

export const launch = (args: readonly string[] = []): Promise<Browser> => {
  const options = chromiumOptions();
  return chromium.launch({ ...options, args: [...options.args, "--enable-precise-memory-info", ...args] });
};

/** What the page keeps alive after a collection, MB. */
export async function heapMB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 2 ** 20;
}

export const measureScript = readFileSync(join(import.meta.dirname, "pages/measure.js"), "utf8");

export interface PeerFigures {
  readonly loadMs: number;
  readonly pans: Pans;
  readonly statusMs: number;
  readonly MB: number;
}

declare const bench: {
  painted(act: () => void, done: () => boolean): Promise<{ painted: number; work: number }>;
  walk(
    pan: (x: number, y: number) => void,
    done: () => boolean,
    count: number,
  ): Promise<{ painted: number; work: number }[]>;
};
declare const peer: {
  map: { setZoom(zoom: number, options: object): void };
  pan(x: number, y: number): void;
  done(): boolean;
  load?(): Promise<void>;
  status?(): void;
};

/** One peer from load to status change. */
export async function measurePeer(address: string, zooms: readonly number[], pans: number): Promise<PeerFigures> {
  const browser = await launch(unpaced);
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    const loadMs = await page.evaluate(async () => {
      const from = performance.now();
      await peer.load?.();
      await bench.painted(
        () => {},
        () => peer.done(),
      );
      return performance.now() - from;
    });
    const taken: { painted: number; work: number }[] = [];
    for (const zoom of zooms) {
      taken.push(
        ...(await page.evaluate(
          async ([zoom = 0, count = 0]) => {
            await bench.painted(
              () => peer.map.setZoom(zoom, { animate: false }),
              () => peer.done(),
            );
            return bench.walk(
              (x, y) => peer.pan(x, y),
              () => peer.done(),
              count,
            );
          },
          [zoom, pans],
        )),
      );
    }
    const statusTimes = await page.evaluate(async () => {
      const times: number[] = [];
      for (let i = 0; i < 3 && peer.status; i++) {
        const one = await bench.painted(
          () => peer.status?.(),
          () => peer.done(),
        );
        times.push(one.painted);
      }
      return times;
    });
    await page.waitForTimeout(restMs);
    const MB = rendererMB(await rendererPid(browser));
    return { loadMs, pans: pansOf(taken), statusMs: median(statusTimes), MB };
  } finally {
    await browser.close();
  }
}
