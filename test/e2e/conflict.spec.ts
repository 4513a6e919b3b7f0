import { device } from "../protocol/device.ts";
import { expect } from "./desk.ts";
import { detailOf, openEvent, tabTo } from "./officer.ts";
import { linkOf, online, roadTest as test } from "./road.ts";
import { signIn } from "./screens.ts";

interface Reported {
  readonly id: string;
  readonly number: string;
  readonly category: string;
}

const street = "500118004";
const own = { kind: "post", name: "交通巡逻岗" };
const theirs = { kind: "team", name: "排水抢险队" };
const assess = (category: string, lead: object, level: string) => ({ board: "safety", category, level, lead });

test("OP-6, EV-15: what two desks set while the link was down stands side by side: kept, given up, or chosen field by field, by keyboard", async ({
  desk,
  page,
  road,
}) => {
  await signIn(page);
  await online(desk);
  const { officers } = (await desk.call("session.officers")) as {
    officers: { id: string; name: string; grade: string }[];
  };
  const { officer: me } = (await desk.call("session.current")) as { officer: { id: string } };
  const other = officers.find(({ grade, id }) => grade === "shift_leader" && id !== me.id);
  if (!other) throw new Error("no second shift leader in the sample");
  const accepted = async (text: string) => {
    const { event } = (await desk.call("event.report", { text })) as { event: Reported };
    await desk.call("event.transition", { id: event.id, action: "accept" });
    return event;
  };
  const kept = await accepted("一号路口积水");
  const dropped = await accepted("二号路口积水");
  const edited = await accepted("三号路口积水");
  const events = [kept, dropped, edited];
  await online(desk);

  road.shut();
  for (const { id, category } of events)
    await desk.call("event.transition", { id, action: "assess", given: assess(category, own, "normal") });
  await expect.poll(async () => (await linkOf(desk)).link.state, { timeout: 30_000 }).toBe("offline");
  // The other desk of the street, at its own end of the wire.
  const neighbour = await device(road.district, street, "sample");
  const acts = events.map(({ id, category }) => {
    const body = { eventId: id, action: "assess", given: assess(category, theirs, "urgent") };
    return neighbour.ops.make("event.act", body, other.id, { at: Date.now() });
  });
  expect((await neighbour.push(...acts)).map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
  road.open();
  await online(desk);
  expect((await linkOf(desk)).refused).toBe(3);

  await page.keyboard.press("F10");
  const card = page.getByRole("region", { name: "区中心退回" });
  const about = page.locator(".outbox-about");
  const row = (name: string) => card.getByRole("row", { name: new RegExp(`^${name}`) });
  const seen = new Set<string>();
  for (const _ of events) {
    await expect(about).not.toContainText(new RegExp([...seen].join("|") || "无此编号"));
    const number = (await about.locator(".figures").textContent()) ?? "";
    seen.add(number);
    await expect(row("主办")).toContainText(own.name);
    await expect(row("主办")).toContainText(theirs.name);
    await expect(row("主办")).toContainText(new RegExp(`${other.name} \\d\\d:\\d\\d`));
    await expect(row("等级")).toContainText("一般");
    await expect(row("等级")).toContainText("紧急");
    if (number === kept.number) await page.keyboard.press("a");
    else if (number === dropped.number) {
      await page.keyboard.press("k");
      await expect(page.getByRole("dialog", { name: /放弃本席这一条/ })).toBeVisible();
      await page.keyboard.press("Enter");
    } else {
      await page.keyboard.press("e");
      await tabTo(page, row("等级").getByRole("radio").first());
      await page.keyboard.press("ArrowRight");
      await expect(row("等级").getByRole("radio").nth(1)).toBeChecked();
      await page.keyboard.press("Control+Enter");
    }
  }
  await expect(card).toHaveCount(0);
  await online(desk);
  expect((await linkOf(desk)).refused).toBe(0);

  // What was chosen stands at the district, too.
  const stands = async (id: string) => {
    const { event } = (await desk.call("event.get", { id })) as { event: { level: string; lead: { name: string } } };
    return [event.lead.name, event.level];
  };
  expect(await stands(kept.id)).toEqual([own.name, "normal"]);
  expect(await stands(dropped.id)).toEqual([theirs.name, "urgent"]);
  expect(await stands(edited.id)).toEqual([own.name, "urgent"]);
  const { ops } = await neighbour.pull();
  const last = (id: string) => ops.filter(({ body }) => (body as { eventId?: string }).eventId === id).at(-1);
  expect(events.map(({ id }) => last(id)?.device === neighbour.id)).toEqual([false, true, false]);

  // What lost stays readable where it was said, and who gave it up stands in the log.
  await openEvent(page, dropped.number);
  const lost = detailOf(page).locator(".timeline-entry").filter({ hasText: own.name });
  await expect(lost).toContainText("被退");
  await expect(detailOf(page).locator(".timeline-entry").filter({ hasText: theirs.name })).toContainText("已确认");
  await page.keyboard.press("F8");
  await expect(page.getByText(new RegExp(`放弃被退的一条，不再上报：${dropped.number}`))).toBeVisible();
});
