import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { HandoverDraft } from "#shared/contract.ts";
import { samplePin } from "./screens.ts";

interface Calls {
  call(name: string, input?: unknown): Promise<unknown>;
}

const streets = ["茶竹路", "竹海大道", "箕山路", "石桥街", "环山步道", "大桥路"];
const matters = [
  "路灯不亮，行人看不清台阶",
  "积水没过脚踝，车辆绕行",
  "占道经营，救护车进不来",
  "电动车在楼道充电",
  "护栏松动，怕小孩翻过去",
  "夜间施工噪声，居民睡不着",
  "树枝压在电线上",
  "污水井盖翘起",
  "群租房燃气味重",
  "老人走失，家属在找",
];

/** Reports events until so many stand open, as a night of rain does. */
export async function fillTo(desk: Calls, count: number): Promise<void> {
  const draft = (await desk.call("handover.draft")) as HandoverDraft;
  for (let number = draft.record.openEvents.length; number < count; number++) {
    const text = `${streets[number % streets.length]} ${number} 号附近${matters[number % matters.length]}`;
    await desk.call("event.report", {
      text,
      level: number % 17 === 0 ? "critical" : number % 4 === 0 ? "urgent" : "normal",
      confidential: number % 10 === 9,
    });
  }
}

/** Counts every key that goes down. A Chinese character costs an input method's two keys, any other character one. */
export function countKeys(page: Page) {
  let keys = 0;
  return {
    get keys() {
      return keys;
    },
    async press(key: string): Promise<void> {
      keys += key.split("+").length;
      await page.keyboard.press(key);
    },
    async type(words: string): Promise<void> {
      for (const character of words) keys += /\p{Script=Han}/u.test(character) ? 2 : 1;
      await page.keyboard.type(words);
    },
  };
}

/** The PIN, the reason if the hour asks for one, and the signature. */
export async function signByKeys(page: Page, keys: ReturnType<typeof countKeys>): Promise<void> {
  await keys.press("s");
  await keys.type(samplePin);
  if (await page.getByPlaceholder("写明原因").isVisible()) {
    await keys.press("Enter");
    await keys.type("演练提前");
  }
  await keys.press("Control+Enter");
}

/** The page as it prints, by the way of its shell: the Electron shell makes the PDF itself, a browser's print does. */
export async function pdfOf(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const { desk } = window as unknown as { desk?: { printToPdf(): Promise<string | null> } };
    return desk ? desk.printToPdf() : undefined;
  });
  if (base64 === null) throw new Error("the shell made no PDF");
  return base64 === undefined
    ? page.pdf({ preferCSSPageSize: true, printBackground: true })
    : Buffer.from(base64, "base64");
}

/** The pages of a PDF as pictures; `undefined` where poppler is not installed. */
export function picturesOf(pdf: Buffer, dpi: number): Buffer[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-pdf-"));
  try {
    writeFileSync(join(folder, "sheet.pdf"), pdf);
    execFileSync("pdftoppm", ["-r", String(dpi), "-png", join(folder, "sheet.pdf"), join(folder, "page")]);
    return readdirSync(folder)
      .filter((name) => name.endsWith(".png"))
      .sort()
      .map((name) => readFileSync(join(folder, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
