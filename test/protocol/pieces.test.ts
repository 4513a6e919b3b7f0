import { setTimeout as tick } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { mostBodyBytes } from "#shared/protocol/messages.ts";
import { drawer } from "../seed.ts";
import { type Device, device } from "./device.ts";
import { district, type TestDistrict } from "./district.ts";

/** As a desk packs: the highest level would take seconds over what is hardly to be compressed. */
const pack = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
const br = { encode: pack, headers: { "content-encoding": "br" } };

describe("PR-14: bodies that were compressed", () => {
  test("PR-14: a compressed push is taken, and its bytes are what was signed", async () => {
    const centre = await district();
    const { ask, ops } = await device(centre);
    const { status, envelope } = await ask("/v1/push", { ops: [ops.officer(), ops.note("n1")] }, br);
    expect(status).toBe(200);
    expect(envelope.body).toMatchObject({
      from: 1,
      results: [{ outcome: "accepted" }, { outcome: "accepted" }],
      nextSeq: 3,
    });
  });

  test("PR-14: nothing is decompressed beyond the limits, by size or by ratio, nor in another way, nor before its signature", async () => {
    const centre = await district();
    const { ask, ops, pull } = await device(centre);
    const push = (text: string, bent = br) => ask("/v1/push", { ops: [ops.officer(), ops.note("n", text)] }, bent);
    // Deeper than anything that is asked here, in the part of an op that a schema does not know.
    const deep = JSON.parse(`${"[".repeat(100)}1${"]".repeat(100)}`) as unknown;
    const act = ops.make("event.act", { eventId: "e", action: "accept", given: { deep } }, "officer-1", { seq: 1 });
    const answered = await ask("/v1/push", { ops: [act] });
    expect([answered.status, answered.problem]).toEqual([400, "input.invalid"]);
    expect(answered.envelope.body).toMatchObject({ error: { field: "depth" } });
    // Brackets in a text are no depth.
    const text = await ask("/v1/push", { ops: [ops.officer(), ops.note("n", "[{".repeat(200))] });
    expect(text.problem).toBeUndefined();
    // Not so large, but ten thousand to one.
    const bomb = "\u5de1".repeat(400_000);
    expect(pack(bomb).length).toBeLessThan(400);
    const inflated = { error: { id: "input.invalid", field: "body" } };
    expect((await push(bomb)).envelope.body).toMatchObject(inflated);
    // Hardly to be compressed, and too large when it is whole again.
    const draw = drawer(1);
    const large = Array.from({ length: mostBodyBytes }, () => (draw() < 0.5 ? "0" : "1")).join("");
    expect(pack(large).length).toBeGreaterThan(mostBodyBytes / 10);
    expect((await push(large)).envelope.body).toMatchObject(inflated);
    expect(
      (await push("x", { encode: (text) => gzipSync(text), headers: { "content-encoding": "gzip" } })).problem,
    ).toBe("input.invalid");
    expect((await push("x", { encode: br.encode, headers: { "content-encoding": "br, br" } })).problem).toBe(
      "input.invalid",
    );
    expect((await push("x", { encode: (text) => br.encode(text).subarray(0, 20), headers: br.headers })).problem).toBe(
      "input.invalid",
    );
    const unsigned = await ask(
      "/v1/push",
      { ops: [ops.officer()] },
      { ...br, privateKey: (await device(centre)).privateKey },
    );
    expect(unsigned.problem).toBe("link.refused_device");
    expect((await pull()).ops).toEqual([]);
  });

  test("PR-14: an answer is compressed for who accepts it, and only then", async () => {
    const centre = await district();
    const { ask, ops, push } = await device(centre);
    await push(ops.officer(), ...Array.from({ length: 50 }, (_, index) => ops.note(`n${index}`)));
    const { headers } = await ask("/v1/pull", { after: 0, limit: 100, waitMs: 0, whole: true });
    expect(headers["content-encoding"]).toBeUndefined();
    const { request, Agent } = await import("undici");
    const hello = await request(`${centre.url()}/v1/hello`, {
      dispatcher: new Agent({ connect: { ca: centre.ca() } }),
      headers: { "accept-encoding": "br" },
    });
    expect(hello.headers["content-encoding"]).toBeUndefined();
  });
});

test("PR-6: a push from before the district was restored is not judged: nothing is written, and its desk is called no copy", async () => {
  const centre = await district();
  const { ask, ops, push } = await device(centre);
  await push(ops.officer());
  const before = centre.now.epoch;
  await centre.stop();
  await centre.start({ restored: true });
  await push(ops.note("n1"));
  const stale = { ...ops.note("n2"), seq: 1 };
  const said = async (epoch: string) => (await ask("/v1/push", { ops: [stale], epoch })).envelope;
  const late = await said(before);
  expect(late).toMatchObject({
    epoch: centre.now.epoch,
    body: { results: [{ outcome: "later", waitMs: 0 }], nextSeq: 3 },
  });
  expect(await forksOf(centre)).toBe(0);
  // The control: told as of this epoch, it is another history of the desk.
  expect((await said(centre.now.epoch)).body).toMatchObject({ results: [{ outcome: "refused" }] });
  expect(await forksOf(centre)).toBe(1);
});

const forksOf = (centre: TestDistrict): Promise<number> =>
  centre.inStore(
    async ({ db }) => (await db.selectFrom("audit").select("no").where("what", "=", "fork").execute()).length,
  );

