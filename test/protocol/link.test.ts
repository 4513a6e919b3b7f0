import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { takeNumbers } from "#district/store/open.ts";
import { desk, enrolledDesk } from "./desk.ts";
import { device } from "./device.ts";
import { district, tempDir } from "./district.ts";
import { otherStreet, street } from "./ops.ts";

const main = fileURLToPath(new URL("../../district/main.ts", import.meta.url));

/** A district in a process of its own, so that it can be killed and frozen. */
async function spawned(dir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main, "--data", dir, "--with-parent"], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", () => reject(new Error("the district ended")));
  });
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

describe("two ends, one order", () => {
  test("PR-9: the cursor moves with the rows, page by page, and never back", async () => {
    const centre = await district();
    const one = await enrolledDesk(centre);
    one.record(one.ops.officer(), ...Array.from({ length: 450 }, (_, index) => one.ops.note(`n${index}`)));
    await one.drained(10_000);
    const two = await enrolledDesk(centre);
    await vi.waitFor(() => expect(two.store.pulled).toHaveLength(451), { timeout: 5_000 });
    expect(two.store.pulled.map((op) => op.no)).toEqual(Array.from({ length: 451 }, (_, index) => index + 1));
    for (const { before, upTo } of two.store.applied) expect(upTo).toBeGreaterThanOrEqual(before);
    expect(two.store.applied.map((page) => page.before)).toEqual([
      0,
      ...two.store.applied.slice(0, -1).map((p) => p.upTo),
    ]);
    expect(two.store.cursor()).toBe(451);
  });

  test("PR-9: a page that the store cannot take is pulled again; nothing is skipped", async () => {
    const centre = await district();
    const one = await enrolledDesk(centre);
    const two = await enrolledDesk(centre);
    const { applyPulled } = two.store;
    let failures = 2;
    two.store.applyPulled = (ops, upTo) => {
      if (failures-- > 0) throw new Error("disk full");
      applyPulled(ops, upTo);
    };
    one.record(one.ops.officer(), one.ops.note("n1"));
    await vi.waitFor(() => expect(two.store.pulled.map((op) => op.no)).toEqual([1, 2]), { timeout: 5_000 });
    await two.reaches("online");
  });

  test("PR-5, PR-7: an answer that is lost on the way is asked for again and has one effect", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const { settlePush } = made.store;
    let lost = 1;
    made.store.settlePush = (results) => {
      if (lost-- > 0) throw new Error("the power went");
      settlePush(results);
    };
    const ops = [made.ops.officer(), made.ops.act("nothing", "accept"), made.ops.note("n1")];
    made.record(...ops);
    await made.drained();
    expect(ops.map((op) => made.store.settledAs(op.id))).toEqual([expect.any(String), "refused", expect.any(String)]);
    const { ops: ledger } = await (await device(centre)).pull();
    expect(ledger.map((op) => op.id)).toEqual([ops[0]?.id, ops[2]?.id]);
  });

  test("PR-8: ops on one another's heels go in one piece, after whoever recorded them has gone on", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const pieces: number[] = [];
    const { settlePush } = made.store;
    made.store.settlePush = (results) => {
      pieces.push(results.length);
      settlePush(results);
    };
    made.record(made.ops.officer());
    expect(made.sync.sending().size).toBe(0);
    await made.drained();
    for (let n = 0; n < 9; n++) made.record(made.ops.note(`n${n}`));
    await made.drained();
    expect(pieces).toEqual([1, 9]);
  });

  test("PR-10: a desk of another street sees nothing of it, and is up to date", async () => {
    const centre = await district();
    const here = await enrolledDesk(centre);
    const there = await enrolledDesk(centre, otherStreet);
    here.record(here.ops.officer(), here.ops.note("n1"));
    await here.drained();
    await there.sync.syncNow();
    expect(there.store.pulled).toEqual([]);
    expect(there.store.cursor()).toBe(2);
    expect(there.sync.state().state).toBe("online");
  });

  test("PR-11: what this desk cannot read is handed to the store as it is", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const other = await device(centre);
    await other.push(other.ops.officer());
    // As if a newer district had taken a newer kind.
    await centre.inStore(({ write }) =>
      write(async (db) => {
        const op = { op_id: "01990000-0000-7000-8000-000000000000", device: other.id, seq: 2, street };
        const newer = { kind: "drone.fly", v: 3, at: 0, by: "x", body: '{"height":3}', confirmed_at: 0 };
        const no = await takeNumbers(db, "ledger", 1);
        await db
          .insertInto("ledger")
          .values({ ...op, ...newer, no })
          .execute();
      }),
    );
    await made.sync.syncNow();
    expect(made.store.pulled.at(-1)).toMatchObject({ kind: "drone.fly", v: 3, body: { height: 3 } });
    expect(made.sync.state().state).toBe("online");
  });

  test("what one desk records is on the other without being asked for", async () => {
    const centre = await district();
    const one = await enrolledDesk(centre);
    const two = await enrolledDesk(centre);
    one.record(one.ops.officer());
    await vi.waitFor(() => expect(two.store.pulled).toHaveLength(1), { interval: 5, timeout: 20_000 });
  });
});

