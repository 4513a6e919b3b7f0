import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, request } from "undici";
import { expect, test } from "vitest";
import type { PresenceRules } from "#shared/domain/presence/rules.ts";
import { mostDepth, wireSchemas } from "#shared/protocol/messages.ts";
import defaults from "../../resources/defaults/presence.json" with { type: "json" };
import { type Answered, device, plainAsk } from "./device.ts";
import { district, type TestDistrict } from "./district.ts";
import { otherStreet, street } from "./ops.ts";

const tokenOf = (of: TestDistrict) => readFileSync(join(of.dir, "operator.token"), "utf8");
const operate = (of: TestDistrict, path: string, body?: unknown, token = tokenOf(of)): Promise<Answered> =>
  plainAsk(of, body === undefined ? "GET" : "POST", `/operator/streets${path && `/${path}`}`, body, {
    authorization: `Bearer ${token}`,
  });
const ladder = [{ to: "desk", names: ["王建国"], answerMs: 60_000 }];

interface Told {
  readonly dutyChecks: readonly {
    standing: string;
    reachedAt: number | null;
    answer: unknown;
    delayMs: number | null;
  }[];
  readonly watches: readonly unknown[];
}
const told = async (of: TestDistrict): Promise<Told> => (await operate(of, `${street}/presence`)).envelope.body as Told;

test("PR-19 the operator's door opens to the token of the folder alone, and to known streets", async () => {
  const centre = await district();
  expect(statSync(join(centre.dir, "operator.token")).mode & 0o077).toBe(0);
  expect(tokenOf(centre)).toHaveLength(43);
  for (const token of ["", "x", `${tokenOf(centre)}x`]) {
    expect(await operate(centre, `${street}/duty-check`, {}, token)).toMatchObject({
      status: 401,
      problem: "door.token",
    });
    expect((await operate(centre, `${street}/presence`, undefined, token)).problem).toBe("door.token");
  }
  expect(await operate(centre, "999999999/duty-check", {})).toMatchObject({
    status: 404,
    problem: "setup.unknown_street",
  });
  expect((await operate(centre, `${street}/duty-check`, { words: 7 })).problem).toBe("input.invalid");
  expect((await told(centre)).dutyChecks).toEqual([]);
});

test("PR-19 PS-9 PS-10 a duty check reaches a desk that waits, its answer comes back, and the district sees both delays", async () => {
  const centre = await district();
  const [desk, elsewhere] = [await device(centre), await device(centre, otherStreet)];
  await desk.push(desk.ops.officer());
  const before = (await desk.pull()).upTo;
  const waiting = desk.pull(before, { waitMs: 20_000 });
  const asked = await operate(centre, `${street}/duty-check`, { words: "请报在岗人员", operator: "钱调度" });
  const { checkId, askedAt } = asked.envelope.body as { checkId: string; askedAt: number };
  const [op] = (await waiting).ops;
  expect(op).toMatchObject({ kind: "duty_check.ask", device: `district-${street}`, seq: 1, by: "district" });
  expect(op?.body).toMatchObject({ checkId, words: "请报在岗人员", operator: "钱调度" });
  expect((await elsewhere.pull()).ops).toEqual([]);
  expect((await told(centre)).dutyChecks).toMatchObject([{ standing: "on_its_way", reachedAt: null, answer: null }]);

  const at = askedAt + 2_000;
  const reach = { checkId, watchId: "2026-11-21/night", ladder };
  await desk.push(desk.ops.make("duty_check.reach", reach, "desk", { at }));
  expect((await told(centre)).dutyChecks).toMatchObject([{ standing: "asked", reachedAt: at }]);
  const answer = { checkId, name: "王建国", remarks: "主班副班均在岗" };
  await desk.push(desk.ops.make("duty_check.answer", answer, undefined, { at: at + 9_000 }));
  const after = await told(centre);
  expect(after.dutyChecks).toMatchObject([
    { standing: "answered", answer: { name: "王建国", afterMs: 9_000, remarks: "主班副班均在岗" } },
  ]);
  expect(after.dutyChecks[0]?.delayMs).toBeGreaterThanOrEqual(0);
  // A second question goes on in the district's own numbers, beside those of the desks.
  await operate(centre, `${street}/duty-check`, {});
  expect(
    (await desk.pull(before)).ops.filter((one) => one.device.startsWith("district")).map(({ seq }) => seq),
  ).toEqual([1, 2]);
  expect((await device(centre)).letter).toBe("B");
});

test("PS-10 without an answer within its time, by the district's clock, it is unanswered, desk or no desk", async () => {
  const centre = await district();
  await operate(centre, `${street}/duty-check`, { answerMinutes: 5 });
  centre.skewMs = 4.9 * 60_000;
  expect((await told(centre)).dutyChecks[0]?.standing).toBe("on_its_way");
  centre.skewMs = 5.1 * 60_000;
  expect((await told(centre)).dutyChecks[0]?.standing).toBe("unanswered");
});

test("PR-19 OP-5 no desk pushes in the district's name, nor signs as its device", async () => {
  const centre = await district();
  const desk = await device(centre);
  await operate(centre, `${street}/duty-check`, {});
  const body = { checkId: "d", operator: "", words: "", answerMs: 1000 };
  const [result] = await desk.push(desk.ops.make("duty_check.ask", body, "district"));
  expect(result).toMatchObject({ outcome: "refused", error: { id: "op.author" } });
  const forged = desk.ops.make("duty_check.ask", body, "district", { device: `district-${street}` });
  expect((await desk.ask("/v1/push", { ops: [forged] })).problem).toBe("input.invalid");
  expect((await desk.ask("/v1/push", { ops: [forged] }, { device: `district-${street}` })).problem).toBe(
    "link.refused_device",
  );
});