describe("PR-8: several pushes on their way at once", () => {
  const send = (from: Device, ops: unknown[], over = {}) => from.ask("/v1/push", { ops, ...over });
  const outcomes = (body: unknown) =>
    (body as { results: { outcome: string }[] }).results.map(({ outcome }) => outcome);

  test("PR-8: one that was quicker than the one before it waits for its turn, and nothing is applied out of order", async () => {
    const centre = await district();
    const one = await device(centre);
    const ops = [one.ops.officer(), one.ops.report("e1"), one.ops.act("e1", "accept"), one.ops.note("n1")];
    const third = send(one, ops.slice(2), { hold: true });
    await tick(100);
    const second = send(one, ops.slice(1, 2), { hold: true });
    await tick(100);
    expect((await one.pull()).ops).toEqual([]);
    const first = await send(one, ops.slice(0, 1));
    expect(outcomes(first.envelope.body)).toEqual(["accepted"]);
    expect(outcomes((await second).envelope.body)).toEqual(["accepted"]);
    expect(outcomes((await third).envelope.body)).toEqual(["accepted", "accepted"]);
    expect((await one.pull()).ops.map((op) => op.id)).toEqual(ops.map((op) => op.id));
  });
});

describe("PR-16: urgent ops before their turn", () => {
  test("PR-16: they are judged at once and keep their numbers; the turn passes over them", async () => {
    const centre = await district();
    const one = await device(centre);
    const [officer, n1, n2, urgent, n3] = [
      one.ops.officer(),
      one.ops.note("n1"),
      one.ops.note("n2"),
      one.ops.report("e1"),
      one.ops.note("n3"),
    ];
    await one.push(officer);
    const ahead = await one.ask("/v1/push", { ops: [urgent], ahead: true });
    expect(ahead.envelope.body).toMatchObject({ results: [{ outcome: "accepted", no: 2 }], nextSeq: 2 });
    expect(await one.push(n3)).toMatchObject([{ outcome: "later" }]);
    expect((await one.ask("/v1/push", { ops: [n1, n2] })).envelope.body).toMatchObject({ nextSeq: 5 });
    expect(await one.push(n3)).toMatchObject([{ outcome: "accepted", no: 5 }]);
    expect(await one.push(urgent)).toMatchObject([{ outcome: "duplicate", no: 2 }]);
  });

  test("PR-16, PR-13: a number that went ahead is not given to another op", async () => {
    const centre = await district();
    const one = await device(centre);
    await one.push(one.ops.officer());
    const urgent = one.ops.make("log.write", { id: "u", kind: "note", text: "\u6025" }, undefined, { seq: 4 });
    await one.ask("/v1/push", { ops: [urgent], ahead: true });
    const other = one.ops.make("log.write", { id: "v", kind: "note", text: "\u522b" }, undefined, { seq: 4 });
    const forked = await one.ask("/v1/push", { ops: [other], ahead: true });
    expect(forked.envelope.body).toMatchObject({
      results: [{ outcome: "refused", error: { id: "op.fork" } }],
      nextSeq: 2,
    });
  });
});

describe("pulls in stretches, with receipts", () => {
  test("PR-15: the asking desk gets receipts of its own ops, another desk the ops", async () => {
    const centre = await district();
    const [one, two] = [await device(centre), await device(centre)];
    const ops = [one.ops.officer(), one.ops.note("n1")];
    await one.push(...ops);
    const own = await one.pull(0, { whole: false });
    expect(own.ops).toEqual([]);
    expect(own.own).toEqual(ops.map((op, index) => [index + 1, op.seq, op.id.slice(-8), expect.any(Number)]));
    expect((await two.pull(0, { whole: false })).ops.map((op) => op.id)).toEqual(ops.map((op) => op.id));
  });

  test("PR-15: a push that says that others follow leaves its own desk's pull waiting, and wakes another desk's", async () => {
    const centre = await district();
    const [one, two] = [await device(centre), await device(centre)];
    const came: string[] = [];
    const waits = [one, two].map(async (desk, index) => {
      const page = await desk.pull(0, { whole: false, waitMs: 20_000 });
      came.push(index === 0 ? `receipts ${page.own.length}` : `ops ${page.ops.length}`);
    });
    await tick(200);
    await one.ask("/v1/push", { ops: [one.ops.officer()], more: true });
    await waits[1];
    expect(came).toEqual(["ops 1"]);
    await one.ask("/v1/push", { ops: [one.ops.note("n1")] });
    await waits[0];
    expect(came).toEqual(["ops 1", "receipts 2"]);
  });

  test("PR-17: an answer names the stretches that follow; together they are all of it, each row once", async () => {
    const centre = await district();
    const [one, two] = [await device(centre), await device(centre)];
    await one.push(one.ops.officer(), ...Array.from({ length: 60 }, (_, index) => one.ops.note(`n${index}`)));
    const first = await two.pull(0, { limit: 10, marks: 3 });
    expect(first).toMatchObject({ upTo: 10, more: true, marks: [20, 30, 40] });
    const second = await two.pull(10, { until: 20, limit: 10 });
    expect(second).toMatchObject({ upTo: 20, more: false, marks: [] });
    const short = await two.pull(20, { until: 30, limit: 4 });
    expect(short).toMatchObject({ upTo: 24, more: true });
    const third = await two.pull(30, { until: 40, limit: 10, marks: 8 });
    expect(third.marks).toEqual([50, 60]);
    expect((await two.pull(60, { limit: 10 })).ops.map((op) => op.no)).toEqual([61]);
  });
});
