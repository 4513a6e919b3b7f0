import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { filePieceMost, type ImportState, importChoicesSchema } from "#shared/contract.ts";
import { buildDesk } from "../../../tools/build.ts";
import { openBrowserDesk } from "../../e2e/browser-desk.ts";
import { prepare } from "../map/ours.ts";

type Call = <T>(name: string, input?: unknown) => Promise<T>;

/**
 * Somebody types the report of an event over the open map while a file is imported: how long each key waited until the page took
 * it, ms. The real page, the real browser shell, a desk of the sample street.
 */
export async function typingDelays(profile: string, csv: string): Promise<{ delays: number[]; takeS: number }> {
  await buildDesk({ only: ["renderer"] });
  const desk = await openBrowserDesk({ profile, demo: true });
  try {
    const { page } = desk;
    await prepare(page, "2580");
    await page.keyboard.press("F5");
    await page.waitForFunction(() => document.querySelector<HTMLElement>("canvas.map-pins")?.dataset.whole === "true");
    const call: Call = async (name, input = {}) => {
      const response = await fetch(`${desk.url}/rpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${desk.token}`, origin: desk.url },
        body: JSON.stringify(input),
      });
      const outcome = (await response.json()) as { ok: boolean; value: unknown; error?: { id: string } };
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error?.id}`);
      return outcome.value as never;
    };
    const importId = await lookAt(call, csv);
    await page.keyboard.press("F2");
    await page.getByRole("dialog").waitFor();
    await listen(page);
    const since = performance.now();
    await call("import.take", { importId });
    for (let state = await stateOf(call); state?.phase === "taking"; state = await stateOf(call))
      await page.keyboard.type("abcdefghijklmno ", { delay: 30 });
    const takeS = (performance.now() - since) / 1000;
    // What shows at the end is part of it: the whole map is drawn anew.
    await page.keyboard.type("abcdefghijklmnopqrstuvwxyz", { delay: 30 });
    return { delays: await page.evaluate<number[]>("keyDelays"), takeS };
  } finally {
    await desk.close();
  }
}

const stateOf = async (call: Call): Promise<ImportState | null> =>
  (await call<{ state: ImportState | null }>("import.state")).state;

async function until(call: Call, phase: ImportState["phase"]): Promise<void> {
  for (let state = await stateOf(call); state?.phase !== phase; state = await stateOf(call)) {
    if (state?.phase === "failed") throw new Error(JSON.stringify(state.error));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function lookAt(call: Call, csv: string): Promise<string> {
  const bytes = statSync(csv).size;
  const { fileId } = await call<{ fileId: string }>("file.begin", { fileName: "assets.csv", bytes });
  const file = await open(csv);
  for (let offset = 0; offset < bytes; offset += filePieceMost) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(filePieceMost), 0, filePieceMost, offset);
    await call("file.piece", { fileId, offset, base64: buffer.subarray(0, bytesRead).toString("base64") });
  }
  await file.close();
  const { importId } = await call<ImportState>("import.open", { fileId });
  await until(call, "ready");
  const choices = importChoicesSchema.parse({ system: "wgs84", takeNear: true, takeOutside: true });
  await call("import.choose", { importId, choices });
  await until(call, "ready");
  return importId;
}

/** A key's own time is when it was pressed; the page hears of it when it comes to it. */
const listen = (page: Page): Promise<unknown> =>
  page.evaluate(`globalThis.keyDelays = [];
    addEventListener("keydown", (event) => keyDelays.push(performance.now() - event.timeStamp), true);`);
