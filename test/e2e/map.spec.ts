import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { settle, signIn } from "./screens.ts";

test.use({ start: { demo: true } });

interface Viewport {
  readonly total: number;
  readonly byKind: Record<string, number>;
  readonly marks: readonly { id: string | null; kind: string; status: string; count: number }[];
}

/** Everything that stands on the map of the sample street, as the core counts it. */
const everything = (desk: DeskUnderTest) =>
  desk.call("asset.viewport", { west: 105, south: 29, east: 107, north: 30, zoom: 12 }) as Promise<Viewport>;

test("73 voice poles, 58 water tanks and 1,657 cameras are on the map, counted by kind", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F5");
  const layers = page.getByRole("region", { name: "图层" });
  await expect(layers.getByRole("checkbox", { name: /摄像头 ?1,657/ })).toBeChecked();
  await expect(layers.getByRole("checkbox", { name: /语音杆 ?73/ })).toBeChecked();
  await expect(layers.getByRole("checkbox", { name: /防火水箱 ?58/ })).toBeChecked();
  await expect(layers).toContainText("22 条 89.54 公里");

  const { byKind, marks, total } = await everything(desk);
  expect(byKind).toMatchObject({ voice_pole: 73, water_tank: 58, camera: 1657 });
  expect((byKind.voice_pole ?? 0) + (byKind.water_tank ?? 0) + (byKind.camera ?? 0)).toBe(1788);

  // The list beside the map holds what is drawn: every asset, and the events with a place.
  const { rows } = (await desk.call("map.events")) as { rows: unknown[] };
  const inView = page.getByRole("region", { name: "视野内" });
  await expect(inView).toContainText(`${(total + rows.length).toLocaleString("en-US")} 项`);

  // One layer off, and the map asks for the others only.
  await layers.getByRole("checkbox", { name: /摄像头/ }).uncheck();
  const others = marks.filter((mark) => mark.kind !== "camera").length;
  await expect(inView).toContainText(`${others + rows.length} 项`);
  await layers.getByRole("checkbox", { name: /故障/ }).uncheck();
  const sound = marks.filter((mark) => mark.kind !== "camera" && mark.status !== "fault").length;
  await expect(inView).toContainText(`${sound + rows.length} 项`);
});

test("an event is found on the map and opened from its pin", async ({ desk, page }) => {
  const { rows } = (await desk.call("session.signIn", { pin: "2580" }).then(() => desk.call("map.events"))) as {
    rows: { id: string; title: string; number: string }[];
  };
  await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
  await page.keyboard.press("F5");
  const list = page.getByRole("listbox", { name: "视野内" });
  await list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const chosen = page.locator(".map-chosen");
  const title = (await chosen.locator(".map-facts-title").textContent()) ?? "";
  const row = rows.find((one) => title.includes(one.title));
  expect(row).toBeDefined();
  await expect(chosen).toContainText(row?.number ?? "?");

  // The map looks at it now: its pin stands above the middle. Empty the choice, then hit the pin itself.
  await page.keyboard.press("Escape");
  await expect(chosen).not.toContainText(row?.number ?? "?");
  await settle(page);
  const box = await page.locator(".map-canvas").boundingBox();
  if (!box) throw new Error("The map is not on the page.");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 - 15);
  await expect(chosen).toContainText(row?.number ?? "?");
  await page.keyboard.press("o");
  await expect(page.locator("main[data-place=queue]")).toBeVisible();
  await expect(page.locator("main")).toContainText(row?.number ?? "?");
});

test("the keyboard asks who covers a point and begins a new event there", async ({ page }) => {
  await signIn(page);
  await page.keyboard.press("F5");
  await expect(page.getByRole("application")).toBeFocused();
  await expect(page.getByRole("region", { name: "视野内" })).toContainText("项");
  await settle(page);
  // Walk off the dense middle until the crosshair stands on open ground.
  const chosen = page.locator(".map-chosen");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Enter");
    if (await chosen.getByRole("heading", { name: "此处由谁负责" }).isVisible()) break;
    await page.keyboard.press("ArrowRight");
  }
  await expect(chosen).toContainText("网格员");
  await expect(chosen).toContainText(/138 0000 \d{4}/);
  await page.keyboard.press("n");
  const form = page.getByRole("dialog", { name: "新事件" });
  await expect(form).toBeVisible();
  await expect(form).toContainText("网格员");
});
