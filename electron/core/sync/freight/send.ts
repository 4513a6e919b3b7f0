import { type FileHandle, open } from "node:fs/promises";
import type { HttpRequest, HttpResponse } from "tus-js-client";
import type { DeskError, ErrorId } from "#shared/errors.ts";
import { uploadsPath } from "#shared/protocol/messages.ts";
import type { LinkFailure } from "../link.ts";
import { idOf, type Wire, type WireAsk } from "./wire.ts";

/** A content that is to move. */
export interface Load {
  readonly sha256: string;
  readonly bytes: number;
  /** Where its bytes lie, or are to lie. */
  readonly path: string;
  /** Path of an upload that was begun at the district. */
  readonly upload: string | null;
}

export interface Hooks {
  /** Before each piece; `false`: give way, something else comes first or the link is needed. */
  readonly turn: () => Promise<boolean>;
  readonly moved: (bytes: number) => void;
  /** How many bytes a piece carried, and how long it took. */
  readonly carried: (bytes: number) => void;
  readonly begun: (upload: string) => void;
}

/** How a move ended. `failed`: the link, or the district with a reason of its own (`errorId`). */
export type Moved = { readonly how: "whole" } | { readonly how: "gave_way" } | Failed;
export interface Failed {
  readonly how: "failed";
  readonly failure: LinkFailure | null;
  readonly errorId: ErrorId;
  readonly params: DeskError["params"];
}

class GaveWay extends Error {}

/** A lost piece is asked about again at once so many times; then the freight rests. */
const tries = [0, 200, 1_000];

/** PR-21: sends a content up by tus, piece by piece from where the district says it ends. Every request is signed and pinned. */
export async function sendContent(wire: Wire, load: Load, hooks: Hooks): Promise<Moved> {
  const { Upload } = await import("tus-js-client");
  const file = await open(load.path, "r");
  /** What the last request met, for the end of the story. */
  const last: { failure: LinkFailure | null; problem: DeskError | null; gaveWay: boolean } = {
    failure: null,
    problem: null,
    gaveWay: false,
  };

  async function send(ask: WireAsk): Promise<HttpResponse> {
    if (ask.method === "PATCH" && !(await hooks.turn())) {
      last.gaveWay = true;
      throw new GaveWay();
    }
    const answer = await wire.ask(ask);
    last.failure = answer.ok ? null : answer.error;
    if (!answer.ok) throw new Error(answer.error.reasonId);
    const { status, header, body, problem } = answer.value;
    last.problem = problem;
    if (ask.method === "PATCH") hooks.carried(ask.body?.length ?? 0);
    return {
      getStatus: () => status,
      getHeader: (name) => header(name.toLowerCase()),
      getBody: () => body.toString(),
      getUnderlyingObject: () => undefined,
    };
  }

  try {
    return await new Promise<Moved>((resolve) => {
      const ended = (moved: Moved) => {
        // What tus still meant to do is called off: the next piece is another story.
        void upload.abort();
        resolve(moved);
      };
      const upload = new Upload(Buffer.alloc(0), {
        endpoint: `${wire.url}${uploadsPath}`,
        uploadUrl: load.upload === null ? null : `${wire.url}${load.upload}`,
        uploadSize: load.bytes,
        metadata: { sha256: load.sha256 },
        chunkSize: wire.pieceBytes("up"),
        retryDelays: tries,
        storeFingerprintForResuming: false,
        fingerprint: async () => load.sha256,
        fileReader: { openFile: async () => sourceOf(file, load.bytes) },
        httpStack: { createRequest: (method, url) => requestOf(send, method, url), getName: () => "zhishou" },
        onShouldRetry: (error) =>
          !last.gaveWay &&
          (last.failure?.how === "cut" || [409, 423].includes(error.originalResponse?.getStatus() ?? 0)),
        onUploadUrlAvailable: () => {
          if (upload.url !== null) hooks.begun(new URL(upload.url).pathname);
        },
        onChunkComplete: (_bytes, accepted) => {
          hooks.moved(accepted);
          upload.options.chunkSize = wire.pieceBytes("up");
        },
        onSuccess: () => ended({ how: "whole" }),
        onError: () =>
          ended(
            last.gaveWay
              ? { how: "gave_way" }
              : {
                  how: "failed",
                  failure: last.failure,
                  errorId: last.failure?.reasonId ?? idOf(last.problem),
                  params: last.problem?.params,
                },
          ),
      });
      upload.start();
    });
  } finally {
    await file.close();
  }
}

function sourceOf(file: FileHandle, size: number) {
  return {
    size,
    async slice(start: number, end: number) {
      const piece = Buffer.alloc(Math.min(end, size) - start);
      const { bytesRead } = await file.read(piece, 0, piece.length, start);
      const value = Object.assign(piece.subarray(0, bytesRead), { size: bytesRead });
      return { value, done: start + bytesRead >= size };
    },
    close: () => {},
  };
}

function requestOf(send: (ask: WireAsk) => Promise<HttpResponse>, method: string, url: string): HttpRequest {
  const headers: Record<string, string> = {};
  const { pathname, search } = new URL(url);
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => {
      headers[name.toLowerCase()] = value;
    },
    getHeader: (name) => headers[name.toLowerCase()],
    setProgressHandler: () => {},
    send: (body: Uint8Array | null) =>
      send({
        method: method as WireAsk["method"],
        path: `${pathname}${search}`,
        headers,
        ...(body ? { body } : {}),
        way: "up",
      }),
    abort: async () => {},
    getUnderlyingObject: () => undefined,
  };
}
