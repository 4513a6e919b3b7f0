import type { Page } from "@playwright/test";
import type { EventDetail, SystemStatus } from "#shared/contract.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";

test.use({ start: { demo: true } });

async function signIn(desk: DeskUnderTest): Promise<void> {
  const { demoPin } = (await desk.call("system.status")) as SystemStatus;
  await desk.call("session.signIn", { pin: demoPin });
  await expect(desk.page.getByRole("main")).toBeVisible();
}

/** A practised hand: so long for a key of text, of which a Chinese character takes three, and for a key that steers. ms */
const pace = { letter: 60, steering: 250 };

/** A typist who is counted: keys of text apart from the keys that steer, and what the desk made the hand wait. */
function typist(page: Page) {
  const counted = { letters: 0, keys: 0, waitedMs: 0 };
  return {
    counted,
    /** How long a hand of that pace is at work, whatever this machine takes, ms. */
    handMs: () => counted.letters * pace.letter + counted.keys * pace.steering,
    async words(text: string) {
      for (const letter of text) counted.letters += letter > "\u2e80" ? 3 : 1;
      await page.keyboard.type(text, { delay: 20 });
    },
    async key(name: string) {
      counted.keys += 1;
      await page.keyboard.press(name);
    },
    async waitFor(shown: () => Promise<unknown>) {
      const since = performance.now();
      await shown();
      counted.waitedMs += performance.now() - since;
    },
  };
}

const savedEvent = async (desk: DeskUnderTest): Promise<EventDetail> => {
  const line = await desk.page.getByText(/已存本机，编号/).textContent();
  const number = /\d{8}-\w+/.exec(line ?? "")?.[0] ?? "";
  const { rows } = (await desk.call("event.list", { view: "all", search: number })) as { rows: { id: string }[] };
  return (await desk.call("event.get", { id: rows[0]?.id })) as EventDetail;
};

test("IN-6 the swimmer is on the way two keys after F2 and the words; a full phone call takes twelve and less than 20 s of a hand", async ({
  desk,
  page,
}) => {
  await signIn(desk);
  const swimmer = typist(page);
  const dialog = page.getByRole("dialog", { name: "新事件" });
  await page.keyboard.press("F2");
  await swimmer.words("石马河洪峰过境，有人下河游泳");
  await expect(dialog.getByRole("button", { name: /派发给 公安联勤岗/ })).toBeVisible();
  await swimmer.key("F6");
  await expect(dialog.getByText(/时限 5分/)).toBeVisible();
  await swimmer.key("Enter");
  await expect(dialog.getByText(/^已派给 公安联勤岗.*请打电话告知/)).toBeVisible();
  const first = await savedEvent(desk);
  expect(first.event).toMatchObject({
    state: "assigned",
    level: "critical",
    category: "water_rescue",
    board: "safety",
  });
  expect(first.timeline.map(({ action }) => action)).toEqual(["report", "accept", "assess", "assign"]);
  expect(swimmer.counted.keys).toBe(2);

  // Nothing is left to lose: the keys of the places work at once.
  await page.keyboard.press("F8");
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/接报：石马河洪峰过境/).first()).toBeVisible();

  const phone = typist(page);
  await phone.key("F2");
  await phone.waitFor(() => expect(dialog.getByRole("textbox", { name: "事由" })).toBeFocused());
  await phone.words("桥头下穿道积水，小车过不去");
  await phone.key("F7");
  for (const _ of ["level", "category", "place"]) await phone.key("Tab");
  await phone.words("CS-VP-001");
  await phone.waitFor(() => expect(dialog.getByRole("option").first()).toBeVisible());
  await phone.key("ArrowDown");
  await phone.key("Enter");
  await phone.waitFor(() => expect(dialog.getByText(/这里归/)).toBeVisible());
  for (const _ of ["map", "grid", "caller"]) await phone.key("Tab");
  await expect(dialog.getByRole("textbox", { name: "来电人" })).toBeFocused();
  await phone.words("李群众");
  await phone.key("Tab");
  await phone.words("13800001111");
  await phone.waitFor(() => expect(dialog.getByRole("button", { name: /派发给 防汛抗旱岗/ })).toBeVisible());
  await phone.key("Enter");
  await phone.waitFor(() => expect(dialog.getByText(/已存本机，编号/)).toBeVisible());
  const second = await savedEvent(desk);
  expect(second.event).toMatchObject({
    state: "assigned",
    level: "urgent",
    callerPhone: "13800001111",
    place: { point: { lng: expect.any(Number) }, grid: expect.stringMatching(/./) },
  });
  expect(phone.counted.keys).toBeLessThanOrEqual(12);
  expect(phone.handMs()).toBeLessThanOrEqual(20_000);
  const [hand, desks] = [phone.handMs(), phone.counted.waitedMs].map((ms) => (ms / 1000).toFixed(1));
  console.log(`a full phone event: ${hand} s of the hand, ${desks} s of waiting for the desk`);

  // The same matter again: the number's history and the open event stand beside the words; one key records it there.
  await page.keyboard.press("F2");
  await page.keyboard.type("还是桥头下穿道积水");
  for (const _ of ["level", "category", "place"]) await page.keyboard.press("Tab");
  await page.keyboard.type("CS-VP-001");
  await expect(dialog.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("附近已有未办结的同类事件")).toBeVisible();
  // What is proposed beside the words fits there.
  const aside = dialog.getByRole("complementary");
  expect(await aside.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  await page.keyboard.press("Alt+j");
  await expect(page.locator(".detail-number")).toHaveText(second.event.number);
  await expect(page.locator(".timeline-entry").first()).toContainText("还是桥头下穿道积水");
});

