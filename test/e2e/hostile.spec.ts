import type { Page } from "@playwright/test";
import type { EventDetail, SystemStatus } from "#shared/contract.ts";
import { hostileStrings } from "#test/hostile.ts";
import { expect, deskTest as test } from "./desk.ts";
import { detailOf } from "./officer.ts";
import { lookerAt } from "./strays.ts";

test.use({ start: { demo: true } });

/** Characters of the page as the shell prints it. */
const printed = (page: Page) =>
  page.evaluate(async () => {
    const { desk } = window as unknown as { desk: { printToPdf(): Promise<string | null> } };
    return (await desk.printToPdf())?.length ?? 0;
  });

test("hostile strings (500; in Electron a hundred) in list, detail, paper, tasks, log, home, handover, map, find, intake and link: text, and nothing is run", async ({
  desk,
  page,
}) => {
  test.setTimeout(180_000);
  const { demoPin } = (await desk.call("system.status")) as SystemStatus;
  await desk.call("session.signIn", { pin: demoPin });
  await expect(page.getByRole("main")).toBeVisible();
  const lookHere = await lookerAt(page);

  const { center } = (await desk.call("map.base")) as { center: { lng: number; lat: number } };
  const phone = "13800007777";
  // In Electron the pages are the same and their policy another one: those strings that go through every field are enough of a look.
  const isElectron = desk.shell === "electron";
  for (let at = 0; at < hostileStrings.length; at += isElectron ? 20 : 4) {
    const [text = "", title = "", caller = "", place = ""] = hostileStrings.slice(at, at + 4);
    const point = { lng: center.lng + at / 100_000, lat: center.lat };
    const { event } = (await desk.call("event.report", {
      text,
      title: title.slice(0, 80),
      callerName: caller.slice(0, 40),
      callerPhone: phone,
      place: { text: place.slice(0, 200), point },
    })) as EventDetail;
    if (at % 20 > 0) continue;
    const lead = { kind: "department", name: `甲${title}`.slice(0, 60) };
    await desk.call("event.transition", { id: event.id, action: "accept", given: { note: place.slice(0, 400) } });
    await desk.call("event.transition", { id: event.id, action: "assign", given: { lead } });
    await desk.call("log.write", { kind: "call", text: caller, callerName: title.slice(0, 40), eventId: event.id });
    await desk.call("asset.put", { kind: "voice_pole", name: `甲${caller}`.slice(0, 120), point });
  }

  await page.keyboard.press("F6");
  const list = page.getByRole("listbox", { name: "事件列表" });
  await expect(list).toBeFocused();
  const chosen = list.getByRole("option", { selected: true });
  for (let before = ""; ; ) {
    await lookHere("list");
    await page.keyboard.press("PageDown");
    await page.waitForTimeout(60);
    const now = (await chosen.getAttribute("aria-posinset")) ?? "";
    if (now === before) break;
    before = now;
  }
  for (let step = 0; step < 26; step++) {
    await page.keyboard.press("ArrowUp");
    const number = (await detailOf(page).locator(".detail-number").textContent()) ?? "";
    const { rows } = (await desk.call("event.list", { view: "all", search: number })) as { rows: { id: string }[] };
    const { event } = (await desk.call("event.get", { id: rows[0]?.id })) as EventDetail;
    if (event.sample) continue;
    expect(await detailOf(page).locator(".detail-text").textContent()).toBe(event.text);
    await lookHere("detail");
  }
  await page.keyboard.press("Enter");
  await expect(detailOf(page)).toBeFocused();
  await page.keyboard.press("9");
  await expect(page.getByRole("textbox", { name: "打印或导出经过" })).toBeFocused();
  await lookHere("paper");
  expect(isElectron ? await printed(page) : (await page.pdf()).length).toBeGreaterThan(1_000);
  await page.keyboard.press("Escape");
  for (const [key, what] of [
    [";", "tasks"],
    ["F8", "log"],
    ["F1", "home"],
    ["F9", "handover"],
    ["F10", "link"],
    ["F7", "roster"],
    ["F5", "map"],
  ] as const) {
    await page.keyboard.press(key);
    await page.waitForTimeout(700);
    await lookHere(what);
    if (what !== "link") continue;
    // The words below an axis go along it with the hours: at some of them a day stands at its very end.
    for (const at of ["1%", "99%"]) {
      const words = page.locator(".axis-hours span");
      await words.evaluateAll((all, to) => {
        for (const one of all as HTMLElement[]) one.style.setProperty("--at", to);
      }, at);
      await lookHere(`link, the words of its axes at ${at}`);
    }
  }
  await page.keyboard.press("F4");
  await page.keyboard.type("script");
  await expect(page.locator(".find-row").first()).toBeVisible();
  await lookHere("find");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F4");
  await page.keyboard.type("甲");
  const assets = page.locator(".find-row").filter({ hasText: "甲" });
  await expect(assets.first()).toBeVisible();
  await assets.last().click();
  await page.waitForTimeout(700);
  await lookHere("chosen on the map");
  await page.keyboard.press("F2");
  await page.keyboard.insertText(hostileStrings[4] ?? "");
  const dialog = page.getByRole("dialog", { name: "新事件" });
  await dialog.getByRole("textbox", { name: "电话" }).fill(phone);
  await expect(dialog.getByText(/这个号码报过/)).toBeVisible();
  await lookHere("intake");
  await page.keyboard.press("Escape");
  // The district has taken all of it, and refused none.
  await expect
    .poll(
      async () => {
        const { waiting, refused } = (await desk.call("link.status")) as { waiting: number; refused: number };
        return { waiting, refused };
      },
      { timeout: 60_000 },
    )
    .toEqual({ waiting: 0, refused: 0 });
});
