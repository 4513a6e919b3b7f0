import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server, type Upload } from "@tus/server";
import { mostBytes } from "#shared/domain/attachment/attachment.ts";
import type { AttachmentBounds } from "#shared/domain/attachment/bounds.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { hourMs } from "#shared/lib/time.ts";
import { uploadsPath } from "#shared/protocol/messages.ts";
import type { Contents } from "./contents.ts";

export interface Uploads {
  /** Answers a tus request of a desk of this street. */
  handle(street: string, request: Request): Promise<Response>;
  /** Lets go of what was not finished in time. Answers how many. */
  sweep(): Promise<number>;
}

const idPattern = /^[0-9a-f]{32}$/;

/**
 * PR-21: a tus server for each street, in a folder of its own: an upload of another street is not there. What is whole is
 * given to the contents, which hold it against what was named.
 */
export function openUploads(options: {
  readonly dataDir: string;
  readonly contents: Contents;
  readonly bounds: AttachmentBounds["district"];
  readonly randomId: () => string;
}): Uploads {
  const { contents, bounds } = options;
  const folder = join(options.dataDir, "uploads");
  const servers = new Map<string, Server>();

  function serverOf(street: string): Server {
    const known = servers.get(street);
    if (known) return known;
    const directory = join(folder, street);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const store = new FileStore({ directory, expirationPeriodInMilliseconds: bounds.unfinishedHours * hourMs });
    const server = new Server({
      path: uploadsPath,
      datastore: store,
      relativeLocation: true,
      maxSize: mostBytes,
      namingFunction: options.randomId,
      getFileIdFromRequest: (_request, last) => (last !== undefined && idPattern.test(last) ? last : undefined),
      async onUploadCreate(_request, upload) {
        const open = readdirSync(directory).filter((name) => idPattern.test(name)).length;
        if (open >= bounds.openUploads) throw refusal(429, deskError("link.busy", { waitMs: 60_000 }));
        pass(await contents.mayCome(street, hashOf(upload), upload.size ?? 0));
        return {};
      },
      async onUploadFinish(_request, upload) {
        const taken = await contents.take(street, hashOf(upload), join(directory, upload.id));
        await store.configstore.delete(upload.id);
        pass(taken);
        return {};
      },
    });
    servers.set(street, server);
    return server;
  }

  return {
    handle: (street, request) => serverOf(street).handleWeb(request),
    async sweep() {
      let swept = 0;
      if (!existsSync(folder)) return swept;
      for (const street of readdirSync(folder)) swept += await serverOf(street).cleanUpExpiredUploads();
      return swept;
    },
  };
}

const hashOf = (upload: Upload): string => upload.metadata?.sha256 ?? "";

/** What the hooks of tus throw: its status for tus, the problem for the desk. */
const refusal = (status_code: number, error: DeskError) => ({ status_code, body: JSON.stringify(error) });

function pass(result: Result<void, DeskError>): void {
  if (result.ok) return;
  const full = result.error.id === "attachment.street_full" || result.error.id === "attachment.day_full";
  throw refusal(full ? 413 : 422, result.error);
}