test("TB-3 the grid of a rule table names a wrong cell, publishes over the one that was seen, and keeps half-done edits", async ({
  desk,
  page,
}) => {
  const { demoPin } = (await desk.call("system.status")) as SystemStatus;
  const { officers } = (await desk.call("session.officers")) as { officers: { id: string; grade: string }[] };
  await desk.call("session.signIn", { pin: demoPin, officerId: officers.find(({ grade }) => grade === "admin")?.id });
  await expect(page.getByRole("main").first()).toBeVisible();
  await page.keyboard.press("F11");
  await page.getByRole("button", { name: /评哨标准/ }).click();
  const most = page.getByRole("textbox", { name: "满分，第 1 行" });
  await most.fill("二十");
  await expect(page.getByRole("list", { name: "要看的地方" })).toContainText("第 1 行 满分 要填整数");
  await expect(page.getByRole("button", { name: /^发布/ })).toBeDisabled();
  await most.fill("40");
  await most.press("ArrowDown");
  await expect(page.getByRole("textbox", { name: "满分，第 2 行" })).toBeFocused();
  await expect(page.getByText("改动：增 0 行，改 1 行，删 0 行。")).toBeVisible();
  await page.getByRole("button", { name: /责任清单/ }).click();
  await page.getByRole("button", { name: /评哨标准/ }).click();
  await expect(most).toHaveValue("40");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/已发布第 1 版/)).toBeVisible();
  await expect(page.getByRole("button", { name: /评哨标准/ })).toContainText("本街第 1 版");
});

test("IN-8 words of a child by the water: the form says that it may be confidential, one key makes it so, and a confidential category leaves no choice", async ({
  desk,
  page,
}) => {
  await signIn(desk);
  const dialog = page.getByRole("dialog", { name: "新事件" });
  const secret = dialog.getByRole("checkbox", { name: /^保密/ });
  const maybe = dialog.getByText("因事由中有“女孩”，可能是未成年人保护，属涉密类别：请勾选");
  await page.keyboard.press("F2");
  await page.keyboard.insertText("茶竹村有个十四岁的女孩一个人在水库边哭，有人要下河");
  await expect(dialog.getByRole("combobox", { name: "类别" })).toHaveValue("涉水救援");
  await expect(maybe).toBeVisible();
  await expect(secret).not.toBeChecked();
  await page.keyboard.press("Alt+b");
  await expect(secret).toBeChecked();
  await expect(maybe).toBeHidden();
  await page.keyboard.press("Alt+b");
  await expect(secret).not.toBeChecked();
  await page.keyboard.press("Alt+c");
  await expect(dialog.getByRole("combobox", { name: "类别" })).toHaveValue("未成年人保护");
  await expect(dialog.getByText("未成年人保护一律保密。")).toBeVisible();
  await expect(secret).toBeChecked();
  await expect(secret).toBeDisabled();
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByText(/已存本机，编号/)).toBeVisible();
  expect((await savedEvent(desk)).event).toMatchObject({ category: "minor_protection", confidential: true });
});
