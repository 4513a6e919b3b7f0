import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { protocolVersion } from "#shared/protocol/messages.ts";
import { desk, enrolledDesk, type TestDesk } from "./desk.ts";
import { plainAsk } from "./device.ts";
import { district, type TestDistrict, tempDir } from "./district.ts";
import { otherStreet, street } from "./ops.ts";
import { type Answer, say, stranger } from "./stranger.ts";

const officerAndNote = (from: TestDesk) => [from.ops.officer(), from.ops.note("n1")];

/** Stops the district and puts something else on its port, with a certificate of the very same CA. */
async function replaced(centre: TestDistrict, answer: Answer) {
  const port = Number(new URL(centre.url()).port);
  await centre.stop();
  return stranger(centre.dir, answer, port);
}

/** An envelope as the district would write it, with something bent. */
const enveloped =
  (known: { serverId: string; epoch: string }, body: unknown, bent: Record<string, unknown> = {}): Answer =>
  (request, response) => {
    const nonce = request.headers["x-desk-nonce"];
    const envelope = {
      v: protocolVersion,
      serverId: known.serverId,
      epoch: known.epoch,
      head: 2,
      nonce,
      at: Date.now(),
      body,
      ...bent,
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(envelope));
  };

const portal = "<html><body><h1>欢迎使用无线网络</h1></body></html>";
/** What a desk at no. 2 would take, were it from its district. */
const noPage = { ops: [], own: [], upTo: 2, more: false, marks: [] };
/** Answers every question as a district would, but for what is bent. */
const believable =
  (known: { serverId: string; epoch: string }, bent: Record<string, unknown>): Answer =>
  (request, response, body) => {
    const { ops = [] } = JSON.parse(body) as { ops?: { seq: number }[] };
    const results = ops.map((_op, index) => ({ outcome: "accepted", no: 3 + index, confirmedAt: 1 }));
    const pushed = { from: ops[0]?.seq, results, nextSeq: 99 };
    enveloped(known, request.url === "/v1/push" ? pushed : noPage, bent)(request, response, body);
  };

type Known = { serverId: string; epoch: string };
const strangers: [string, (known: Known) => Answer][] = [
  ["HTML 200 of a captive portal", () => say(200, portal, { "content-type": "text/html" })],
  ["an empty 200", () => say(200, "")],
  ["a 204", () => (_request, response) => void response.writeHead(204).end()],
  ["JSON of something else", () => say(200, JSON.stringify({ code: 0, data: [] }))],
  ["JSON null", () => say(200, "null")],
  ["an envelope cut short", (known) => say(200, `{"v":1,"serverId":"${known.serverId}"`)],
  ["a redirect", () => say(302, "", { location: "https://127.0.0.1:1/v1/pull" })],
  ["a 404 page", () => say(404, portal)],
  ["another district's id", (known) => believable(known, { serverId: "another-district" })],
  ["another version of the envelope", (known) => believable(known, { v: 99 })],
  ["no id at all", (known) => believable(known, { serverId: undefined })],
  ["the right envelope around another body", (known) => enveloped(known, { items: [] })],
  ["a page that goes back", (known) => enveloped(known, { ...noPage, upTo: 0 }, { head: 9 })],
];

