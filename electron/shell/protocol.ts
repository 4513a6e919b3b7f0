import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { type ProtocolRequest, type ProtocolResponse, protocol, type Session } from "electron";
import { contentPolicy, noncePlace } from "#shared/lib/csp.ts";
import { isOurs, scheme } from "./origin.ts";

// Playwright's evaluate is an eval, which Trusted Types forbid; one test asks for them all the same.
const trustedTypes = !__E2E__ || process.env.ZHISHOU_TRUSTED_TYPES === "1";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".geojson": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};

/** Must run before the app is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Reads a file of the pages; undefined: there is none. */
export type ReadPage = (file: string) => Promise<Buffer | undefined>;

/** Begins to read what the first page will ask for: Chromium starts meanwhile. Each is given out once, later ones come from the disk. */
export function readAhead(folder: string): ReadPage {
  const ahead = new Map<string, Promise<Buffer | undefined>>();
  const fromDisk: ReadPage = (file) => readFile(join(folder, file)).catch(() => undefined);
  const document = fromDisk("index.html").then((html) => {
    for (const [, file = ""] of html?.toString("utf8").matchAll(/"\.\/(assets\/[^"]+)"/g) ?? [])
      ahead.set(file, fromDisk(file));
    return html;
  });
  ahead.set("index.html", document);
  return (file) => {
    const read = ahead.get(file) ?? fromDisk(file);
    ahead.delete(file);
    return read;
  };
}

/**
 * Serves the pages that `read` knows to this session, each document with a policy and a nonce of its own. Not by `protocol.handle`:
 * its `Request` and `Response` bring Node's whole fetch, HTTP/2 and TLS with the first page, 70 ms of a start, to serve files by name.
 */
export function servePages(session: Session, read: ReadPage): void {
  session.protocol.registerBufferProtocol(scheme, async (request, answer) => answer(await answerTo(request)));

  async function answerTo({ method, url }: ProtocolRequest): Promise<ProtocolResponse> {
    const file = method === "GET" ? fileOf(url) : undefined;
    const type = file && types[extname(file)];
    const body = type && (await read(file));
    if (!body)
      return { statusCode: 404, headers: headersFor("text/plain; charset=utf-8"), data: Buffer.from("not here") };
    if (!type.startsWith("text/html")) return { headers: headersFor(type), data: body };
    const nonce = randomBytes(16).toString("base64");
    return {
      headers: {
        ...headersFor(type),
        "Content-Security-Policy": contentPolicy(nonce, { trustedTypes }),
        "Cache-Control": "no-store",
      },
      data: Buffer.from(body.toString("utf8").replaceAll(noncePlace, nonce)),
    };
  }
}

/** The path inside the pages' folder an address means; undefined for anything that is not plainly a file in there. */
export function fileOf(address: string): string | undefined {
  if (!isOurs(address)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return undefined;
  }
  if (path === "/") return "index.html";
  const segments = path.slice(1).split("/");
  // A second round of decoding, a backslash, a drive letter or a NUL is never an honest request.
  return segments.every((segment) => /^[\w-][\w.-]*$/.test(segment)) ? segments.join("/") : undefined;
}

/**
 * No `Cross-Origin-Opener-Policy`: no window is ever opened by another (`hardenPages`), and Chromium would start a second process for
 * the page at each start, and throw the first away.
 */
function headersFor(type: string): Record<string, string> {
  return {
    "Content-Type": type,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
  };
}
