import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { expect, test } from "vitest";
import { device } from "./device.ts";
import { district, type TestDistrict } from "./district.ts";
import { otherStreet, street } from "./ops.ts";

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** A browser at the operator's page, as far as HTTP goes. */
function visitor(centre: TestDistrict) {
  const url = (centre.now.pageUrl ?? "").replace(/\/$/, "");
  const { host } = new URL(url);
  let cookie = "";
  async function ask(
    method: "GET" | "POST",
    path: string,
    body?: Record<string, string>,
    over: Record<string, string> = {},
  ) {
    const answer = await request(`${url}${path}`, {
      method,
      headers: {
        host,
        ...(cookie ? { cookie } : {}),
        ...(method === "POST"
          ? { origin: url, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" }
          : {}),
        ...over,
      },
      body: body === undefined ? null : new URLSearchParams(body).toString(),
    });
    const set = answer.headers["set-cookie"];
    if (typeof set === "string") cookie = set.split(";")[0] ?? "";
    return { status: answer.statusCode, text: await answer.body.text(), headers: answer.headers } satisfies Shown;
  }
  let formKey = "";
  return {
    ask,
    see: async (path: string, over?: Record<string, string>) => {
      const shown = await ask("GET", path, undefined, over);
      formKey = /name="formKey" value="([^"]+)"/.exec(shown.text)?.[1] ?? formKey;
      return shown;
    },
    send: (path: string, body: Record<string, string>, over?: Record<string, string>) =>
      ask("POST", path, { formKey, back: "/", ...body }, over),
    signIn: (name = "钱调度", token = readFileSync(join(centre.dir, "operator.token"), "utf8")) =>
      ask("POST", "/sign-in", { name, token }),
    get cookie() {
      return cookie;
    },
  };
}

const openPage = async () => {
  const centre = await district({ pagePort: 0 });
  const at = visitor(centre);
  return { centre, at };
};
const bodyOf = (op: { body?: unknown } | undefined) => (op?.body ?? {}) as Record<string, string>;
const matter = { street, level: "critical", title: "河道漂浮物", requirement: "今晚清完", confidential: "" };