describe("what answers is not the district centre", () => {
  test.for(strangers)("PR-2: %s stops the link, and nothing is applied", async ([name, make]) => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    made.record(...officerAndNote(made));
    await made.drained();
    await made.sync.syncNow();
    const { serverId, epoch } = centre.now;
    const applied = made.store.applied.length;
    await replaced(centre, make({ serverId, epoch }));
    made.record(made.ops.note("n2"));
    await made.sync.syncNow();
    expect(made.sync.state(), name).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    expect(made.store.counts()).toMatchObject({ waiting: 1, confirmed: 2 });
    expect(made.store.cursor()).toBe(2);
    expect(made.store.applied).toHaveLength(applied);
  });

  test("PR-3: an answer with the nonce of another request is thrown away", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const { serverId, epoch } = centre.now;
    const op = { ...made.ops.officer(), no: 1, confirmedAt: 1 };
    const nonce = randomBytes(18).toString("base64url");
    await replaced(
      centre,
      enveloped({ serverId, epoch }, { ops: [op], own: [], upTo: 1, more: false, marks: [] }, { nonce, head: 1 }),
    );
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    expect(made.store.pulled).toEqual([]);
  });

  test("PR-10: a page with another street's op is not applied", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const { serverId, epoch } = centre.now;
    const op = { ...made.ops.officer(), street: otherStreet, no: 1, confirmedAt: 1 };
    await replaced(
      centre,
      enveloped({ serverId, epoch }, { ops: [op], own: [], upTo: 1, more: false, marks: [] }, { head: 1 }),
    );
    await made.sync.syncNow();
    expect(made.sync.state().state).toBe("stopped");
    expect(made.store.pulled).toEqual([]);
  });

  test("PR-5: results that are not those of the pushed ops settle nothing", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const { serverId, epoch } = centre.now;
    const pushed = { from: 7, results: [{ outcome: "accepted", no: 1, confirmedAt: 1 }], nextSeq: 8 };
    await replaced(centre, (request, response, body) =>
      enveloped({ serverId, epoch }, request.url === "/v1/push" ? pushed : noPage)(request, response, body),
    );
    made.record(made.ops.officer());
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    expect(made.store.counts().waiting).toBe(1);
  });

  test("PR-1: an unknown CA, a right CA behind plain HTTP: not one byte of a record leaves", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const port = Number(new URL(centre.url()).port);
    await centre.stop();
    const false_ = await stranger(tempDir(), say(200, "{}"), port);
    made.record(made.ops.officer());
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    expect(false_.asked).toEqual([]);
    await false_.close();
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "offline", reasonId: "link.unreachable" });
  });

  test("PR-1: a redirect is not followed", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const target = await stranger(centre.dir, say(200, "{}"));
    await replaced(centre, say(307, "", { location: `${target.url}/v1/pull` }));
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    expect(target.asked).toEqual([]);
  });

  test("the district itself again: what waited goes, nothing is lost or doubled", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const portalServer = await replaced(centre, say(200, portal));
    made.record(...officerAndNote(made));
    await made.sync.syncNow();
    expect(made.sync.state().state).toBe("stopped");
    await portalServer.close();
    await centre.start();
    await made.sync.syncNow();
    await made.drained();
    expect(made.store.counts()).toMatchObject({ waiting: 0, confirmed: 2, refused: 0 });
  });
});

describe("the way is busy, or the desk is not wanted", () => {
  test("a gateway's 503 is waited out for as long as it asks; only a person may be quicker", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const gateway = await replaced(centre, say(503, "<h1>503</h1>", { "retry-after": "30" }));
    const busy = { state: "offline", reasonId: "link.busy" };
    await vi.waitFor(() => expect(made.sync.state()).toMatchObject(busy), { timeout: 10_000 });
    const state = made.sync.state();
    if (state.state !== "offline") throw new Error("not offline");
    expect(state.retryAt - Date.now()).toBeGreaterThan(25_000);
    const asked = gateway.asked.length;
    made.record(made.ops.officer());
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(gateway.asked).toHaveLength(asked);
    await made.sync.syncNow();
    expect(gateway.asked.length).toBe(asked + 1);
  });

  test("PR-32: the district's own 429 is no outage: the link stays up, what waits goes when the district wants it", async () => {
    let mono = 0;
    const centre = await district({ monotonic: () => mono });
    const made = await enrolledDesk(centre);
    const spans = () => made.store.spans.map(({ up }) => up);
    const before = spans();
    // Somebody uses up the bucket in this desk's name; without its signature that is all that can be done with it.
    const name = { "x-desk-device": made.sync.info().deviceId ?? "" };
    const flood = async () => (await plainAsk(centre, "POST", "/v1/pull", {}, name)).status;
    while ((await flood()) !== 429);
    const startedAt = Date.now();
    made.record(...officerAndNote(made));
    const later = { sinceAt: expect.any(Number), retryAt: expect.any(Number) };
    await vi.waitFor(() => expect(made.sync.state()).toMatchObject({ state: "online", later }), { timeout: 10_000 });
    expect((made.sync.state() as { later: { retryAt: number } }).later.retryAt - startedAt).toBeGreaterThan(1_000);
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ later });
    expect(made.store.counts().waiting).toBe(2);
    mono += 60_000;
    await made.drained();
    await vi.waitFor(() => expect(made.sync.state()).not.toHaveProperty("later"), { timeout: 10_000 });
    expect(made.store.counts()).toMatchObject({ confirmed: 2, refused: 0 });
    expect(spans()).toEqual(before);
    expect(made.logged).toContain("link: the district asks to come later");
  });

  test("PR-4: a revoked device stops, keeps its records, and does not go on asking", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const port = Number(new URL(centre.url()).port);
    const known = { serverId: centre.now.serverId, epoch: centre.now.epoch };
    const body = { error: { kind: "stop", id: "link.refused_device" } };
    await centre.stop();
    const refusing = await stranger(
      centre.dir,
      (request, response) => {
        const nonce = request.headers["x-desk-nonce"];
        const envelope = { v: protocolVersion, ...known, head: 0, nonce, at: Date.now(), body };
        response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify(envelope));
      },
      port,
    );
    made.record(made.ops.officer());
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "stopped", reasonId: "link.refused_device" });
    const asked = refusing.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(refusing.asked).toHaveLength(asked);
    expect(made.store.counts().waiting).toBe(1);
  });

  test("PR-4: a PC whose clock is a day off is told so by the district, stamps with its time, and works", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    made.clock.skewMs = 24 * 3_600_000;
    made.record(...officerAndNote(made));
    await made.drained();
    expect(made.sync.state().state).toBe("online");
    expect(Math.abs((made.sync.info().clockOffsetMs ?? 0) - made.clock.skewMs)).toBeLessThan(2_000);
  });
});

