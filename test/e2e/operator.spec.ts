import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { findings } from "./axe.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const street = "茶山竹海街道";
/** What a hostile hand would write: it must stand there as it was typed. */
const title = `闸口漂浮物<img src=x onerror="document.title='!'">`;

const online = (desk: DeskUnderTest) =>
  expect
    .poll(async () => ((await desk.call("link.status")) as { link: { state: string } }).link.state, { timeout: 30_000 })
    .toBe("online");

interface Alarms {
  readonly alarms: readonly { readonly kind: string; readonly level: string; readonly names: readonly string[] }[];
}
/** Titles of the red alarms of a kind, as the desk tells them. */
const alarms = async (desk: DeskUnderTest, of: string) =>
  ((await desk.call("alarm.list")) as Alarms).alarms
    .filter(({ kind, level }) => kind === of && level === "red")
    .flatMap(({ names }) => names);

/** A signed-in desk on a link that is up, and the operator's page of its sample district in a window of its own. */
async function openOperator(desk: DeskUnderTest): Promise<{ page: Page; token: string }> {
  await signIn(desk.page);
  await online(desk);
  const dataDir = join(desk.profile, "sample-district");
  const read = (file: string) => readFileSync(join(dataDir, file), "utf8");
  const context = await desk.page.context().browser()?.newContext({ locale: "zh-CN" });
  if (!context) throw new Error("no browser to open the operator's page in");
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${read("page-port")}/`);
  return { page, token: read("operator.token") };
}

/** Tab until the hand is on what is called so: whatever is not reached this way has no key. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      return (at?.labels?.[0]?.textContent ?? at?.textContent ?? "").trim();
    });
    if (here === name) return;
  }
  throw new Error(`${name} is not reached by Tab`);
}
/** Enter on it, until the page that it leads to is there. */
async function go(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await submit(page);
}
async function submit(page: Page): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.keyboard.press("Enter");
  await loaded;
}
async function open(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}
async function enter(page: Page, token: string): Promise<void> {
  await page.keyboard.type("钱调度");
  await fill(page, "操作口令", token);
  await submit(page);
}
async function fill(page: Page, label: string, words: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.type(words);
}

test("PR-29 DS-1 DS-3 DS-4 DS-5 by keyboard: an event goes down to the desk, is asked back, insisted on, recalled", async ({
  desk,
  page,
}) => {
  const { page: operator, token } = await openOperator(desk);
  await enter(operator, token);
  await expect(operator.getByRole("heading", { name: "总览" })).toBeVisible();
  await expect(operator.getByRole("row", { name: new RegExp(`${street} ● 在线`) })).toBeVisible();

  await go(operator, "下派事件");
  // Streets that have a desk come first.
  await expect(operator.locator("select:focus")).toHaveValue("500118004");
  await go(operator, "下一步");
  await expect(operator.getByRole("heading", { name: `下派到 ${street}` })).toBeVisible();
  await tabTo(operator, "特急");
  await operator.keyboard.press("Space");
  await fill(operator, "标题", title);
  await fill(operator, "办理要求", "30 分钟内到场");
  await fill(operator, "办结时限", "2小时");
  await submit(operator);
  const said = await operator.getByRole("status").textContent();
  const number = /\d{8}-区\d+/.exec(said ?? "")?.[0] ?? "";
  expect(said).toMatch(new RegExp(`已下派到 ${street}，编号 \\d{8}-区001，序号 \\d+。`));

  // On the desk it stands as a new critical event, and sounds.
  await expect.poll(() => alarms(desk, "event")).toContain(title);
  await page.keyboard.press("F6");
  await page.getByText(title, { exact: true }).first().click();
  const detail = page.locator('section.detail[aria-busy="false"]');
  await expect(detail.locator(".detail-number")).toHaveText(number);
  await expect(detail.getByRole("region", { name: "区中心下派" })).toContainText("30 分钟内到场");
  await detail.focus();
  await page.keyboard.press("a");
  const item = operator.getByRole("article").filter({ hasText: number });
  await expect(item).toContainText("待研判");
  await page.keyboard.press("t");
  await expect(page.getByRole("form", { name: "申请退回" }).locator("textarea:focus")).toHaveCount(1);
  await page.keyboard.type("闸口归邻街");
  await page.keyboard.press("Control+Enter");
  await expect(item).toContainText("闸口归邻街");

  await open(operator, "不同意退回");
  await fill(operator, "原因", "属你街道，请办");
  await go(operator, "确定");
  await expect(operator.getByRole("status")).toContainText("已办：不同意退回");
  await expect(detail.getByRole("region", { name: "区中心下派" })).toContainText("属你街道，请办");
  await open(operator, "撤回");
  await fill(operator, "原因", "改派邻街");
  await go(operator, "确定");
  await expect(item).toContainText("已撤回（钱调度）：改派邻街");
  await expect(page.getByRole("alert").filter({ hasText: /区中心有答复 2 件：.+（(撤回|不同意退回)）/ })).toBeVisible();
  await expect(detail.getByRole("region", { name: "区中心下派" })).toContainText("区中心已撤回");
  expect(await operator.title()).not.toBe("!");
});

test("PR-29 WH-3 PS-9 the operator answers a whistle and asks for duty; no serious accessibility fault in both themes", async ({
  desk,
  page,
}) => {
  const { page: operator, token } = await openOperator(desk);
  const faults: Record<string, string[]> = {};
  const look = async (name: string) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await operator.emulateMedia({ colorScheme });
      faults[`${name} ${colorScheme}`] = await findings(operator);
    }
  };
  await look("sign-in");
  await enter(operator, token);
  await fill(operator, "问话", "请报在岗人员");
  await submit(operator);
  await expect(operator.getByRole("status")).toContainText("已向 1 个镇街查岗");
  const band = page.getByRole("alert").filter({ hasText: "区中心查岗" });
  await band.getByLabel("备注，可不填").fill("均在岗");
  await page.keyboard.press("F12");
  await expect(operator.getByRole("region", { name: "查岗", exact: true })).toContainText("均在岗");
  await look("overview");

  await go(operator, street);
  const whistle = operator.getByRole("region", { name: "等待的吹哨" });
  await expect(whistle.getByText("待派哨")).toBeVisible();
  await open(operator, "派哨");
  await fill(operator, "说明", "请公交科核实");
  await look("street");
  await go(operator, "确定");
  await expect(operator.getByRole("region", { name: "等待的吹哨" })).toContainText("待应哨");
  await operator.goto(`${new URL(operator.url()).origin}/dispatch?street=500118004`);
  await look("dispatch");
  await go(operator, "操作记录");
  await expect(operator.getByRole("row", { name: /吹哨办理.*派哨 钱调度/ })).toBeVisible();
  await look("audit");
  await go(operator, "English");
  await expect(operator.getByRole("heading", { name: "Audit" }).first()).toBeVisible();
  await go(operator, "Sign out");
  await expect(operator.getByLabel("操作口令")).toBeVisible();
  expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual({});
});
