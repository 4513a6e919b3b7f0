import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { contentPath } from "#core/files/contents.ts";
import { contentOf } from "#core/store/attachments.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { freightStore } from "#core/store/freight.ts";
import { openFreight } from "#core/sync/freight/freight.ts";
import type { Wire } from "#core/sync/freight/wire.ts";
import { ok } from "#shared/lib/result.ts";
import { eventIn } from "../../shared/samples.ts";

/** The real freight over a real store; the district at the other end is one that lies. */
let folder = "";
let db: Db;
const bytes = Buffer.from("%PDF-1.7 what was named");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const bounds = { fileBytes: 1e6, perEvent: 9, storeBytes: 1e9, keepFreeBytes: 1, fetchAlone: ["normal" as const] };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhishou-freight-"));
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  ({ db } = opened.value);
  const named = { id: "a-1", sha256, bytes: bytes.length, media: "application/pdf" as const, name: "一.pdf" };
  const event = eventIn("handling", { attachments: [{ ...named, at: 1, by: "o", withdrawn: null }] });
  writeEntity(db, "event", "event-1", event, null);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function districtThatSends(content: Buffer, says: boolean) {
  const asked: string[] = [];
  const wire: Wire = {
    url: "https://127.0.0.1:1",
    pieceBytes: () => 10,
    held: async (hashes) => ok(says ? hashes.map((one) => ({ sha256: one, bytes: bytes.length, at: 5 })) : []),
    async ask({ path }) {
      asked.push(path);
      const query = new URL(path, "https://x").searchParams;
      const from = Number(query.get("from"));
      const body = content.subarray(from, from + Number(query.get("bytes")));
      return ok({ status: 200, header: () => undefined, body, problem: null });
    },
    close: async () => {},
  };
  return { wire, asked };
}

function run(wire: Wire) {
  const store = freightStore(db, { profileDir: folder, now: () => 1, bounds: () => bounds });
  const freight = openFreight({ store, monotonic: () => performance.now(), log: () => {}, changed: () => {} });
  freight.open(wire);
  freight.calm(true);
  return freight;
}

test("PR-25, AT-6: a district that says it has a file and sends other bytes of the same length is not believed", async () => {
  const lie = Buffer.from(bytes);
  lie[12] = (lie[12] ?? 0) ^ 1;
  const { wire, asked } = districtThatSends(lie, true);
  const freight = run(wire);
  await vi.waitFor(() => expect(contentOf(db, sha256)?.failed).toContain("attachment.broken"), { timeout: 10_000 });
  await freight.close();
  expect(existsSync(contentPath(folder, sha256))).toBe(false);
  expect(contentOf(db, sha256)?.here).toBe(0);
  expect(asked.length).toBe(3);
});

test("the control: the same district with the true bytes is believed, and the file is put in its place", async () => {
  const freight = run(districtThatSends(bytes, true).wire);
  await vi.waitFor(() => expect(contentOf(db, sha256)?.here).toBe(1), { timeout: 10_000 });
  await freight.close();
  expect(existsSync(contentPath(folder, sha256))).toBe(true);
});

test("PR-23: what the district does not say that it holds is not asked of it", async () => {
  const { wire, asked } = districtThatSends(bytes, false);
  const freight = run(wire);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await freight.close();
  expect(asked).toEqual([]);
  expect(contentOf(db, sha256)?.held_at).toBe(null);
});
