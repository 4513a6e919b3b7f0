import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { topics } from "#shared/contract.ts";
import { newFolder, openWebDesk, plainPages, root, stop, type WebDesk } from "../contract/desks.ts";

const pages = plainPages();
afterAll(() => rmSync(pages, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(...args: string[]): Promise<Ended> {
  const all = ["tools/web.ts", "--pages", pages, ...args];
  const child = spawn(process.execPath, all, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

/** Children of a process, by the kernel's own list. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One line, Chinese first, then English in brackets; it says what to do. */
const plainSentence = /^[^\n]*[\u4e00-\u9fff][^\n]*。 \([^\n]+\)\n$/;

describe("a start that cannot be", () => {
  test("a taken port: one sentence, exit 1, nothing on stdout, nothing written", async () => {
    const holder = createServer();
    const port = await new Promise<number>((resolve) => {
      holder.listen(0, "127.0.0.1", () => resolve((holder.address() as { port: number }).port));
    });
    const profile = newFolder("taken");
    const ended = await start("--profile", profile, "--port", String(port));
    holder.close();
    expect(ended).toMatchObject({ code: 1, out: "" });
    expect(ended.err).toMatch(plainSentence);
    expect(ended.err).toContain(`${port}`);
    rmSync(profile, { recursive: true });
  });

  test.each([
    ["--port", "x"],
    ["--port", "70000"],
    ["--nonsense", "1"],
  ])("%s %s: one sentence with the usage", async (...args) => {
    const ended = await start(...args);
    expect(ended).toMatchObject({ code: 1, out: "" });
    expect(ended.err).toContain("npm run web --");
    expect(ended.err.trim().split("\n")).toHaveLength(1);
  });
});

describe("a desk that runs", () => {
  let desk: WebDesk;
  beforeAll(async () => {
    desk = await openWebDesk(["--demo"]);
  }, 60_000);
  afterAll(() => desk?.close());

  test("a second one on the same profile: one sentence, exit 1, and the first goes on", async () => {
    const ended = await start("--profile", desk.profileDir, "--port", "0");
    expect(ended).toMatchObject({ code: 1, out: "" });
    expect(ended.err).toMatch(plainSentence);
    expect(await desk.call("system.status", {})).toMatchObject({ ok: true, value: { phase: "ready" } });
  });

  test("the token is new at each start and 32 bytes long", () => {
    expect(Buffer.from(desk.token, "base64url")).toHaveLength(32);
    expect(Buffer.from(desk.token, "base64url").toString("base64url")).toBe(desk.token);
  });

  test.runIf(process.platform === "linux")(
    "a core that is killed comes back, and the page is told to ask again",
    async () => {
      const controller = new AbortController();
      const stream = await fetch(`${desk.url}/notices`, {
        headers: { authorization: `Bearer ${desk.token}` },
        signal: controller.signal,
      });
      const core = childrenOf(desk.server.pid ?? 0).find((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("core-process"),
      );
      if (!core) throw new Error("no core process");
      process.kill(core, "SIGKILL");
      const reader = stream.body?.getReader();
      let heard = "";
      // The link tells of most topics by itself.
      while (reader && !heard.includes('"asset"')) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended: ${desk.complaints()}`);
        heard += new TextDecoder().decode(value);
      }
      for (const topic of topics) expect(heard).toContain(`"${topic}"`);
      controller.abort();
      expect(await desk.call("system.status", {})).toMatchObject({ ok: true, value: { phase: "ready" } });
    },
  );

  test("an input nested beyond measure is invalid, and the core lives", async () => {
    const response = await fetch(`${desk.url}/rpc/event.list`, {
      method: "POST",
      headers: { authorization: `Bearer ${desk.token}`, "content-type": "application/json" },
      body: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    });
    expect(response.status).toBe(400);
    expect(await desk.call("system.status", {})).toMatchObject({ ok: true });
  });

  test.runIf(process.platform === "linux")("SIGTERM ends core and sample district with it, in order", async () => {
    // The sample district comes when the screens are filled.
    await expect.poll(() => childrenOf(desk.server.pid ?? 0).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
    const children = childrenOf(desk.server.pid ?? 0);
    expect(await stop(desk.server)).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

test.runIf(process.platform === "linux")("kill -9 of the server leaves no core and no district behind", async () => {
  const desk = await openWebDesk(["--demo"]);
  const children = childrenOf(desk.server.pid ?? 0);
  await stop(desk.server, "SIGKILL");
  await expect.poll(() => children.filter(isAlive), { timeout: 8_000 }).toEqual([]);
  await desk.close();
});