describe("PR-6: a district that was restored from a backup", () => {
  async function aged() {
    const centre = await district();
    const made = await enrolledDesk(centre);
    made.record(made.ops.officer(), made.ops.note("n1"));
    await made.drained();
    const copy = tempDir();
    await centre.stop();
    cpSync(centre.dir, copy, { recursive: true });
    await centre.start();
    // Refused after the copy: its number must not become a gap.
    const refused = made.ops.act("nothing", "accept");
    made.record(refused, made.ops.note("n2"), made.ops.note("n3"));
    await made.drained();
    await made.sync.syncNow();
    expect(made.store.counts()).toMatchObject({ confirmed: 4, refused: 1 });
    await centre.stop();
    for (const name of ["district.db", "district.db-wal", "district.db-shm"])
      rmSync(join(centre.dir, name), { force: true });
    cpSync(copy, centre.dir, { recursive: true });
    return { centre, made, refused };
  }
  const notes = (ops: readonly { body: unknown }[]) => ops.map((op) => (op.body as { id: string }).id);

  test("PR-6, PR-8: told of it, the desk sends everything again; what was refused stays refused", async () => {
    const { centre, made, refused } = await aged();
    await centre.start({ restored: true });
    await made.sync.syncNow();
    await made.drained();
    expect(made.store.counts()).toMatchObject({ waiting: 0, confirmed: 4, refused: 1 });
    expect(made.store.settledAs(refused.id)).toBe("refused");
    await made.sync.syncNow();
    expect(notes(made.store.pulled)).toEqual(["officer-1", "n1", "n2", "n3"]);
    expect(made.store.readEnrolment()?.epoch).toBe(centre.now.epoch);
    made.record(made.ops.note("n4"));
    await made.drained();
    expect(made.store.counts().confirmed).toBe(5);
  });

  test("PR-6: not told of it, the desk sees a head behind its cursor", async () => {
    const { centre, made } = await aged();
    await centre.start();
    await made.sync.syncNow();
    await made.drained();
    expect(notes((await (await device(centre)).pull()).ops)).toEqual(["officer-1", "n1", "n2", "n3"]);
  });

  test("PR-6, PR-8: not told of it and overtaken by another desk, it sees that its next op comes too early", async () => {
    const { centre, made } = await aged();
    await made.sync.close();
    await centre.start();
    const other = await enrolledDesk(centre);
    other.record(other.ops.officer(), other.ops.note("m1"), other.ops.note("m2"), other.ops.note("m3"));
    await other.drained();
    const again = desk(made.store);
    again.record(made.ops.note("n4"));
    await again.drained();
    const { ops } = await (await device(centre)).pull();
    expect(notes(ops).sort()).toEqual(["m1", "m2", "m3", "n1", "n2", "n3", "n4", "officer-1", "officer-1"]);
  });
});

