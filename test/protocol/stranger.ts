import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { readCa, readServerCert } from "#district/auth/ca.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Stranger {
  readonly url: string;
  readonly port: number;
  /** What was asked of it: path and body. */
  readonly asked: { path: string; body: string; headers: IncomingMessage["headers"] }[];
  close(): Promise<void>;
}

/** Something that answers on a port with the certificate of the CA in `dir`, in any way it likes. */
export async function stranger(dir: string, answer: Answer, port = 0): Promise<Stranger> {
  const ca = await readCa(dir, () => Date.now());
  const tls = await readServerCert(dir, ca, () => Date.now());
  const asked: Stranger["asked"] = [];
  const server = createServer(tls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const body = (request.headers["content-encoding"] === "br" ? brotliDecompressSync(bytes) : bytes).toString();
      asked.push({ path: request.url ?? "", body, headers: request.headers });
      answer(request, response, body);
    });
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const { port: bound } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${bound}`, port: bound, asked, close };
}

export const say =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