test("PR-29 the page opens on this machine alone, to the token alone, and who tries many waits", async () => {
  const { centre, at } = await openPage();
  expect(centre.now.pageUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const port = new URL(centre.now.pageUrl ?? "").port;
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === "IPv4" && !one.internal);
  if (outside) await expect(request(`http://${outside.address}:${port}/`)).rejects.toThrow();
  expect(await at.see("/")).toMatchObject({ status: 303, headers: { location: "/sign-in" } });
  expect((await at.signIn("钱调度", "x")).text).toContain("口令不对");
  expect((await at.signIn("")).status).toBe(400);
  expect((await at.signIn("a\u0007b")).status).toBe(400);
  expect(at.cookie).toBe("");
  const inside = await at.signIn();
  expect(inside).toMatchObject({ status: 303, headers: { location: "/" } });
  expect(inside.headers["set-cookie"]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  const first = await at.see("/");
  expect(first.text).toContain("钱调度");
  expect(first.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  const stranger = visitor(centre);
  for (let tries = 0; tries < 10; tries++) await stranger.signIn("某人", "x");
  expect(await stranger.signIn()).toMatchObject({ status: 429 });
  // Who is inside stays inside, and goes out by the button.
  expect((await at.see("/")).status).toBe(200);
  expect((await at.send("/sign-out", {})).headers.location).toBe("/sign-in");
  expect((await at.see("/")).status).toBe(303);
});

test("PR-29 a form of another page, and a name that is not ours, do nothing", async () => {
  const { centre, at } = await openPage();
  await at.signIn();
  await at.see("/");
  const foreign: Record<string, string>[] = [
    { origin: "http://127.0.0.1:1" },
    { origin: "null" },
    { "sec-fetch-site": "same-site" },
    { host: "district.example" },
  ];
  for (const over of foreign)
    expect(await at.send("/dispatch", matter, over), JSON.stringify(over)).toMatchObject({ status: 403 });
  expect((await at.ask("POST", "/dispatch", { ...matter, formKey: "guessed" })).status).toBe(403);
  expect((await at.see("/", { host: "district.example" })).status).toBe(403);
  expect((await at.ask("POST", "/dispatch", matter, { "content-type": "application/json" })).status).toBe(415);
  const desk = await device(centre);
  expect((await desk.pull()).ops).toEqual([]);
  // A page elsewhere as the way back is none.
  expect((await at.send("/language", { back: "//example.com" })).headers.location).toBe("/");
  expect((await at.see("/")).text).toContain("District operator");
});

test("PR-29 DS-1 DS-3 the operator sends an event down by the page, sees the return, insists, recalls; the audit has the name", async () => {
  const { centre, at } = await openPage();
  const desk = await device(centre);
  await desk.push(desk.ops.officer());
  await at.signIn();
  await at.see(`/dispatch?street=${street}`);
  const wrong = await at.send("/dispatch", { ...matter, limit: "soon", back: `/dispatch?street=${street}` });
  expect(wrong.headers.location).toBe(`/dispatch?street=${street}`);
  const again = (await at.see(`/dispatch?street=${street}`)).text;
  expect(again).toContain("“办结时限”没有填或填得不对");
  // Nothing that was typed is lost.
  expect(again).toContain('value="河道漂浮物"');
  const sent = await at.send("/dispatch", { ...matter, limit: "2小时" });
  expect(sent).toMatchObject({ status: 303, headers: { location: `/streets/${street}` } });
  const shown = (await at.see(`/streets/${street}`)).text;
  expect(shown).toMatch(/已下派到 \S+，编号 \d{8}-区001，序号 2。/);
  expect(shown).toContain("未到席位");
  // Said once.
  expect((await at.see(`/streets/${street}`)).text).not.toContain("已下派到");
  const op = (await desk.pull()).ops.at(-1);
  expect(op?.body).toMatchObject({ given: { limitMin: 120, operator: "钱调度", level: "critical" } });
  await desk.pull(2);
  expect((await at.see("/")).text).toContain("已到席位");
  const { eventId = "" } = bodyOf(op);
  await desk.push(desk.ops.act(eventId, "hand_back", { reason: "归邻街" }));
  expect((await at.see("/")).text).toContain("归邻街");
  const step = (name: string, words: string) =>
    at.send("/dispatch-step", { street, event: eventId, step: name, words, form: `dispatch/${eventId}/${name}` });
  await step("insist", "属你街道");
  expect((await at.see("/")).text).toContain("已办：不同意退回，序号 4。");
  await step("insist", "再说一遍");
  const refused = (await at.see(`/streets/${street}`)).text;
  expect(refused).toContain("街道没有等待答复的退回申请");
  await step("recall", "改派");
  expect((await at.see(`/streets/${street}`)).text).toContain("已撤回（钱调度）：改派");
  const audit = (await at.see("/audit")).text;
  for (const line of ["进入操作台", "下派事件", "不同意退回 钱调度", "撤回 钱调度"]) expect(audit).toContain(line);
});

test("PR-29 WH-3 PS-9 whistles are answered and duty checks asked by the page", async () => {
  const { centre, at } = await openPage();
  const desk = await device(centre);
  await device(centre, otherStreet);
  const { ops } = desk;
  const call = { whistleKind: "daily", to: "区交通运输委", text: "请增开班次" };
  await desk.push(
    ops.officer(),
    ops.report("event-1"),
    ops.act("event-1", "accept"),
    ops.act("event-1", "assign", { lead: { kind: "post", name: "交通巡逻岗" } }),
    ops.act("event-1", "acknowledge"),
    ops.act("event-1", "whistle", call),
  );
  await at.signIn();
  expect((await at.see(`/streets/${street}`)).text).toContain("请增开班次");
  await at.send("/whistle", { street, event: "event-1", step: "route", to: "区城市管理局", words: "", form: "f" });
  expect((await at.see(`/streets/${street}`)).text).toContain("待应哨");
  await at.send("/duty-check", { street: "all", words: "请报在岗人员", answerMinutes: "5" });
  const asked = (await at.see("/")).text;
  expect(asked).toContain("已向 2 个镇街查岗。");
  expect(asked.match(/未送达/g)).toHaveLength(2);
  const reach = (await desk.pull(0, { whole: true })).ops.find(({ kind }) => kind === "duty_check.ask");
  const { checkId = "" } = bodyOf(reach);
  const ladder = [{ to: "desk", names: ["王建国"], answerMs: 60_000 }];
  await desk.push(
    ops.make("duty_check.reach", { checkId, watchId: "2026-11-21/night", ladder }, "desk", { at: reach?.at ?? 0 }),
    ops.make("duty_check.answer", { checkId, name: "王建国", remarks: "均在岗" }),
  );
  expect((await at.see("/")).text).toContain("王建国：均在岗");
});

test("PR-30 what comes from a street stands on the page as text, and words of confidential events do not", async () => {
  const { centre, at } = await openPage();
  const desk = await device(centre);
  await at.signIn();
  await at.see(`/dispatch?street=${street}`);
  const hostile = `"><script>alert(1)</script>`;
  await at.send("/dispatch", { ...matter, title: hostile, requirement: hostile });
  await at.send("/dispatch", { ...matter, title: "某人纠纷", requirement: "保密处置", confidential: "1" });
  await desk.push(desk.ops.officer());
  const [op] = (await desk.pull()).ops;
  const { eventId = "" } = bodyOf(op);
  await desk.push(desk.ops.act(eventId, "hand_back", { reason: hostile }));
  for (const path of ["/", `/streets/${street}`, "/audit", `/dispatch?street=${street}`]) {
    const { text, status } = await at.see(path);
    expect(status).toBe(200);
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/page.js" defer>']);
    expect(text).not.toMatch(/某人纠纷|保密处置/);
  }
  expect((await at.see(`/streets/${street}`)).text).toContain("&lt;script&gt;");
  expect((await at.see("/streets/999999999")).status).toBe(404);
  expect((await at.see("/nothing")).status).toBe(404);
});

test("PR-29 without a port for it there is no page, and a district that comes back has its page where it was", async () => {
  const centre = await district();
  expect(centre.now.pageUrl).toBeNull();
  await centre.stop();
  await centre.start({ pagePort: 0 });
  const before = centre.now.pageUrl;
  await centre.stop();
  await centre.start({ pagePort: 0 });
  expect(centre.now.pageUrl).toBe(before);
});
