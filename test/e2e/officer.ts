import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { boards, levels } from "#shared/domain/duty-event/event.ts";
import { callWays } from "#shared/domain/duty-event/task.ts";
import { taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { type FieldName, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { ErrorId } from "#shared/errors.ts";
import zh from "../../renderer/text/zh/queue.ts";
import type { Step, Story } from "../story/cases.ts";
import { type DeskUnderTest, expect } from "./desk.ts";
import { samplePin } from "./screens.ts";

/** An officer at the desk who never touches the mouse. */

type Act = Extract<Step, { act: unknown }>;
type PartyStep = Extract<Step, { party: unknown }>;
type Entry = Extract<Step, { log: unknown }>;

export const detailOf = (page: Page) => page.locator('section.detail[aria-busy="false"]');
/** The step in which the event stands, as the strip says it. */
export const stateOf = (page: Page) => detailOf(page).locator("[aria-current=step] .steps-state");
/** Kinds of whistle in the order of their digits. */
const whistleKinds = ["daily", "emergency", "difficult"];
const lockOf = (page: Page) => page.getByRole("dialog", { name: /^已锁屏/ });

/** Where the focus is, seen from a control: 0 on it, 1 before it, -1 behind it. */
const wayTo = (element: Element): number => {
  const active = document.activeElement;
  if (!active || element.contains(active)) return 0;
  return element.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
};

/** Goes to a control by Tab, as a hand does. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    const way = await control.evaluate(wayTo);
    if (way === 0) return;
    await page.keyboard.press(way > 0 ? "Tab" : "Shift+Tab");
  }
  throw new Error(`Tab does not lead to ${control}`);
}

export async function write(page: Page, control: Locator, words: string): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(words);
}

/** The digit of a segment chooses it. */
async function choose(page: Page, group: Locator, index: number): Promise<void> {
  await tabTo(page, group);
  await page.keyboard.press(String(index + 1));
}

/** Types a name and takes the first that is found by it. */
export async function pick(page: Page, control: Locator, name: string): Promise<void> {
  if ((await control.inputValue()) === name) return;
  await write(page, control, name);
  // Not open: the desk has proposed the same meanwhile, and typing it again changed nothing.
  if ((await control.getAttribute("aria-expanded")) === "true") await page.keyboard.press("Enter");
  await expect(control).toHaveAttribute("aria-expanded", "false");
}

/** Several parties: what was proposed otherwise is taken away, then each is found by its name. A proposal may still come. */
async function pickAll(page: Page, control: Locator, names: readonly string[]): Promise<void> {
  const chips = control.locator("xpath=preceding-sibling::span[contains(@class,'chip')]");
  await tabTo(page, control);
  for (let turn = 0; turn < 30; turn++) {
    const shown = (await chips.allTextContents()).map((words) => words.replace("×", ""));
    if (JSON.stringify(shown) === JSON.stringify(names)) return;
    const next = names[shown.length];
    if (next && JSON.stringify(shown) === JSON.stringify(names.slice(0, shown.length))) await pick(page, control, next);
    else await page.keyboard.press("Backspace");
    await expect(chips).not.toHaveCount(shown.length);
  }
  throw new Error(`not chosen: ${names}`);
}

/** Sits down as this officer: at the sign-in, or by taking the desk over. */
export async function sitDown(page: Page, name: string): Promise<void> {
  const lock = lockOf(page);
  const pin = page.getByLabel("输入 PIN");
  if (await page.locator(".frame").isVisible()) {
    if (!(await lock.isVisible())) await page.keyboard.press("Alt+l");
    await lock.waitFor();
    await tabTo(page, lock.getByRole("button", { name: "换别人登录" }));
    await page.keyboard.press("Enter");
  }
  await expect(pin).toBeFocused();
  const people = page.getByRole("listbox", { name: "谁在值班" });
  await people.getByRole("option").first().waitFor();
  const chosen = page.locator(".sign-in-name");
  // Where a shift has turned, its leader is proposed as soon as the desk says so: who was found may be another one then.
  await expect(async () => {
    for (const key of ["ArrowDown", "ArrowUp"])
      for (let before = "", now = ""; now !== name; before = now) {
        now = (await chosen.textContent()) ?? "";
        if (now === before) break;
        if (now !== name) await page.keyboard.press(key);
      }
    await expect(chosen).toHaveText(name, { timeout: 500 });
  }).toPass();
  await page.keyboard.type(samplePin);
  await page.keyboard.press("Enter");
  await expect(lock).toHaveCount(0);
  await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
}

/** The desk has locked itself meanwhile; whoever sat there is back. */
export async function unlock(page: Page): Promise<void> {
  const lock = lockOf(page);
  await lock.waitFor();
  await page.keyboard.type(samplePin);
  await page.keyboard.press("Enter");
  await expect(lock).toHaveCount(0);
}

/** F4 and the number: its letters work. */
export async function openEvent(page: Page, number: string): Promise<void> {
  await page.keyboard.press("F4");
  const field = page.getByRole("combobox", { name: "查找" });
  await expect(field).toBeFocused();
  await page.keyboard.insertText(number);
  await page.keyboard.press("Enter");
  await expect(detailOf(page).locator(".detail-number")).toHaveText(number);
  await expect(detailOf(page)).toBeFocused();
}

/** F2, the words and every other field that the story tells; Enter sends it on its way. Answers its number. */
export async function takeCall(page: Page, { call }: Story, categoryName: string): Promise<string> {
  await page.keyboard.press("F2");
  const dialog = page.getByRole("dialog", { name: "新事件" });
  await expect(dialog.getByRole("textbox", { name: "事由" })).toBeFocused();
  await page.keyboard.insertText(call.text);
  if (call.level !== "normal") await page.keyboard.press(`Alt+${levels.indexOf(call.level) + 1}`);
  await pick(page, dialog.getByRole("combobox", { name: "类别" }), categoryName);
  if (call.place.text) await write(page, dialog.getByRole("combobox", { name: "地点" }), call.place.text);
  if (call.place.grid)
    await pick(page, dialog.getByRole("combobox", { name: "社区网格" }), `${call.place.community} ${call.place.grid}`);
  if (call.callerName) await write(page, dialog.getByRole("textbox", { name: "来电人" }), call.callerName);
  if (call.callerPhone) await write(page, dialog.getByRole("textbox", { name: "电话" }), call.callerPhone);
  const source = dialog.getByRole("combobox", { name: "来源" });
  if ((await source.inputValue()) !== call.source) {
    await tabTo(page, source);
    await page.keyboard.press("Home");
    while ((await source.inputValue()) !== call.source) await page.keyboard.press("ArrowDown");
  }
  if (call.dispatch) {
    const { lead, coHandlers = [] } = call.dispatch;
    await pick(page, dialog.getByRole("combobox", { name: "主办" }), lead.name);
    await pickAll(
      page,
      dialog.getByRole("combobox", { name: "协办" }),
      coHandlers.map(({ name }) => name),
    );
    await tabTo(page, dialog.getByRole("textbox", { name: "标题" }));
    await expect(dialog.getByRole("button", { name: `派发给 ${lead.name}` })).toBeVisible();
  }
  await page.keyboard.press(call.dispatch ? "Enter" : "Control+Enter");
  const saved = await dialog.getByText(/已存本机，编号/).textContent();
  const number = /\d{8}-\w+/.exec(saved ?? "")?.[0] ?? "";
  await expect(dialog.getByRole("button", { name: "打开事件" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(detailOf(page).locator(".detail-number")).toHaveText(number);
  await expect(detailOf(page)).toBeFocused();
  return number;
}

const labels: Readonly<Record<string, string>> = zh;
const ownLabels: Readonly<Record<string, string>> = {
  "urge.to": "urged",
  "urge.via": "urged_via",
  "urge.text": "words",
  "answer_urge.to": "answered",
  "answer_urge.text": "words",
};
const labelOf = (action: Act["act"], name: FieldName): string =>
  labels[`queue.field.${ownLabels[`${action}.${name}`] ?? name}`] ?? name;

async function fill(page: Page, form: Locator, { act }: Act, name: FieldName, value: unknown): Promise<void> {
  const label = labelOf(act, name);
  const control = form.getByRole("combobox", { name: label }).or(form.getByLabel(label)).first();
  const segments = form.getByRole("radiogroup", { name: label });
  switch (name) {
    case "level":
      return choose(page, segments, levels.indexOf(value as (typeof levels)[number]));
    case "board":
      return choose(page, segments, boards.indexOf(value as (typeof boards)[number]));
    case "whistleKind":
      return choose(page, segments, whistleKinds.indexOf(value as string));
    // It stands there from the intake.
    case "category":
      return;
    case "lead":
      return pick(page, control, (value as { name: string }).name);
    case "coHandlers":
      return pickAll(
        page,
        control,
        (value as { name: string }[]).map((party) => party.name),
      );
    case "to":
    case "via":
      return pick(page, control, String(value));
    case "scores":
      for (const [index, { points }] of (value as { points: number }[]).entries())
        await write(page, form.locator(".score-points").nth(index), String(points));
      return;
    case "agreedOn": {
      await tabTo(page, control);
      const [year = "", month = "", day = ""] = String(value).split("-");
      // The field is Chromium's own: in the window in the order of Chinese, in the browser of these tests in that of English.
      const isWindow = page.url().startsWith("app:");
      await page.keyboard.type(isWindow ? `${year}${month}${day}` : `${month}${day}${year}`);
      await expect(control).toHaveValue(String(value));
      return;
    }
    case "pauseMin":
      return write(page, control, `${Number(value) / 1440}天`);
    default:
      return write(page, control, String(value));
  }
}

/** What the page says where an action is not even offered. */
const whyNot: Readonly<Partial<Record<ErrorId, string>>> = {
  "event.border_agreement": "记下协议后才能办结",
};

/** One step of the event by its letter, with what the story gives; or the desk's "no", read and left. */
export async function takeAction(page: Page, step: Act): Promise<void> {
  const row = transitionOf(step.act);
  const given = Object.entries(step.given ?? {}) as [FieldName, unknown][];
  await expect(detailOf(page)).toBeFocused();
  const entries = detailOf(page).locator(".timeline-entry");
  const before = await entries.count();
  const form = detailOf(page).getByRole("form", { name: row.label.zh, exact: true });
  const button = detailOf(page).locator(`[aria-keyshortcuts="${row.key}"]`).first();
  // What stood there for the officer before goes when the event is read anew.
  if (!step.refused) await button.waitFor({ state: "attached" });
  if (step.refused && (await button.count()) === 0) {
    await page.keyboard.press(row.key);
    await expect(detailOf(page).getByText(whyNot[step.refused] ?? "?")).toBeVisible();
    await expect(form).toHaveCount(0);
    return;
  }
  const atOnce = row.fields.every((field) => !field.required);
  await page.keyboard.press(atOnce && given.length > 0 ? `Alt+${row.key}` : row.key);
  if (!atOnce || given.length > 0) {
    await form.waitFor();
    for (const [name, value] of given) await fill(page, form, step, name, value);
    await page.keyboard.press("Control+Enter");
  }
  if (step.refused) {
    await expect(form.getByRole("alert")).toBeVisible();
    await page.keyboard.press("Escape");
  } else await expect(entries).toHaveCount(before + 1);
  await expect(form).toHaveCount(0);
  await expect(detailOf(page)).toBeFocused();
}

/** I goes to the parties, the digit to this one, its letter takes the step; Esc is back at the event. */
export async function stepParty(page: Page, step: PartyStep): Promise<void> {
  const row = taskStepOf(step.step);
  const detail = detailOf(page);
  const entries = detail.locator(".timeline-entry");
  const before = await entries.count();
  await expect(detail).toBeFocused();
  await page.keyboard.press("i");
  const lines = detail.locator(".task-line");
  await expect(detail.locator(".task-line:focus")).toHaveCount(1);
  if (step.party) {
    const names = await lines.locator(".task-party").allTextContents();
    const index = names.indexOf(step.party.name);
    await page.keyboard.press(String(index + 1));
    await expect(lines.nth(index)).toBeFocused();
  }
  const mustAsk = row.fields.some((field) => field.required);
  const asks = mustAsk || step.given || step.call;
  await page.keyboard.press(asks && !mustAsk ? `Alt+${row.key}` : row.key);
  if (asks) {
    const form = detail.getByRole("form", { name: row.label.zh, exact: true });
    await form.waitFor();
    if (step.given?.party) await pick(page, form.getByRole("combobox"), step.given.party.name);
    if (step.given?.text) await write(page, form.locator("textarea"), step.given.text);
    if (step.call) {
      const { way, person, phone, answer } = step.call;
      await choose(page, form.getByRole("radiogroup"), callWays.indexOf(way));
      await write(page, form.getByRole("textbox", { name: "对方" }), person);
      await write(page, form.getByRole("textbox", { name: "电话" }), phone);
      await write(page, form.getByRole("textbox", { name: "答复" }), answer);
    }
    await page.keyboard.press("Control+Enter");
    if (row.tone === "grave") {
      await expect(form.getByRole("alert")).toBeVisible();
      await page.keyboard.press("Control+Enter");
    }
    await expect(form).toHaveCount(0);
  }
  await expect(entries).toHaveCount(before + 1);
  if (step.party) await page.keyboard.press("Escape");
  await expect(detail).toBeFocused();
}

const kindWords = { call: "来电", check: "核查", patrol: "巡查" } as const;

/** F8: the kind, the words, the number of the event, and back to it. */
export async function writeEntry(page: Page, number: string, step: Entry): Promise<void> {
  await page.keyboard.press("F8");
  await expect(page.getByRole("textbox", { name: "内容" })).toBeFocused();
  const kinds = page.getByRole("radiogroup", { name: "记录类型" }).getByRole("radio");
  const names = await kinds.evaluateAll((all) => all.map((one) => one.closest("label")?.textContent ?? ""));
  const index = names.findIndex((name) => name.includes(kindWords[step.log]));
  await page.keyboard.press(`Alt+${index + 1}`);
  await expect(kinds.nth(index)).toBeChecked();
  await page.keyboard.insertText(step.text);
  await write(page, page.locator(".entry-event input"), number);
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".entry-written")).toContainText("已记入");
  await openEvent(page, number);
}

/** The course of the open event as the desk writes it into a file: 9, then Ctrl+S. */
export async function exportCourse(desk: DeskUnderTest): Promise<string> {
  const { page } = desk;
  await expect(detailOf(page)).toBeFocused();
  await page.keyboard.press("9");
  const shown = page.getByRole("textbox", { name: "打印或导出经过" });
  await expect(shown).toBeFocused();
  const read = await savedFile(desk);
  await page.keyboard.press("Control+s");
  const text = readFileSync(await read(), "utf8");
  expect(await shown.inputValue()).toBe(text);
  await page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
  return text;
}

/** Waits for the file that the desk is about to give to the person; in Electron, without the window that asks where. */
export async function savedFile(desk: DeskUnderTest): Promise<() => Promise<string>> {
  if (!desk.electron) {
    const download = desk.page.waitForEvent("download");
    return async () => (await download).path();
  }
  const { app } = desk.electron;
  const path = join(desk.profile, `saved-${Math.round(performance.now())}`);
  const done = app.evaluate(
    ({ session }, to) =>
      new Promise((resolve) =>
        session.defaultSession.once("will-download", (_, item) => {
          item.setSavePath(to);
          item.once("done", resolve);
        }),
      ),
    path,
  );
  // Main hears its messages one after the other: when this one is answered, it listens.
  await app.evaluate(() => null);
  return async () => {
    await done;
    return path;
  };
}