describe("the link goes and comes", () => {
  test("killed in the middle: offline at once, then all of it, once", async () => {
    const dir = tempDir();
    const first = await spawned(dir);
    const made = desk();
    expect(await made.sync.enrol({ url: first.url, code: "sample", deskName: "台", street })).toMatchObject({
      ok: true,
    });
    await made.reaches("online");
    made.record(made.ops.officer(), ...Array.from({ length: 3_000 }, (_, index) => made.ops.note(`n${index}`)));
    await vi.waitFor(() => expect(made.store.counts().confirmed).toBeGreaterThan(300), {
      interval: 1,
      timeout: 10_000,
    });
    first.child.kill("SIGKILL");
    await made.reaches("offline");
    expect(made.sync.state()).toMatchObject({ reasonId: "link.unreachable" });
    expect(made.store.counts().waiting).toBeGreaterThan(0);
    const second = await spawned(dir);
    expect(second.url).toBe(first.url);
    await made.reaches("catching_up");
    await made.drained();
    await made.reaches("online");
    expect(made.store.counts()).toMatchObject({ waiting: 0, confirmed: 3_001, refused: 0 });
    await vi.waitFor(() => expect(made.store.cursor()).toBe(3_001), { timeout: 10_000 });
    expect(made.store.pulled.map((op) => op.no)).toEqual(Array.from({ length: 3_001 }, (_, index) => index + 1));
    expect(made.store.spans.map((span) => span.up)).toEqual([true, false, true]);
  }, 40_000);

  test("frozen: the badge says offline, and online after the thaw", async () => {
    const { child, url } = await spawned(tempDir());
    const made = desk();
    await made.sync.enrol({ url, code: "sample", deskName: "台", street });
    await made.reaches("online");
    child.kill("SIGSTOP");
    await made.reaches("offline", 25_000);
    child.kill("SIGCONT");
    await made.reaches("online");
  }, 30_000);

  test("a line that swallows everything: offline, and syncNow does not keep its caller", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    const port = Number(new URL(centre.url()).port);
    await centre.stop();
    const sockets: Socket[] = [];
    const hole = createServer((socket) => void sockets.push(socket.on("error", () => {})));
    await new Promise<void>((resolve) => hole.listen(port, "127.0.0.1", resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      hole.close();
    });
    await made.sync.syncNow();
    expect(made.sync.state()).toMatchObject({ state: "offline", reasonId: "link.unreachable" });
  }, 30_000);

  test("recording never waits for the link, whatever the link does", async () => {
    const { child, url } = await spawned(tempDir());
    const made = desk();
    await made.sync.enrol({ url, code: "sample", deskName: "台", street });
    await made.reaches("online");
    child.kill("SIGSTOP");
    const startedAt = performance.now();
    for (let index = 0; index < 1_000; index++) made.record(made.ops.note(`n${index}`));
    // The frozen district is given up after far longer.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test("the sample desk enrols when its district comes, and follows it to another port", async () => {
    const centre = await district();
    const url = centre.url();
    await centre.stop();
    const made = desk();
    made.sync.enrolWhenReachable({ url, code: "sample", deskName: "台", street });
    await made.reaches("offline");
    made.record(made.ops.officer());
    await centre.start();
    await made.reaches("online");
    await made.drained();
    await centre.stop();
    await centre.start({ port: 0 });
    rmSync(join(centre.dir, "port"));
    await centre.stop();
    await centre.start();
    expect(made.sync.setDistrictUrl("ftp://x")).toMatchObject({ ok: false, error: { id: "link.code_form" } });
    expect(made.sync.setDistrictUrl(centre.url())).toEqual({ ok: true, value: undefined });
    made.record(made.ops.note("n1"));
    await made.drained();
    expect(made.sync.info()).toMatchObject({
      districtUrl: centre.url(),
      districtName: "永川区治理中心",
      deskLetter: "A",
    });
  });

  test("closing in the middle of everything leaves the store as it is", async () => {
    const centre = await district();
    const made = await enrolledDesk(centre);
    made.record(made.ops.officer(), ...Array.from({ length: 500 }, (_, index) => made.ops.note(`n${index}`)));
    await made.sync.close();
    const { waiting } = made.store.counts();
    const cursor = made.store.cursor();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(made.store.counts().waiting).toBe(waiting);
    expect(made.store.cursor()).toBe(cursor);
    const again = desk(made.store);
    await again.drained(10_000);
    expect(made.store.counts()).toMatchObject({ confirmed: 501, waiting: 0 });
  });
});
