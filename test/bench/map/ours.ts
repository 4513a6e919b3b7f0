import type { Page } from "@playwright/test";
import { median } from "../report.ts";
import { measureScript, type Pans, pansOf } from "./pages-run.ts";

/** The real page of the desk, driven by its keys, in whichever window it is. */

declare const bench: {
  painted(act: () => void, done: () => boolean): Promise<{ painted: number; work: number }>;
  walk(
    pan: (x: number, y: number) => void,
    done: () => boolean,
    count: number,
  ): Promise<{ painted: number; work: number }[]>;
};
/** Helpers that `prepare` puts into the page. */
declare const ours: {
  press(key: string): void;
  done(): boolean;
  painted(): string;
  call(name: string, input: unknown): Promise<{ ok: boolean; value: unknown; error?: unknown }>;
};

const helpers = `globalThis.ours = {
  canvas: () => document.querySelector("canvas.map-pins"),
  press: (key) => document.querySelector(".map-stage").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
  done: () => ours.canvas()?.dataset.whole === "true",
  painted: () => ours.canvas()?.dataset.painted ?? "",
  call: async (name, input) => globalThis.desk ? globalThis.desk.call(name, input).then((sent) => typeof sent === "string" ? JSON.parse(sent) : sent) : (await fetch("/rpc/" + name, {
    method: "POST", body: JSON.stringify(input),
    headers: { "content-type": "application/json", authorization: "Bearer " + sessionStorage.getItem("zhishou.token") },
  })).json(),
};`;

/** Signs in and puts the measures into the page. */
export async function prepare(page: Page, pin: string): Promise<void> {
  page.setDefaultTimeout(120_000);
  await page.getByText("所有人的 PIN 都是").waitFor();
  await page.getByLabel("输入 PIN").fill(pin);
  await page.keyboard.press("Enter");
  await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
  await measured(page);
}

async function measured(page: Page): Promise<void> {
  await page.evaluate(`${measureScript}\n${helpers}`);
  await page.waitForTimeout(1_500);
}

/** The same as `firstPaints` in a page that never showed the map: begun anew each time. */
export async function coldPaints(page: Page, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    await page.reload();
    await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
    await measured(page);
    taken.push(...(await firstPaints(page, 1)));
  }
  return taken;
}

/** From the key that opens the map until it is painted whole, ms. Comes back to the desk's first place. */
export async function firstPaints(page: Page, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    await page.keyboard.press("F1");
    await page.waitForFunction(() => !document.querySelector("canvas.map-pins"));
    await page.waitForTimeout(400);
    taken.push(
      await page.evaluate(async () => {
        const { painted } = await bench.painted(
          () => document.dispatchEvent(new KeyboardEvent("keydown", { key: "F5", bubbles: true, cancelable: true })),
          () => ours.done() && ours.painted() !== "",
        );
        return painted;
      }),
    );
  }
  return taken;
}

/** Brings the map to a whole zoom by its keys. */
export async function zoomTo(page: Page, zoom: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const now = () => Number(ours.painted().split(" ")[1]);
    for (let i = 0; i < 12 && now() !== wanted; i++)
      await bench.painted(
        () => ours.press(now() < wanted ? "+" : "-"),
        () => ours.done(),
      );
  }, zoom);
}

export async function panWalk(page: Page, count: number): Promise<{ painted: number; work: number }[]> {
  return page.evaluate(
    (steps) =>
      bench.walk(
        // A pan of 80 px, as the arrow keys do.
        (x, y) => ours.press(x > 0 ? "ArrowRight" : x < 0 ? "ArrowLeft" : y > 0 ? "ArrowDown" : "ArrowUp"),
        () => ours.done(),
        steps,
      ),
    count,
  );
}

export async function pansAt(page: Page, zooms: readonly number[], count: number): Promise<Pans> {
  const taken: { painted: number; work: number }[] = [];
  for (const zoom of zooms) {
    await zoomTo(page, zoom);
    await panWalk(page, 10);
    taken.push(...(await panWalk(page, count)));
  }
  return pansOf(taken);
}

/** A device in view is reported broken: from the call until the map shows it, ms; median. Durable when the call answers. */
export async function statusChange(page: Page, times: number): Promise<number> {
  const taken = await page.evaluate(async (count) => {
    const size = 0.004;
    const foot = document.querySelector(".map-foot-point")?.textContent ?? "";
    const [east = 0, north = 0] = [...foot.matchAll(/\d+\.\d+/g)].map(Number);
    const box = { west: east - size, south: north - size, east: east + size, north: north + size, zoom: 19 };
    const seen = (await ours.call("asset.viewport", { ...box, statuses: ["ok"] })) as {
      value: { marks: { id: string | null }[] };
    };
    const ids = seen.value.marks.flatMap(({ id }) => id ?? []).slice(0, count);
    const times: number[] = [];
    for (const id of ids) {
      const before = ours.painted();
      let answered = false;
      const { painted } = await bench.painted(
        () => void ours.call("fault.report", { assetId: id, text: "不亮" }).then(({ ok }) => (answered = ok)),
        () => answered && ours.done() && ours.painted() !== before,
      );
      times.push(painted);
      // What follows a change a moment later has come to rest before the next one.
      await new Promise((resolve) => setTimeout(resolve, 800));
    }
    return times;
  }, times);
  if (taken.length < times) throw new Error(`only ${taken.length} devices in view could be reported`);
  return median(taken);
}
