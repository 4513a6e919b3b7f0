import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import type { Notice, Outcome } from "#core/ports.ts";
import { contract } from "#shared/contract.ts";
import { deskError, type ErrorId } from "#shared/errors.ts";
import { contentPolicy, noncePlace } from "#shared/lib/csp.ts";
import { fail } from "#shared/lib/result.ts";
import { asJson, httpStatus, isOurPage, tokenKeeper } from "./door.ts";
import { asPacked, packedType } from "./packed.ts";
import { readPages } from "./pages.ts";

const bodyLimit = 1024 * 1024;
const beatMs = 15_000;

/** What the server needs of the core, whichever process that lives in. */
export interface Desk {
  /** The outcome, or its text as the core has sent it, which goes on as it is. */
  call(name: string, input: unknown): Promise<Outcome | string>;
  subscribe(listener: (notice: Notice) => void): () => void;
}

export interface ServerOptions {
  readonly desk: Desk;
  /** Folder of the built pages. */
  readonly pagesDir: string;
  /** Port on 127.0.0.1; 0 picks a free one. */
  readonly port: number;
  /** What a caller must show; made anew at each start. */
  readonly token: string;
  readonly log: (line: string) => void;
}

/** The desk for a browser on this machine: the pages, `POST /rpc/<name>` and `GET /notices`. */
export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

const commonHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};

/** Starts the server. Rejects with `EADDRINUSE` when the port is taken. */
export async function startServer(options: ServerOptions): Promise<WebServer> {
  const pages = readPages(options.pagesDir);
  const holdsToken = tokenKeeper(options.token);
  const streams = new Set<ServerResponse>();
  const app = fastify({
    bodyLimit,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
    // An address that cannot be decoded never reaches a hook or a route.
    frameworkErrors: (_error, request, reply) => void notHere(request, reply.headers(commonHeaders)),
  });
  let port = options.port;

  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, {});
    else parseJson(request, body as string, done);
  });

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(commonHeaders);
    if (!isOurPage(request.headers, port)) return refuse(reply, "door.origin");
    const needsToken = request.url.startsWith("/rpc/") || request.url.split("?")[0] === "/notices";
    if (needsToken && !holdsToken(request.headers.authorization)) return refuse(reply, "door.token");
  });

  app.post<{ Params: { name: string } }>("/rpc/:name", async (request, reply) => {
    const { name } = request.params;
    if (!Object.hasOwn(contract, name)) return refuse(reply, "contract.unknown");
    const outcome = await options.desk.call(name, request.body ?? {});
    const packs = typeof outcome !== "string" && request.headers.accept?.includes(packedType);
    const bytes = packs ? asPacked(outcome) : undefined;
    return bytes ? reply.code(200).type(packedType).send(bytes) : answer(reply, outcome);
  });

  app.get("/notices", (_request, reply) => {
    reply.hijack();
    follow(reply.raw);
  });

  app.get("/*", async (request, reply) => {
    const address = request.url.split("?")[0] ?? "/";
    const page = pages.get(address === "/" ? "/index.html" : address);
    if (!page) return notHere(request, reply);
    if (page.lasting) reply.header("Cache-Control", "public, max-age=31536000, immutable");
    reply.type(page.type);
    if (!page.type.startsWith("text/html")) return reply.send(page.body);
    const nonce = randomBytes(16).toString("base64");
    reply.header("Content-Security-Policy", contentPolicy(nonce, { trustedTypes: false }));
    return reply.send(page.body.toString("utf8").replaceAll(noncePlace, nonce));
  });

  app.setNotFoundHandler(notHere);
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.log(`${request.method} ${request.url.slice(0, 80)}: ${error.stack ?? error.message}`);
    const id = status >= 500 ? "bug" : "input.invalid";
    return reply
      .code(status)
      .type("application/json")
      .send(asJson(fail(deskError(id))));
  });

  /** Server-sent events: a line of topics whenever something changed, a comment now and then so that a dead end shows. */
  function follow(stream: ServerResponse): void {
    stream.writeHead(200, { ...commonHeaders, "Content-Type": "text/event-stream; charset=utf-8" });
    stream.write(": here\n\n");
    const unsubscribe = options.desk.subscribe((notice) => stream.write(`data: ${asJsonLine(notice)}\n\n`));
    const beat = setInterval(() => stream.write(": still here\n\n"), beatMs);
    streams.add(stream);
    stream.once("close", () => {
      clearInterval(beat);
      unsubscribe();
      streams.delete(stream);
    });
  }

  await app.listen({ host: "127.0.0.1", port });
  port = (app.server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const stream of streams) stream.end();
      await app.close();
    },
  };
}

const asJsonLine = ({ topics, tiles, turned }: Notice): string => JSON.stringify({ topics, tiles, turned });

const answer = (reply: FastifyReply, outcome: Outcome | string): FastifyReply =>
  reply.code(httpStatus(outcome)).type("application/json; charset=utf-8").send(asJson(outcome));

const refuse = (reply: FastifyReply, id: ErrorId): FastifyReply => answer(reply, fail(deskError(id)));

function notHere(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!request.url.startsWith("/rpc/")) return reply.code(404).type("text/plain; charset=utf-8").send("not here");
  if (request.method !== "POST") reply.header("Allow", "POST");
  return answer(reply.code(404), fail(deskError("contract.unknown")));
}
