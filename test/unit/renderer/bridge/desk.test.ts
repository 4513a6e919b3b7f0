import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { callDesk, connectionNow, onNotice } from "#renderer/bridge/desk.ts";

/** A real server on loopback that speaks as the browser shell does. */
let server: Server;
let port = 0;
const streams = new Set<ServerResponse>();
const seen: { url: string; token: string; body: string }[] = [];
let answer: { status: number; body: string } = { status: 200, body: "" };

function serve(): Promise<void> {
  server = createServer((request, response) => {
    const token = request.headers.authorization ?? "";
    if (request.url === "/notices") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
      streams.add(response);
      return;
    }
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      seen.push({ url: request.url ?? "", token, body });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    });
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      port = (server.address() as AddressInfo).port;
      resolve();
    });
  });
}

function stop(): Promise<void> {
  for (const stream of streams) stream.destroy();
  streams.clear();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

beforeAll(async () => {
  await serve();
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${port}/#token=abc%2Ddef`,
  );
});
afterAll(stop);

test("the token leaves the address and goes with each call", async () => {
  answer = { status: 200, body: JSON.stringify({ ok: true, value: { officer: null } }) };
  expect(await callDesk("session.current", {})).toEqual({ ok: true, value: { officer: null } });
  expect(seen.at(-1)).toEqual({ url: "/rpc/session.current", token: "Bearer abc-def", body: "{}" });
  expect(location.hash).toBe("");
  expect(sessionStorage.getItem("zhishou.token")).toBe("abc-def");
});

test("an error of the core comes as it is, with the kind of the list", async () => {
  answer = { status: 409, body: JSON.stringify({ ok: false, error: { kind: "retry", id: "session.required" } }) };
  const outcome = await callDesk("event.list", {});
  expect(outcome).toEqual({ ok: false, error: { kind: "ask", id: "session.required" } });
});

test("what is no outcome is a bug, never a value", async () => {
  for (const body of ["<html>ok</html>", "null", '{"value":1}', '{"ok":true}', ""]) {
    answer = { status: 200, body };
    expect(await callDesk("desk.now", {})).toMatchObject({ ok: false, error: { id: "bug" } });
  }
});

test("notices are heard; a lost core is said and, when it is back, everything is asked again", async () => {
  const heard: string[][] = [];
  const end = onNotice((topics) => heard.push([...topics]));
  await vi.waitFor(() => expect(streams.size).toBe(1));
  for (const stream of streams) stream.write('data: {"topics":["event","log"]}\n\ndata: no json\n\n');
  await vi.waitFor(() => expect(heard).toContainEqual(["event", "log"]));

  await stop();
  expect(await callDesk("desk.now", {})).toMatchObject({ ok: false, error: { kind: "retry", id: "core.lost" } });
  expect(connectionNow()).toEqual({ state: "lost", errorId: "core.lost" });

  await serve();
  await vi.waitFor(() => expect(connectionNow()).toEqual({ state: "up" }), { timeout: 10_000 });
  expect(heard.at(-1)).toEqual(["*"]);
  end();
});