describe("enrolment", () => {
  test("PR-1: the code names the CA: a desk tells its code to no one else", async () => {
    const centre = await district();
    const code = (await centre.now.makeCode(street)) ?? "";
    const dir = tempDir();
    const liar = await stranger(dir, (request, response, body) =>
      enveloped({ serverId: "liar-liar", epoch: "liar-liar" }, { name: "永川区", ca: centre.ca() })(
        request,
        response,
        body,
      ),
    );
    const other = await district();
    const made = desk();
    const try_ = (url: string, typed = code) => made.sync.enrol({ url, code: typed, deskName: "一号台", street });
    // Another district, with a CA of its own: compared before the code is told.
    expect(await try_(other.url())).toMatchObject({ ok: false, error: { id: "link.code_wrong" } });
    // The right CA shown by someone who has not its key: the second connection trusts this CA alone.
    expect(await try_(liar.url)).toMatchObject({ ok: false, error: { id: "link.foreign" } });
    expect(liar.asked.map((ask) => ask.path)).toEqual(["/v1/hello"]);
    expect(await try_("http://127.0.0.1:1")).toMatchObject({ ok: false, error: { id: "link.code_form" } });
    expect(await try_(`${centre.url()}/path`)).toMatchObject({ ok: false, error: { id: "link.code_form" } });
    expect(await try_(centre.url(), "7KQ2M")).toMatchObject({ ok: false, error: { id: "link.code_form" } });
    expect(await try_("https://127.0.0.1:1")).toMatchObject({ ok: false, error: { id: "link.unreachable" } });
    expect(made.sync.state()).toEqual({ state: "unenrolled" });
    expect(await try_(centre.url(), code.toLowerCase().replaceAll("-", " "))).toEqual({ ok: true, value: undefined });
    await made.reaches("online");
    expect(await try_(centre.url())).toMatchObject({ ok: false, error: { id: "link.enrolled" } });
  });

  test("PR-12: `sample` is asked of loopback addresses only", async () => {
    const made = desk();
    const answer = await made.sync.enrol({ url: "https://192.0.2.7:443", code: "sample", deskName: "台", street });
    expect(answer).toMatchObject({ ok: false, error: { id: "link.code_form" } });
  });

  test("PR-12: a wrong code at the right district says so", async () => {
    const centre = await district();
    const made = desk();
    const code = (await centre.now.makeCode(street)) ?? "";
    const answer = await made.sync.enrol({
      url: centre.url(),
      code: `00000-00000${code.slice(11)}`,
      deskName: "台",
      street,
    });
    expect(answer).toMatchObject({ ok: false, error: { id: "link.code_wrong" } });
    const other = await made.sync.enrol({ url: centre.url(), code, deskName: "台", street: otherStreet });
    expect(other).toMatchObject({ ok: false, error: { id: "link.code_wrong" } });
  });
});