test("PR-26 the operator sees of every street who is there, when it was last heard and what its desks hold, after a restart too", async () => {
  const centre = await district();
  const desk = await device(centre);
  await desk.push(desk.ops.officer(), desk.ops.note("n1"));
  await desk.pull(2);
  const shown = async () => {
    const { streets } = (await operate(centre, "")).envelope.body as { streets: { code: string; desks: object[] }[] };
    return new Map(streets.map((one) => [one.code, one]));
  };
  const before = await shown();
  const desks = [{ letter: "A", name: "一号台", online: true, holdsNo: 2, revoked: false }];
  expect(before.get(street)).toMatchObject({ online: true, openWhistles: 0, desks });
  expect(before.get(otherStreet)).toMatchObject({ online: false, lastContactAt: null, desks: [] });
  await centre.stop();
  await centre.start();
  centre.skewMs = 61_000;
  const after = (await shown()).get(street);
  expect(after).toMatchObject({ online: false, desks: [{ online: false, holdsNo: 2 }] });
  expect(after).toHaveProperty("lastContactAt", expect.any(Number));
  expect((await operate(centre, "", undefined, "x")).problem).toBe("door.token");
});

test("PS-12 the district sets the rules of presence of one street", async () => {
  const centre = await district();
  const desk = await device(centre);
  const rules: PresenceRules = { ...(defaults as PresenceRules), label: "永川区" };
  expect((await operate(centre, `${street}/presence-rules`, { ...rules, lock: { idleMinutes: -1 } })).problem).toBe(
    "input.invalid",
  );
  expect((await operate(centre, `${street}/presence-rules`, rules)).status).toBe(200);
  expect((await desk.pull()).ops).toMatchObject([{ kind: "rules.presence", body: { label: "永川区" } }]);
});

test("TB-1 the district sets a rule table of a street; a wrong cell is named", async () => {
  const centre = await district();
  const desk = await device(centre);
  const row = { code: "ice", name: "道路结冰", board: "safety", keywords: ["结冰"], relapseDays: 10 };
  const put = (body: unknown) => operate(centre, `${street}/table`, body);
  expect((await put({ table: "category", rows: [{ ...row, board: "moon" }] })).problem).toBe("input.invalid");
  expect((await put({ table: "category", rows: [row, row] })).problem).toBe("table.twice");
  expect((await put({ table: "category", rows: [row], note: "统一类别" })).status).toBe(200);
  expect((await desk.pull()).ops).toMatchObject([{ kind: "table.district", by: "district", body: { was: null } }]);
});

test("what is in the folder of a stopped district asks nobody", async () => {
  const centre = await district();
  await centre.stop();
  const { askDistrict } = await import("#district/operator/ask.ts");
  await expect(askDistrict(centre.dir, `/operator/streets/${street}/presence`)).rejects.toThrow();
  await centre.start();
  expect(await askDistrict(centre.dir, `/operator/streets/${street}/presence`)).toMatchObject({ dutyChecks: [] });
  writeFileSync(join(centre.dir, "operator.token"), "another");
  await expect(askDistrict(centre.dir, `/operator/streets/${street}/presence`)).rejects.toThrow("door.token");
});

test("PR-27 the district describes its door: every way in, whoever may, what is asked and answered", async () => {
  const centre = await district();
  const agent = new Agent({ connect: { ca: centre.ca() } });
  const ask = (path: string) => request(`${centre.url()}${path}`, { dispatcher: agent });
  const told = (await (await ask("/openapi.json")).body.json()) as {
    paths: Record<
      string,
      Record<string, { parameters: { name: string }[]; requestBody?: { description: string }; security?: object[] }>
    >;
    components: { schemas: Record<string, object> };
  };
  expect(Object.keys(told.components.schemas)).toEqual(expect.arrayContaining(Object.keys(wireSchemas)));
  const refs = [...JSON.stringify(told).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? "");
  expect(refs.filter((name) => !(name in told.components.schemas))).toEqual([]);
  const names = told.paths["/v1/push"]?.post?.parameters.map(({ name }) => name);
  expect(names).toEqual(["urgent", "x-desk-nonce", "x-desk-device", "x-desk-time", "x-desk-signature"]);
  // Nothing that is described leads nowhere, and what is behind the operator's door says so.
  for (const [path, ways] of Object.entries(told.paths))
    for (const [method, { requestBody, security }] of Object.entries(ways)) {
      const url = path.replace("{code}", street).replace("{sha256}", "0".repeat(64)).replace("{id}", "0".repeat(32));
      const body = method === "post" ? { body: "{}", headers: { "content-type": "application/json" } } : {};
      const answer = await request(`${centre.url()}${url}`, {
        dispatcher: agent,
        method: method.toUpperCase() as "GET",
        ...body,
      });
      const text = await answer.body.text();
      if (requestBody) expect(requestBody.description, path).toContain(`no deeper than ${mostDepth}`);
      expect(text, `${method} ${path}`).not.toContain("contract.unknown");
      if (security) expect(text, path).toContain("door.token");
    }
  await agent.close();
});
