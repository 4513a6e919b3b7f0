import { rmSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "#core/ports.ts";
import { readPacked } from "#renderer/bridge/packed.ts";
import { startServer, type WebServer } from "#web/server.ts";
import { plainPages } from "../contract/desks.ts";

/** The door of the browser shell, with a desk behind it that only remembers what reached it. */
const token = "t".repeat(43);
const pages = plainPages();
const reached: { name: string; input: unknown }[] = [];
let answerWith: (name: string) => Outcome | string = () => ({ ok: true, value: { done: true } });
const listeners = new Set<(notice: { topics: string[] }) => void>();
let server: WebServer;
let port: number;

beforeAll(async () => {
  const desk = {
    call: async (name: string, input: unknown) => {
      reached.push({ name, input });
      return answerWith(name);
    },
    subscribe: (listener: (notice: { topics: string[] }) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  server = await startServer({ desk: desk as never, pagesDir: pages, port: 0, token, log: () => {} });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  rmSync(pages, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request with any headers at all: fetch would forbid the interesting ones. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (got) => {
        let text = "";
        got.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        got.on("end", () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body: text }));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

const bearer = { authorization: `Bearer ${token}`, "content-type": "application/json" };
const rpc = (name: string, body: string | Buffer = "{}", headers: Record<string, string> = {}) =>
  ask("POST", `/rpc/${name}`, { ...bearer, ...headers }, body);
const errorId = (answer: Answer) => (JSON.parse(answer.body) as { error: { id: string } }).error.id;
const untouched = async (asking: Promise<Answer>) => {
  const before = reached.length;
  const answer = await asking;
  expect(reached.length, "the desk was not asked").toBe(before);
  return answer;
};

describe("the token", () => {
  test("the right one opens", async () => {
    expect(await rpc("system.status")).toMatchObject({ status: 200, body: '{"ok":true,"value":{"done":true}}' });
  });

  test.each([
    ["none", undefined],
    ["empty", ""],
    ["another scheme", `Basic ${token}`],
    ["no scheme", token],
    ["one letter short", `Bearer ${token.slice(1)}`],
    ["one letter more", `Bearer ${token}t`],
    ["another letter", `Bearer ${token.slice(1)}u`],
    ["another case", `bearer ${token}`],
    ["very long", `Bearer ${"t".repeat(8000)}`],
  ])("%s does not", async (_name, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await untouched(
      ask("POST", "/rpc/system.status", { "content-type": "application/json", ...headers }, "{}"),
    );
    expect(answer.status).toBe(401);
    expect(errorId(answer)).toBe("door.token");
    expect((await ask("GET", "/notices", headers)).status).toBe(401);
  });

  test("neither the address nor a cookie carries it", async () => {
    expect((await untouched(ask("POST", `/rpc/system.status?token=${token}`, {}, "{}"))).status).toBe(401);
    expect((await untouched(ask("POST", "/rpc/system.status", { cookie: `token=${token}` }, "{}"))).status).toBe(401);
  });
});

describe("where a request comes from", () => {
  test.each([
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.evil.example",
    "0.0.0.0",
    "[::1]",
    "127.0.0.1.nip.io",
  ])("host %s is not this desk (a name that was rebound to this machine)", async (host) => {
    const name = host.includes(":") || host === "127.0.0.1" ? host : `${host}:${port}`;
    const answer = await untouched(rpc("system.status", "{}", { host: name }));
    expect(answer.status).toBe(403);
    expect(errorId(answer)).toBe("door.origin");
    expect((await ask("GET", "/", { host: name })).status).toBe(403);
  });

  test("localhost is this desk too", async () => {
    const host = `localhost:${port}`;
    expect((await rpc("system.status", "{}", { host, origin: `http://${host}` })).status).toBe(200);
  });

  test.each(["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1", "http://localhost:1", "file://"])(
    "a page of %s is refused, with the token or without",
    async (origin) => {
      expect((await untouched(rpc("system.status", "{}", { origin }))).status).toBe(403);
    },
  );

  test("a browser that says the request crosses sites is believed", async () => {
    expect((await untouched(rpc("system.status", "{}", { "sec-fetch-site": "cross-site" }))).status).toBe(403);
    expect((await untouched(rpc("system.status", "{}", { "sec-fetch-site": "same-site" }))).status).toBe(403);
    expect((await rpc("system.status", "{}", { "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  test("it listens on loopback only, and lets no other page read it", async () => {
    expect(server.url).toBe(`http://127.0.0.1:${port}`);
    const preflight = await ask("OPTIONS", "/rpc/system.status", { origin: `http://127.0.0.1:${port}` });
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(preflight.headers).some((name) => name.startsWith("access-control"))).toBe(false);
  });
});

describe("what is asked", () => {
  test.each(["GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"])("%s is no call", async (method) => {
    const answer = await untouched(ask(method, "/rpc/system.status", bearer));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test.each([
    "event.delete",
    "toString",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "event.list%00",
    "..%2fnotices",
    "%e4",
  ])("the name %s is unknown, and the desk never hears it", async (name) => {
    const answer = await untouched(rpc(name));
    expect([400, 404]).toContain(answer.status);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false });
  });

  test("each kind of refusal has its status", async () => {
    const told: [string, number][] = [
      ["input.invalid", 400],
      ["session.required", 409],
      ["event.not_from_here", 409],
      ["contract.too_often", 429],
      ["bug", 500],
      ["core.lost", 503],
    ];
    for (const [id, status] of told) {
      answerWith = () => ({ ok: false, error: { kind: "ask", id: id as "bug" } });
      const answer = await rpc("event.list");
      expect({ id: errorId(answer), status: answer.status }).toEqual({ id, status });
    }
    answerWith = () => ({ ok: true, value: { done: true } });
  });

  test("text of an outcome goes on to the letter, under the status that it stands for", async () => {
    for (const [text, status] of [
      ['{"ok":true,"value":{"words":"一  \\u0000"}}', 200],
      ['{"value":{},  "ok":true}', 200],
      ['{"ok":false,"error":{"id":"core.lost","kind":"retry"}}', 503],
    ] as const) {
      answerWith = () => text;
      expect(await rpc("event.list")).toMatchObject({ status, body: text });
    }
    answerWith = () => ({ ok: true, value: { done: true } });
  });

  test("typed arrays arrive as plain ones", async () => {
    answerWith = () => ({ ok: true, value: { xs: new Float64Array([1.5, 2]), bytes: new Uint8Array([7]) } });
    expect(JSON.parse((await rpc("asset.viewport")).body)).toEqual({ ok: true, value: { xs: [1.5, 2], bytes: [7] } });
    answerWith = () => ({ ok: true, value: { done: true } });
  });

  test("a page that takes bytes gets the words as they are, and plain JSON where there are none", async () => {
    const words = new Int32Array([1, -2, 2_000_000_000]);
    const value = { kinds: ["摄像头"], words, more: { again: new Int32Array(0) } };
    const headers = { accept: "application/json, application/octet-stream" };
    answerWith = () => ({ ok: true, value });
    const asked = await fetch(`${server.url}/rpc/asset.tiles`, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(asked.headers.get("content-type")).toBe("application/octet-stream");
    expect(readPacked(await asked.arrayBuffer())).toEqual({ ok: true, value });
    answerWith = () => ({ ok: true, value: { done: true } });
    const plain = await fetch(`${server.url}/rpc/asset.tiles`, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(await plain.json()).toEqual({ ok: true, value: { done: true } });
  });
});

describe("hostile bodies", () => {
  const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

  test.each([
    ["no JSON", "{"],
    ["two values", "{}{}"],
    ["NaN", '{"a":NaN}'],
    ["a prototype", '{"__proto__":{"admin":true}}'],
    ["a nested prototype", '{"a":{"__proto__":{"admin":true}}}'],
    ["a constructor's prototype", '{"constructor":{"prototype":{"admin":true}}}'],
    ["half a UTF-8", Buffer.from([0x7b, 0x22, 0xff])],
    ["a BOM and rubbish", Buffer.from([0xef, 0xbb, 0xbf, 0x7b])],
  ])("%s is told as invalid, never a fault of the desk", async (_name, body) => {
    const answer = await untouched(rpc("event.list", body));
    expect(answer.status).toBe(400);
    expect(errorId(answer)).toBe("input.invalid");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test("a body of one byte too many is not read to its end; one of just the limit is", async () => {
    const filled = (bytes: number) => `{"text":"${"x".repeat(bytes - 11)}"}`;
    expect((await untouched(rpc("event.report", filled(1024 * 1024 + 1)))).status).toBe(413);
    expect((await rpc("event.report", filled(1024 * 1024))).status).toBe(200);
  });

  test.each([
    ["[", "]"],
    ['{"a":', "}"],
  ])("nested a hundred thousand deep: %s", async (open, close) => {
    const body = open === "[" ? deep(open, close, 100_000) : `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    const answer = await rpc("event.list", body);
    expect([200, 400]).toContain(answer.status);
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ])("%s is not JSON, whatever it holds", async (type) => {
    expect((await untouched(rpc("system.status", "{}", { "content-type": type }))).status).toBe(415);
  });

  test("a length that lies and a request cut in half do not hold the door", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(`POST /rpc/system.status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\n{`);
        socket.destroy();
      });
      socket.once("close", () => resolve());
    });
    expect((await rpc("system.status")).status).toBe(200);
  });

  test("two lengths in one request are refused", async () => {
    const said = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(
          `POST /rpc/system.status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
        );
      });
      socket.on("data", (part) => {
        text += String(part);
      });
      socket.once("close", () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe("pages", () => {
  test("each load of the page has a nonce of its own, and a policy that names it", async () => {
    const loads = [await ask("GET", "/"), await ask("GET", "/index.html"), await ask("GET", "/?x=1")];
    const nonces = loads.map((load) => /content="([^"]+)"/.exec(load.body)?.[1] ?? "");
    expect(new Set(nonces).size).toBe(3);
    for (const [index, load] of loads.entries()) {
      const policy = String(load.headers["content-security-policy"]);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[index]}'`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(Buffer.from(nonces[index] ?? "", "base64").length).toBeGreaterThanOrEqual(16);
      expect(load.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
    }
  });

  test("answers are neither kept nor sniffed", async () => {
    for (const answer of [
      await rpc("system.status"),
      await rpc("nope"),
      await ask("POST", "/rpc/system.status", {}, "{}"),
    ]) {
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    }
  });

  test("a file with a digest in its name may be kept; it has its own type", async () => {
    expect(await ask("GET", "/assets/index-0a1B2c3D.js")).toMatchObject({
      status: 200,
      headers: {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": expect.stringContaining("immutable"),
      },
    });
  });

  test.each([
    "/../package.json",
    "/%2e%2e/package.json",
    "/assets/../../package.json",
    "/assets/..%2f..%2fpackage.json",
    "/..%5c..%5cpackage.json",
    "//etc/passwd",
    "/assets/%00",
    "/assets",
    "/index.html/",
    "/.git/config",
  ])("%s is not there", async (path) => {
    const answer = await ask("GET", path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/zhishou|root:/);
  });
});

describe("notices", () => {
  test("a stream tells topics as they come, and forgets a listener that left", async () => {
    const sent = request({
      host: "127.0.0.1",
      port,
      path: "/notices",
      headers: { host: `127.0.0.1:${port}`, ...bearer },
    });
    const text = await new Promise<string>((resolve) => {
      let heard = "";
      sent.on("response", (got) => {
        expect(got.headers["content-type"]).toContain("text/event-stream");
        got.setEncoding("utf8").on("data", (part: string) => {
          heard += part;
          if (heard.includes("data:")) resolve(heard);
          else for (const listener of listeners) listener({ topics: ["event", "log"] });
        });
        got.on("error", () => {});
      });
      sent.end();
    });
    expect(text).toContain('data: {"topics":["event","log"]}\n\n');
    expect(listeners.size).toBe(1);
    sent.destroy();
    await expect.poll(() => listeners.size).toBe(0);
  });
});
