import type { Page } from "@playwright/test";
import { greatCircleBearing, greatCircleM } from "#test/great-circle.ts";
import { findings } from "./axe.ts";
import { expect, deskTest as test } from "./desk.ts";
import { setTheme, settle, signIn, themes } from "./screens.ts";

/** A district that nobody answers for: the stories are told without a network. */
const nowhere = "https://127.0.0.1:9";

const openMap = async (page: Page) => {
  await signIn(page);
  await page.keyboard.press("F5");
  await expect(page.getByRole("application")).toBeFocused();
  await expect(page.getByRole("region", { name: "视野内" })).toContainText("项");
  await settle(page);
};

test.describe("the forest-fire street, offline", () => {
  test.use({ start: { demo: true, district: nowhere } });

  test("smoke: who covers the slope, the nearest of each kind, and an event with grid and worker filled in", async ({
    desk,
    page,
  }) => {
    await openMap(page);
    const chosen = page.locator(".map-chosen");
    for (const key of ["+", "+", "+"]) await page.keyboard.press(key);
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press("Enter");
      if (await chosen.getByRole("heading", { name: "此处由谁负责" }).isVisible()) break;
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("a");
    const near = page.getByRole("tabpanel", { name: "附近" });
    await near.getByLabel("按哪种情况找").selectOption({ label: "火情" });
    const list = near.getByRole("listbox", { name: "附近有什么" });
    await expect(list.getByRole("option").first()).toContainText("防火水箱");
    await expect(near).toContainText(/138 0000 \d{4}/);

    // What the panel says is what an independent computation gives, for every line of it.
    const [lng, lat] =
      ((await page.locator(".map-foot-point").textContent()) ?? "").match(/[\d.]+/g)?.map(Number) ?? [];
    if (lng === undefined || lat === undefined) throw new Error("the map does not say where it looks");
    const answer = (await desk.call("map.near", { lng, lat, scenario: "fire" })) as {
      cover: { worker: string; grid: string };
      nearest: {
        kind: string;
        rows: { name: string; distanceM: number; bearing: number; at: { lng: number; lat: number } }[];
      }[];
    };
    const rows = answer.nearest.flatMap((one) => one.rows);
    expect(rows.length).toBeGreaterThan(15);
    for (const { distanceM, bearing, at } of rows) {
      expect(Math.abs(distanceM - greatCircleM({ lng, lat }, at))).toBeLessThan(0.5);
      const turn = Math.abs(bearing - greatCircleBearing({ lng, lat }, at));
      // Where a thing is nearer than its rounding, its direction says nothing.
      if (distanceM > 50) expect(Math.min(turn, 360 - turn)).toBeLessThan(0.5);
    }
    const [tank] = answer.nearest.find((one) => one.kind === "water_tank")?.rows ?? [];
    await expect(list.getByRole("option").first()).toContainText(tank?.name ?? "?");
    const metres = Math.round(tank?.distanceM ?? 0);
    await expect(list.getByRole("option").first()).toContainText(metres < 1000 ? `${metres} 米` : "公里");

    await page.keyboard.press("n");
    const form = page.getByRole("dialog", { name: "新事件" });
    await expect(form).toContainText(answer.cover.worker);
    await expect(form.getByRole("textbox", { name: "事由" })).toHaveValue(new RegExp(`附近.*${tank?.name}`));
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(async () => {
        const { rows: made } = (await desk.call("event.list", { view: "today", search: tank?.name })) as {
          rows: { place: { grid: string; point: unknown }; sync: { state: string } }[];
        };
        return made[0];
      })
      .toMatchObject({
        place: { grid: answer.cover.grid, point: expect.anything() },
        sync: { state: expect.stringMatching(/^(local|waiting)$/) },
      });
  });

  test("a pole is reported broken, left half-written and gone on with, and mended, by keyboard; the map shows each state", async ({
    desk,
    page,
  }) => {
    await openMap(page);
    await page.keyboard.press("F4");
    await page.keyboard.type("CS-VP-005");
    await expect(page.getByRole("dialog")).toContainText("语音杆 005");
    await page.keyboard.press("Enter");
    const chosen = page.locator(".map-chosen");
    await expect(chosen).toContainText("语音杆 005");
    await chosen.getByRole("button", { name: "报故障" }).waitFor();
    await page.keyboard.press("x");
    await page.keyboard.type("试播");
    // Left half-way, it is there again.
    await page.keyboard.press("Escape");
    await expect(chosen.getByRole("textbox")).toHaveCount(0);
    await page.keyboard.press("x");
    await expect(chosen.getByRole("textbox")).toHaveValue("试播");
    await page.keyboard.press("End");
    await page.keyboard.type("无声");
    await page.keyboard.press("Control+Enter");
    await expect(chosen.locator(".map-status").first()).toContainText("故障");
    const status = async () =>
      ((await desk.call("asset.get", { id: "CS-VP-005" })) as { asset: { status: string } }).asset.status;
    expect(await status()).toBe("fault");
    await chosen.getByRole("button", { name: "修复" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("换了功放");
    await page.keyboard.press("Control+Enter");
    await expect(chosen).toContainText("换了功放");
    await expect(chosen.locator(".map-status").first()).toContainText("正常");
    expect(await status()).toBe("ok");
  });

  test("a tank is drawn by keyboard with the fields of its row, and stands on the map", async ({ desk, page }) => {
    await openMap(page);
    await page.keyboard.press("g");
    const draw = page.getByRole("tabpanel", { name: "绘制" });
    await draw.getByLabel("种类").selectOption({ label: "防火水箱" });
    await draw.getByLabel("种类").blur();
    await page.keyboard.press("d");
    await page.keyboard.press("Space");
    const form = page.getByRole("form", { name: "登记防火水箱" });
    await expect(form.getByLabel("坐标")).toHaveValue(/^10\d\.\d+, 29\.\d+$/);
    await form.getByLabel("名称").fill("防火水箱 59");
    await form.getByLabel(/容量/).fill("-1");
    await page.keyboard.press("Control+Enter");
    await expect(form.getByRole("alert")).toContainText("不能小于 0.1");
    await form.getByLabel(/容量/).fill("12");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator(".map-chosen")).toContainText("防火水箱 59");
    await expect(page.locator(".map-chosen")).toContainText("12 立方米");
    const { found } = (await desk.call("find", { text: "防火水箱 59" })) as { found: { title: string }[] };
    expect(found.map(({ title }) => title)).toContain("防火水箱 59");
  });

  test("every panel of the map has no serious finding in both themes", async ({ page }) => {
    await openMap(page);
    await page.keyboard.press("Enter");
    for (const theme of themes) {
      await setTheme(page, theme);
      for (const [key, ready] of [
        ["l", "视野内"],
        ["a", "附近有什么"],
        ["t", "由选择建任务"],
        ["h", "设备故障"],
        ["g", "画新资源"],
      ] as const) {
        await page.keyboard.press(key);
        await page.getByRole("region", { name: ready }).waitFor();
        await settle(page);
        expect(await findings(page), `${ready}, ${theme}`).toEqual([]);
      }
    }
  });
});

test.describe("the rainstorm street, offline", () => {
  test.use({ start: { demo: true, street: "500118001", district: nowhere } });

  test("a drawn area becomes one task for each waterlogging point in it, found together by their group", async ({
    desk,
    page,
  }) => {
    await openMap(page);
    await page.keyboard.press("t");
    await page.keyboard.press("r");
    // The words of the drawing lie over no button.
    await page.getByRole("button", { name: "测量" }).click({ trial: true });
    // Two corners at the crosshair: the western half of the town.
    await page.getByRole("application").focus();
    for (const key of ["Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp", "ArrowUp"])
      await page.keyboard.press(key);
    await page.keyboard.press("Space");
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "ArrowDown"])
      await page.keyboard.press(key);
    await page.keyboard.press("Space");
    const work = page.getByRole("tabpanel", { name: "任务" });
    // The kind, not the tasks that appear with it: these name their points.
    const points = work.getByRole("checkbox", { name: /^涝点\s*\d+$/ });
    const inside = Number(((await points.locator("xpath=..").textContent()) ?? "").match(/\d+$/)?.[0]);
    await points.check();
    expect(inside).toBeGreaterThan(1);
    await work.getByLabel("任务", { exact: true }).fill("查积水");
    await work.getByLabel("要求").fill("暴雨预警，到点值守，积水超过 15 厘米立即回报");
    const tasks = work.getByRole("region", { name: "将建的任务" }).getByRole("listitem");
    await expect(tasks).toHaveCount(inside);
    await expect(tasks.first()).toContainText(/涝点 \d\d.*：查积水/);
    await expect(tasks.first()).toContainText(/网格.* 138 0000 \d{4}/);
    await page.keyboard.press("Control+Enter");
    const made = work.getByRole("status");
    await expect(made).toContainText(`已建 ${inside} 件任务`);
    const group = ((await made.textContent()) ?? "").match(/RW\d{8}-[A-Z]+\d+/)?.[0] ?? "?";
    const { rows, total } = (await desk.call("event.list", { view: "all", search: group })) as {
      rows: { title: string; place: { grid: string; point: { lng: number } | null } }[];
      total: number;
    };
    expect(total).toBe(inside);
    for (const row of rows) {
      expect(row.title).toMatch(/^涝点 \d\d.*：查积水$/);
      expect(row.place.grid).toMatch(/网格$/);
      expect(row.place.point).not.toBeNull();
    }
    await work.getByRole("button", { name: /在事件列表中查看/ }).click();
    await expect(page.locator("main[data-place=queue]")).toContainText("：查积水");
  });
});
