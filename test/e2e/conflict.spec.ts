import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { device } from "../protocol/device.ts";
import type { TestDistrict } from "../protocol/district.ts";
import { type DeskUnderTest, deskTest, expect } from "./desk.ts";
import { detailOf, openEvent, tabTo } from "./officer.ts";
import { signIn } from "./screens.ts";
import { root } from "./vehicle.ts";

/** A district centre, and the one road to it, which can be shut. */
interface Road {
  readonly district: TestDistrict;
  readonly url: string;
  shut(): void;
  open(): void;
}

const test = deskTest.extend<{ road: Road }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it uses, and this one uses none.
  road: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
    const centre = spawn(process.execPath, [join(root, "district/main.ts"), "--data", dataDir, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await urlOf(centre);
    const ca = readFileSync(join(dataDir, "ca.pem"), "utf8").replace(
      /-----BEGIN PRIVATE[\s\S]*?END PRIVATE KEY-----/,
      "",
    );
    const sockets = new Set<Socket>();
    let isShut = false;
    const gate = createServer((near) => {
      if (isShut) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(Number(new URL(url).port), "127.0.0.1");
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on("error", () => {});
        from.once("close", () => to.destroy());
        from.pipe(to);
      }
    });
    await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
    await use({
      district: { url: () => url, ca: () => ca, skewMs: 0 } as TestDistrict,
      url: `https://127.0.0.1:${(gate.address() as AddressInfo).port}`,
      shut() {
        isShut = true;
        for (const socket of sockets) socket.destroy();
      },
      open() {
        isShut = false;
      },
    });
    for (const socket of sockets) socket.destroy();
    gate.close();
    centre.kill();
    rmSync(dataDir, { recursive: true, force: true });
  },
  start: async ({ road }, use) => use({ demo: true, district: road.url }),
});

function urlOf(centre: ChildProcess): Promise<string> {
  const { stdout } = centre;
  if (!stdout) throw new Error("The district has no output.");
  return new Promise((resolve) =>
    createInterface({ input: stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url)),
  );
}

interface Status {
  readonly link: { readonly state: string };
  readonly waiting: number;
  readonly refused: number;
}
const linkOf = async (desk: DeskUnderTest) => (await desk.call("link.status")) as Status;
const online = (desk: DeskUnderTest) =>
  expect
    .poll(
      async () => {
        const { link, waiting } = await linkOf(desk);
        return [link.state, waiting];
      },
      { timeout: 30_000 },
    )
    .toEqual(["online", 0]);

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
