import { connect } from "node:tls";
import { sql } from "kysely";
import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { makeDeskKey } from "#core/sync/enrol.ts";
import { OtherStore } from "#district/data-dir.ts";
import { readCode } from "#shared/protocol/code.ts";
import { maxPushOps, urgentPushPath } from "#shared/protocol/messages.ts";
import { device, plainAsk } from "./device.ts";
import { district } from "./district.ts";
import { officer, otherStreet, street } from "./ops.ts";
import { onPostgres } from "./stores.ts";

const minuteMs = 60_000;
const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the district's end of the wire", () => {
  test("PR-1: TLS 1.1 and plain HTTP get nowhere", async () => {
    const centre = await district();
    const port = Number(new URL(centre.url()).port);
    const old = connect({ host: "127.0.0.1", port, ca: centre.ca(), minVersion: "TLSv1", maxVersion: "TLSv1.1" });
    await expect(
      new Promise((resolve, reject) => old.once("secureConnect", resolve).once("error", reject)),
    ).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${port}/v1/hello`)).rejects.toThrow();
  });

  test("PR-2, PR-3: every answer is an envelope with the nonce of its request, refusals too", async () => {
    const centre = await district();
    const nonce = "0123456789abcdefXY";
    const asks = [
      plainAsk(centre, "GET", "/v1/hello", undefined, { "x-desk-nonce": nonce }),
      plainAsk(centre, "GET", "/nowhere", undefined, { "x-desk-nonce": nonce }),
      plainAsk(centre, "GET", "/%", undefined, { "x-desk-nonce": nonce }),
      plainAsk(centre, "POST", "/v1/push", { ops: [] }, { "x-desk-nonce": nonce }),
      plainAsk(centre, "POST", "/v1/push", "{broken", { "x-desk-nonce": nonce }),
      plainAsk(centre, "POST", "/v1/push", "<a/>", { "x-desk-nonce": nonce, "content-type": "application/xml" }),
      plainAsk(centre, "POST", "/v1/enrol", { code: 5 }, { "x-desk-nonce": nonce }),
      plainAsk(centre, "POST", "/v1/enrol", "x".repeat(2 ** 20 + 1), { "x-desk-nonce": nonce }),
    ];
    const answers = await Promise.all(asks);
    for (const { envelope } of answers) {
      expect(envelope).toMatchObject({ nonce, serverId: centre.now.serverId, epoch: centre.now.epoch, head: 0 });
    }
    expect(answers.map((answer) => answer.status)).toEqual([200, 404, 400, 401, 401, 415, 400, 413]);
    expect(JSON.stringify(answers)).not.toMatch(/stack|node_modules|fastify|SyntaxError/i);
  });

  test("PR-3: a request without a usable nonce gets a word that no desk sends", async () => {
    const centre = await district();
    for (const nonce of ["", "short", "x".repeat(80), "<script>alert(1)</script>"]) {
      const { envelope } = await plainAsk(centre, "GET", "/v1/hello", undefined, { "x-desk-nonce": nonce });
      expect(envelope.nonce).toBe("no-nonce-was-given");
    }
  });

  test("PR-4: only a request that an enrolled device signed, as it is, now and once, is answered", async () => {
    const centre = await district();
    const desk = await device(centre);
    const other = await device(centre, otherStreet);
    const pull = { after: 0, limit: 10, waitMs: 0 };
    const ask = (bent: Parameters<typeof desk.ask>[2]) =>
      desk.ask("/v1/pull", pull, bent).then((answer) => answer.problem);
    const now = Date.now();

    expect(await ask({})).toBeUndefined();
    expect(await ask({ sentBody: JSON.stringify({ ...pull, limit: 11 }) })).toBe("link.refused_device");
    expect(await ask({ path: "/v1/push" })).toBe("link.refused_device");
    expect(await ask({ device: other.id })).toBe("link.refused_device");
    expect(await ask({ device: "nobody" })).toBe("link.refused_device");
    expect(await ask({ privateKey: makeDeskKey().privateKey })).toBe("link.refused_device");
    expect(await ask({ headers: { "x-desk-signature": "" } })).toBe("link.refused_device");
    expect(await ask({ headers: { "x-desk-time": String(now + 1) } })).toBe("link.refused_device");
    expect(await ask({ headers: { "x-desk-nonce": "another-nonce-0000" } })).toBe("link.refused_device");
    expect(await ask({ at: now - 6 * minuteMs })).toBe("link.clock");
    expect(await ask({ at: now + 6 * minuteMs })).toBe("link.clock");
    expect(await ask({ at: now - 4 * minuteMs })).toBeUndefined();
    expect(await ask({ nonce: "the-very-same-nonce" })).toBeUndefined();
    expect(await ask({ nonce: "the-very-same-nonce" })).toBe("input.invalid");
    expect(await ask({ headers: { "x-desk-time": "soon" } })).toBe("link.refused_device");
  });

  test("PR-5: each op has its own result; a refused one says why and what stands there, and the next goes through", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    const results = await push(
      ops.officer({ grade: "operator" }),
      ops.report("e1"),
      ops.act("e1", "close", { result: "已清理" }),
      ops.act("e1", "accept"),
      ops.note("n1"),
    );
    expect(results.map((result) => result.outcome)).toEqual([
      "accepted",
      "accepted",
      "refused",
      "accepted",
      "accepted",
    ]);
    expect(results[2]).toMatchObject({
      error: { kind: "ask", id: "event.not_from_here" },
      present: { state: "reported" },
    });
    expect(results.map((result) => ("no" in result ? result.no : null))).toEqual([1, 2, null, 3, 4]);
  });

  test("PR-5: authors and streets are judged by what the district knows", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    const [, stranger, inactive, gone, foreign, mine] = await push(
      ops.officer(),
      ops.make("log.write", { id: "n1", kind: "note", text: "谁" }, "nobody"),
      ops.officer({ id: "officer-2", active: false }),
      ops.make("log.write", { id: "n2", kind: "note", text: "离职" }, "officer-2"),
      ops.make("log.write", { id: "n3", kind: "note", text: "别的镇街" }, officer.id, { street: otherStreet }),
      ops.note("n4"),
    );
    expect(stranger).toMatchObject({ outcome: "refused", error: { id: "op.author" }, present: null });
    expect(inactive).toMatchObject({ outcome: "accepted" });
    expect(gone).toMatchObject({ outcome: "refused", error: { id: "op.author" } });
    expect(foreign).toMatchObject({ outcome: "refused", error: { id: "op.other_street" } });
    expect(mine).toMatchObject({ outcome: "accepted", no: 3 });
  });

  test("PR-10: a refusal shows what stands in the own street, and nothing of another", async () => {
    const centre = await district();
    const there = await device(centre, otherStreet);
    await there.push(there.ops.officer(), there.ops.report("e1"));
    const { push, ops } = await device(centre);
    const asked = { eventId: "e1", action: "accept", given: {} };
    const [, result] = await push(ops.officer(), ops.make("event.act", asked, officer.id, { street: otherStreet }));
    expect(result).toMatchObject({ outcome: "refused", error: { id: "op.other_street" }, present: null });
  });

  test("what no text of a database can hold is no reason to fail: a NUL in a name, an author, an id", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    const results = await push(
      ops.officer(),
      ops.make("log.write", { id: "a\u0000b", kind: "note", text: "一\u0000二" }),
      ops.make("log.write", { id: "n", kind: "note", text: "谁" }, "no\u0000body"),
    );
    expect(results).toMatchObject([{ outcome: "accepted" }, { outcome: "accepted" }, { outcome: "refused" }]);
    const { pull } = await device(centre);
    expect((await pull()).ops[1]).toMatchObject({ body: { text: "一\u0000二" } });
  });

  test("PR-6: numbers grow by one over all streets, through restarts too; a restore starts a new epoch", async () => {
    const centre = await district();
    const one = await device(centre);
    const two = await device(centre, otherStreet);
    const { serverId, epoch } = centre.now;
    const no = async (from: typeof one, id: string) => {
      const [result] = await from.push(from.ops.note(id));
      return result && "no" in result ? result.no : undefined;
    };
    await one.push(one.ops.officer());
    await two.push(two.ops.officer());
    expect([await no(one, "a"), await no(two, "a"), await no(one, "b")]).toEqual([3, 4, 5]);
    await centre.stop();
    await centre.start();
    expect(centre.now).toMatchObject({ serverId, epoch });
    expect(await no(two, "b")).toBe(6);
    await centre.stop();
    await centre.start({ restored: true });
    expect(centre.now.serverId).toBe(serverId);
    expect(centre.now.epoch).not.toBe(epoch);
  });

  test("PR-28: a folder whose ledger is lost or another's is not started with an empty one", async () => {
    const centre = await district();
    await centre.stop();
    await centre.inStore(({ db }) =>
      db.updateTable("meta").set({ value: "another-one" }).where("key", "=", "serverId").execute(),
    );
    await expect(centre.start()).rejects.toThrow(OtherStore);
    await centre.inStore(({ db }) => db.deleteFrom("meta").execute());
    await expect(centre.start()).rejects.toThrow(OtherStore);
    expect(await centre.inStore(({ db }) => db.selectFrom("meta").selectAll().execute())).toEqual([]);
  });

  test.runIf(onPostgres)(
    "PR-28: connections that the database ends cost at most a 503, and the push that comes again goes through",
    async () => {
      const centre = await district();
      const { ask, ops } = await device(centre);
      await centre.inStore(({ db }) =>
        sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(db),
      );
      const push = [ops.officer()];
      const answers = [await ask("/v1/push", { ops: push }), await ask("/v1/push", { ops: push })];
      for (const { status } of answers) expect([200, 503]).toContain(status);
      expect(answers.at(-1)?.envelope.body).toMatchObject({ results: [{ no: 1 }] });
    },
  );

  test("PR-7: the same op again has its first number or its first refusal, whatever happened between", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    const person = ops.officer();
    const note = ops.note("n1");
    const bad = ops.act("nothing", "accept");
    const [, first, refused] = await push(person, note, bad);
    await push(ops.note("n2"));
    await centre.stop();
    await centre.start();
    const [again, refusedAgain, sameTwice] = await push(note, bad, note);
    expect(again).toEqual({ ...first, outcome: "duplicate" });
    expect(sameTwice).toEqual(again);
    expect(refusedAgain).toEqual(refused);
    expect(refused).toMatchObject({ error: { id: "event.unknown" } });
    const { ops: ledger } = await (await device(centre)).pull();
    expect(ledger.filter((op) => op.id === note.id)).toHaveLength(1);
  });

  test("PR-8: an op before its turn is `later` and takes no number; then it fits", async () => {
    const centre = await district();
    const { push, ops, pull } = await device(centre);
    const [one, two, three] = [ops.officer(), ops.note("n2"), ops.note("n3")];
    expect(await push(two, three)).toMatchObject([{ outcome: "later" }, { outcome: "later" }]);
    expect((await pull()).ops).toEqual([]);
    expect(await push(one, three)).toMatchObject([{ outcome: "accepted", no: 1 }, { outcome: "later" }]);
    expect(await push(two, three)).toMatchObject([
      { outcome: "accepted", no: 2 },
      { outcome: "accepted", no: 3 },
    ]);
  });

  test("PR-8: a refused op uses up its turn; another op under a used number is a fork", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    await push(ops.officer(), ops.act("nothing", "accept"));
    const results = await push(
      ops.make("log.write", { id: "x", kind: "note", text: "抄本" }, officer.id, { seq: 1 }),
      ops.make("log.write", { id: "y", kind: "note", text: "抄本" }, officer.id, { seq: 2 }),
      ops.make("log.write", { id: "z", kind: "note", text: "正本" }, officer.id, { seq: 3 }),
    );
    expect(results).toMatchObject([
      { outcome: "refused", error: { id: "op.fork" } },
      { outcome: "refused", error: { id: "op.fork" } },
      { outcome: "accepted", no: 2 },
    ]);
  });

  test("PR-8: an op in another device's name is not taken at all", async () => {
    const centre = await district();
    const one = await device(centre);
    const two = await device(centre);
    const answer = await one.ask("/v1/push", { ops: [one.ops.officer(), two.ops.officer()] });
    expect(answer).toMatchObject({ status: 400, problem: "input.invalid" });
    expect((await one.pull()).ops).toEqual([]);
  });

  test("PR-9: pages go on where the last ended, and none is left out", async () => {
    const centre = await district();
    const { push, ops, pull } = await device(centre);
    await push(ops.officer(), ...Array.from({ length: 24 }, (_, index) => ops.note(`n${index}`)));
    const seen: number[] = [];
    for (let after = 0, more = true; more; ) {
      const page = await pull(after, { limit: 7 });
      seen.push(...page.ops.map((op) => op.no));
      ({ upTo: after, more } = page);
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  test("PR-10: a pull has ops of the own street only; the cursor still passes the others' numbers", async () => {
    const centre = await district();
    const here = await device(centre);
    const there = await device(centre, otherStreet);
    await here.push(here.ops.officer(), here.ops.note("n1"));
    await there.push(there.ops.officer(), there.ops.note("secret"));
    const page = await here.pull();
    expect(page.ops.map((op) => [op.no, op.street])).toEqual([
      [1, street],
      [2, street],
    ]);
    expect(page).toMatchObject({ upTo: 4, more: false });
    expect((await there.pull(1)).ops.map((op) => op.no)).toEqual([3, 4]);
  });

  test("PR-10: news of the street wakes a waiting pull at once; news of another street does not", async () => {
    const centre = await district();
    const one = await device(centre);
    const two = await device(centre);
    const there = await device(centre, otherStreet);
    let answered = false;
    const waiting = one.pull(0, { waitMs: 20_000 }).then((page) => {
      answered = true;
      return page;
    });
    await there.push(there.ops.officer());
    await tick(150);
    expect(answered).toBe(false);
    await two.push(two.ops.officer());
    // Half of what it would wait for nothing.
    expect(await Promise.race([waiting, tick(10_000)])).toMatchObject({ ops: [{ no: 2 }] });
  });

  test("PR-11: a kind that the district does not know is refused by name, not guessed, and nothing waits for it", async () => {
    const centre = await district();
    const { push, ops } = await device(centre);
    const results = await push(
      ops.officer(),
      ops.make("drone.fly", { height: 3 }),
      ops.make("log.write", { id: "n", kind: "note", text: "新版" }, officer.id, { v: 99 }),
      ops.note("n1"),
    );
    expect(results).toMatchObject([
      { outcome: "accepted" },
      { outcome: "refused", error: { id: "op.unknown_kind", params: { kind: "drone.fly" } } },
      { outcome: "refused", error: { id: "op.unknown_kind" } },
      { outcome: "accepted" },
    ]);
  });

  test("limits: more ops than a push may hold, a body too large, a limit out of range change nothing", async () => {
    const centre = await district();
    const { ask, ops, pull } = await device(centre);
    const many = Array.from({ length: maxPushOps + 1 }, (_, index) => ops.note(`n${index}`));
    expect((await ask("/v1/push", { ops: many })).problem).toBe("input.invalid");
    expect((await ask("/v1/push", { ops: [] })).problem).toBe("input.invalid");
    expect((await ask("/v1/push", { ops: [{ ...ops.officer(), extra: 1 }] })).problem).toBe("input.invalid");
    expect((await ask("/v1/push", { ops: [ops.note("n", "x".repeat(2 ** 20))] })).status).toBe(413);
    expect((await ask("/v1/pull", { after: -1, limit: 10, waitMs: 0 })).problem).toBe("input.invalid");
    expect((await ask("/v1/pull", { after: 0, limit: 501, waitMs: 0 })).problem).toBe("input.invalid");
    expect((await ask("/v1/pull", { after: 0, limit: 10, waitMs: 60_000 })).problem).toBe("input.invalid");
    expect(await pull()).toEqual({ ops: [], own: [], upTo: 0, more: false, marks: [] });
  });

  test("too many requests at once are told to wait, and how long", async () => {
    const centre = await district({ monotonic: () => 0 });
    const desk = await device(centre);
    const ask = () => desk.ask("/v1/pull", { after: 0, limit: 1, waitMs: 0 });
    const answers = await Promise.all(Array.from({ length: 101 }, ask));
    const busy = answers.filter((answer) => answer.problem === "link.busy");
    expect(busy).toHaveLength(1);
    expect(busy[0]).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
  });

  test("PR-31: urgent ops have a bucket of their own: bulk that is too much does not hold them up, and nothing else goes in it", async () => {
    let mono = 0;
    const centre = await district({ monotonic: () => mono });
    const { ask, ops, push } = await device(centre);
    await push(ops.officer(), ops.report("e1"));
    const flood = () => ask("/v1/pull", { after: 0, limit: 1, waitMs: 0 });
    const bulk = { ops: [ops.note("n1")] };
    const urgent = { ops: [ops.act("e1", "accept")], ahead: true };
    while ((await flood()).status === 200);
    expect((await ask("/v1/push", bulk)).status).toBe(429);
    expect((await ask("/v1/push", urgent)).status).toBe(429);
    const { status, envelope } = await ask(urgentPushPath, urgent);
    expect([status, envelope.body]).toMatchObject([200, { results: [{ outcome: "accepted" }] }]);
    // What is not urgent is told so, and nothing of it is taken.
    expect((await ask(urgentPushPath, bulk)).envelope.body).toMatchObject({ error: { field: "ahead" } });
    const head = envelope.head;
    while ((await ask(urgentPushPath, urgent)).status === 200);
    expect((await ask(urgentPushPath, urgent)).headers["retry-after"]).toBe("1");
    mono += 1_000;
    expect((await ask(urgentPushPath, urgent)).envelope.head).toBe(head);
    expect((await ask("/v1/push", bulk)).status).toBe(200);
  });

  test("two desks of a street: the second to act on the same event hears what stands there", async () => {
    const centre = await district();
    const one = await device(centre);
    const two = await device(centre);
    await one.push(one.ops.officer(), one.ops.report("e1"));
    const [a] = await one.push(one.ops.act("e1", "accept"));
    const [b] = await two.push(two.ops.act("e1", "accept"));
    expect(a).toMatchObject({ outcome: "accepted" });
    expect(b).toMatchObject({
      outcome: "refused",
      error: { id: "event.not_from_here" },
      present: { state: "accepted" },
    });
    expect([one.letter, two.letter]).toEqual(["A", "B"]);
  });
});

describe("one-time codes", () => {
  const enrol = (centre: Awaited<ReturnType<typeof district>>, over: Record<string, unknown>) =>
    plainAsk(centre, "POST", "/v1/enrol", { street, deskName: "台", publicKey: makeDeskKey().publicKey, ...over });
  const codeOf = async (centre: Awaited<ReturnType<typeof district>>, of = street) =>
    readCode((await centre.now.makeCode(of)) ?? "")?.code ?? "";

  test("PR-12: a code works once, for one street, for 15 minutes", async () => {
    const centre = await district();
    const code = await codeOf(centre);
    expect((await enrol(centre, { code, street: otherStreet })).problem).toBe("link.code_wrong");
    expect((await enrol(centre, { code })).envelope.body).toMatchObject({
      street,
      streetName: "中山路街道",
      deskLetter: "A",
    });
    expect((await enrol(centre, { code })).problem).toBe("link.code_used");
    const old = await codeOf(centre);
    centre.skewMs = 15 * minuteMs + 1;
    expect((await enrol(centre, { code: old })).problem).toBe("link.code_used");
  });

  test("PR-12: the same desk that asks again because the answer was lost is given the same place", async () => {
    const centre = await district();
    const code = await codeOf(centre);
    const { publicKey } = makeDeskKey();
    const [first, again] = [await enrol(centre, { code, publicKey }), await enrol(centre, { code, publicKey })];
    expect(again.envelope.body).toEqual(first.envelope.body);
  });

  test("PR-12: two desks with one code at the same moment: one gets it", async () => {
    const centre = await district();
    const code = await codeOf(centre);
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(centre, { code })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test("PR-12: a wrong code says only that it is wrong, and after ten the source must wait", async () => {
    const centre = await district();
    const problems: (string | undefined)[] = [];
    for (let index = 0; index < 12; index++) problems.push((await enrol(centre, { code: "AAAAABBBBB" })).problem);
    expect(problems).toEqual([...Array(10).fill("link.code_wrong"), "link.busy", "link.busy"]);
    const { headers, problem } = await enrol(centre, { code: await codeOf(centre) });
    expect(problem).toBe("link.busy");
    expect(Number(headers["retry-after"])).toBeGreaterThan(60);
  });

  test("PR-12: a sample desk is not given where samples are not wanted, nor for a street that is none", async () => {
    const centre = await district();
    expect((await enrol(centre, { code: "sample" })).envelope.body).toMatchObject({ street });
    expect((await enrol(centre, { code: "sample", street: "999999999" })).problem).toBe("setup.unknown_street");
    expect((await enrol(centre, { code: "sample", street: null })).problem).toBe("setup.unknown_street");
    await centre.stop();
    await centre.start({ allowSample: false });
    expect((await enrol(centre, { code: "sample" })).problem).toBe("link.code_wrong");
  });

  test("a key that is none, and one that is known already, are not enrolled", async () => {
    const centre = await district();
    const { publicKey } = await device(centre);
    const code = await codeOf(centre);
    expect((await enrol(centre, { code, publicKey: "A".repeat(44) })).problem).toBe("input.invalid");
    expect((await enrol(centre, { code, publicKey })).problem).toBe("link.enrolled");
    expect((await enrol(centre, { code })).status).toBe(200);
  });

  test("ids of ops are UUIDs and stay unique over devices", async () => {
    const centre = await district();
    const one = await device(centre);
    const two = await device(centre);
    const id = v7();
    await one.push({ ...one.ops.officer(), id });
    expect(await two.push({ ...two.ops.officer(), id })).toMatchObject([{ outcome: "duplicate", no: 1 }]);
  });
});
