import type { Page } from "@playwright/test";
import { askDistrict } from "#district/operator/ask.ts";
import type { EventDetail, OutputOf } from "#shared/contract.ts";
import { wellFormed } from "#shared/lib/text.ts";
import { hostileStrings } from "#test/hostile.ts";
import { device } from "../protocol/device.ts";
import { expect } from "./desk.ts";
import { detailOf, openEvent } from "./officer.ts";
import { linkOf, online, roadTest as test } from "./road.ts";
import { samplePin, signIn } from "./screens.ts";
import { lookerAt } from "./strays.ts";

const street = "500118004";
/** As a field of one line takes them: those of nothing but spaces are none. */
const lines = hostileStrings.map((text) => text.trim()).filter((text) => text.length > 1);
const cut = (text: string | undefined, most: number) => wellFormed((text ?? "").slice(0, most).trim());

test("OP-6: both sides of a conflict say hostile words (500) on its card: text, and nothing is run or pushed apart", async ({
  desk,
  page,
  road,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  await online(desk);
  const lookHere = await lookerAt(page);
  const { officers } = (await desk.call("session.officers")) as OutputOf<"session.officers">;
  const { officer: me } = (await desk.call("session.current")) as OutputOf<"session.current">;
  const other = officers.find(({ grade, id }) => grade === "shift_leader" && id !== me?.id)?.id ?? "";
  const party = (text: string) => ({ kind: "team", name: cut(`甲${text}`, 60) });
  const parties = 20;
  const events: EventDetail["event"][] = [];
  for (let at = 0; at < lines.length; at += 2 * parties) {
    const [title = "", note = ""] = lines.slice(at);
    const { event } = (await desk.call("event.report", {
      text: note,
      title: title.slice(0, 80),
      category: "waterlogging",
    })) as EventDetail;
    await desk.call("event.transition", { id: event.id, action: "accept", given: { note: note.slice(0, 400) } });
    events.push(event);
  }
  await online(desk);
  road.shut();
  const given = (index: number, side: number, level: string) => {
    const from = index * 2 * parties + side * parties;
    const [lead = "", ...more] = lines.slice(from, from + parties);
    const coHandlers = [...new Map(more.map((text) => [party(text).name, party(text)])).values()];
    return { board: "safety", category: "waterlogging", level, lead: party(lead), coHandlers };
  };
  for (const [index, { id }] of events.entries())
    await desk.call("event.transition", { id, action: "assess", given: given(index, 0, "normal") });
  await expect.poll(async () => (await linkOf(desk)).link.state, { timeout: 30_000 }).toBe("offline");
  const neighbour = await device(road.district, street, "sample");
  const acts = events.map(({ id }, index) =>
    neighbour.ops.make("event.act", { eventId: id, action: "assess", given: given(index, 1, "urgent") }, other, {
      at: Date.now(),
    }),
  );
  expect(new Set((await neighbour.push(...acts)).map(({ outcome }) => outcome))).toEqual(new Set(["accepted"]));
  road.open();
  await online(desk);
  expect((await linkOf(desk)).refused).toBe(events.length);

  await page.keyboard.press("F10");
  const card = page.getByRole("region", { name: "区中心退回" });
  const number = page.locator(".outbox-about .figures");
  for (let left = events.length; left > 0; left--) {
    await expect(card.getByRole("row")).toHaveCount(5);
    const shown = (await number.textContent()) ?? "";
    const index = events.findIndex((one) => one.number === shown);
    const rowOf = (name: string) => card.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
    for (const [side, place] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const { lead, coHandlers } = given(index, side, "");
      expect(await rowOf("主办").nth(place).textContent()).toBe(lead.name);
      expect(await rowOf("协办").nth(place).textContent()).toBe(coHandlers.map(({ name }) => name).join("、") || "空");
    }
    await card.locator("summary").click();
    await lookHere("conflict");
    if (left % 3 === 0) {
      await page.keyboard.press("e");
      await lookHere("conflict, chosen field by field");
      await page.keyboard.press("Control+Enter");
    } else if (left % 3 === 1) await page.keyboard.press("a");
    else {
      await page.keyboard.press("k");
      await expect(page.getByRole("dialog", { name: /放弃本席这一条/ })).toBeVisible();
      await lookHere("conflict, given up");
      await page.keyboard.press("Enter");
    }
    await expect(number.filter({ hasText: shown })).toHaveCount(0);
  }
  await online(desk);
  expect((await linkOf(desk)).refused).toBe(0);
});

/** Presses the key of the wall and waits for its page. */
async function openWall(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("Alt+w");
  const wall = await opened;
  await wall.waitForLoadState();
  await wall.getByRole("region", { name: "未办结事件" }).waitFor();
  return wall;
}

test("TB-12: hostile words in rule tables, two editions of which meet: text, and nothing is run or pushed apart", async ({
  desk,
  page,
  road,
}) => {
  await signIn(page);
  const { officers } = (await desk.call("session.officers")) as OutputOf<"session.officers">;
  const admin = officers.find(({ grade }) => grade === "admin");
  await desk.call("session.signIn", { officerId: admin?.id, pin: samplePin });
  await online(desk);
  const lookHere = await lookerAt(page);
  const names = [...new Set(lines.map((text) => cut(text.replace(/\s+/g, " "), 30)))].filter((text) => text.length > 1);
  const { criteria } = (await desk.call("system.tables")) as { criteria: { rows: Record<string, unknown>[] } };
  const [first = {}] = criteria.rows;
  const rows = names.slice(0, 60).map((name, index) => ({
    ...first,
    code: `h_${index}`,
    name,
    nameEn: name,
    most: 10,
    about: lines[index]?.slice(0, 200),
  }));
  const down = (changed: typeof rows, note: string) =>
    askDistrict(road.dataDir, `/operator/streets/${street}/table`, { table: "criteria", rows: changed, note });
  await down(rows, "W".repeat(200));
  await page.keyboard.press("F11");
  const list = page.getByRole("navigation", { name: "规则表目录" });
  await list.getByText("评哨标准").waitFor();
  const editor = page.getByRole("region", { name: "评哨标准" });
  for (let press = 0; press < 9 && !(await editor.isVisible()); press++) await page.keyboard.press("ArrowDown");
  await expect(editor.getByLabel("项目，第 60 行")).toHaveValue(names[59] ?? "", { timeout: 20_000 });
  await lookHere("rule table");
  await page.keyboard.press("Alt+h");
  await lookHere("rule table, editions");
  const typed = (at: number) => names[(at + 60) % names.length] ?? "";
  for (let at = 0; at < 12; at++) await editor.getByLabel(`项目，第 ${at * 5 + 1} 行`).fill(typed(at * 5));
  await editor.getByLabel("满分，第 2 行").fill("不是数字<b>");
  await lookHere("rule table, wrong");
  await editor.getByLabel("满分，第 2 行").fill("10");
  const changed = rows.map((row, index) =>
    index % 5 === 0 ? { ...row, name: names[(index + 130) % names.length] ?? "" } : row,
  );
  await down(changed, hostileStrings[4] ?? "");
  await expect(page.getByRole("alert", { name: "新来的一版" })).toBeVisible({ timeout: 20_000 });
  await lookHere("rule table, an edition arrived");
  await page.keyboard.press("Alt+j");
  const clashes = page.getByRole("region", { name: "两边都改了的地方" });
  await expect(clashes.getByRole("listitem").first()).toContainText(names[130] ?? "");
  await lookHere("rule table, clashes");
});

test("hostile names of officers, own views and reasons of opening; on the wall hostile titles: text, and nothing is run or pushed apart", async ({
  desk,
  page,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  const lookHere = await lookerAt(page);
  const { officers } = (await desk.call("session.officers")) as OutputOf<"session.officers">;
  const { officer: me } = (await desk.call("session.current")) as OutputOf<"session.current">;
  const admin = officers.find(({ grade }) => grade === "admin");
  await desk.call("session.signIn", { officerId: admin?.id, pin: samplePin });
  for (const [index, { id }] of officers.entries())
    if (id !== me?.id)
      await desk.call("officer.edit", { id, name: cut(`甲${lines[(index * 37) % lines.length]}`, 40) });
  await desk.call("session.signIn", { officerId: me?.id, pin: samplePin });

  const { center } = (await desk.call("map.base")) as { center: { lng: number; lat: number } };
  const { event: sealed } = (await desk.call("event.report", { text: "孩子离家", confidential: true })) as EventDetail;
  for (let at = 0; at < 120; at++) {
    const [text = "", place = "", lead = ""] = [lines[at * 4], lines[at * 4 + 1], lines[at * 4 + 2]];
    const { event } = (await desk.call("event.report", {
      text,
      title: text.slice(0, 80),
      level: at % 20 === 0 ? "critical" : "urgent",
      category: "waterlogging",
      place: { text: place.slice(0, 200), point: { lng: center.lng + at / 10_000, lat: center.lat } },
    })) as EventDetail;
    if (at % 3 > 0 || at % 20 === 0) continue;
    await desk.call("event.transition", { id: event.id, action: "accept" });
    const given = { lead: { kind: "department", name: cut(`甲${lead}`, 60) } };
    await desk.call("event.transition", { id: event.id, action: "assign", given });
  }

  await page.keyboard.press("F6");
  const list = page.getByRole("listbox", { name: "事件列表" });
  await expect(list).toBeFocused();
  for (let at = 0; at < lines.length; at += 100) {
    const names = lines.slice(at, at + 12).map((text) => cut(text, 20));
    await desk.call("event.setLook", {
      views: names.map((name, index) => ({ id: `v${at}_${index}`, name, selection: { view: "all" } })),
    });
    await page.reload();
    await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
    await page.keyboard.press("F6");
    const own = page.locator(".view.is-own");
    await expect(own).toHaveCount(names.length);
    expect(await own.first().getAttribute("title")).toContain(names[0]);
    await own.last().click();
    await expect(own.last()).toHaveAttribute("aria-selected", "true");
    await lookHere("own views");
    await page.keyboard.press(".");
    await expect(page.getByRole("dialog", { name: "筛选" })).toBeVisible();
    await lookHere("own views, filters");
    await page.keyboard.press("Escape");
    await page.keyboard.press(",");
    await expect(page.getByRole("dialog", { name: "列表栏目" })).toBeVisible();
    await lookHere("columns");
    await page.keyboard.press("Escape");
  }
  for (const text of lines.filter((_, index) => index % 10 === 0))
    await desk.call("event.open", { id: sealed.id, reason: cut(text, 200) });
  await openEvent(page, sealed.number);
  await expect(detailOf(page).locator(".timeline-entry").nth(20)).toBeVisible();
  await lookHere("reasons of opening");
  await page.keyboard.press("F8");
  await page.waitForTimeout(700);
  await lookHere("log with reasons of opening");
  for (const key of ["F1", "F5", "F7", "F9"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(700);
    await lookHere(`names of officers, ${key}`);
  }

  const wall = await openWall(page);
  const lookAtWall = await lookerAt(wall);
  const told = (await desk.call("wall.now")) as OutputOf<"wall.now">;
  expect(told.rows.length).toBeGreaterThan(50);
  for (const [width, height] of [
    [1366, 768],
    [3840, 2160],
  ] as const) {
    await wall.setViewportSize({ width, height });
    for (let turn = 0; turn < 3; turn++) {
      await wall.waitForTimeout(1_000);
      await lookAtWall(`wall ${width}`);
    }
  }
});
