import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createCore } from "#core/core.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { portsFor } from "#test/contract/desks.ts";
import { type Imported, importAssets } from "./import.ts";

/** A desk of the sample street with so many more assets. */
export async function makeProfile(folder: string, count: number): Promise<Imported & { readonly folder: string }> {
  mkdirSync(folder, { recursive: true });
  const core = await createCore(portsFor(folder, { demoStreet: "500118004" }));
  await core.close();
  const db = openProfile(folder);
  const imported = importAssets(db, count);
  db.close();
  return { folder, ...imported };
}

export function openProfile(folder: string): Db {
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  return opened.value.db;
}

export interface Sizes {
  readonly tableMB: number;
  readonly cellsMB: number;
  readonly leavesMB: number;
  readonly fileMB: number;
}

/** How much the counts weigh beside the table they count; leaves stand for the index of places that they replace. */
export function sizesOf(folder: string): Sizes {
  const db = openProfile(folder);
  const mb = (bytes: number) => bytes / 2 ** 20;
  const pages = (name: string) =>
    db.prepare("SELECT sum(pgsize) FROM dbstat WHERE name = ?").pluck().get(name) as number;
  const leafFrom = 16 * 2 ** 32;
  const share = (where: string) =>
    db
      .prepare(`SELECT coalesce(sum(length(marks) + 12), 0) FROM asset_tile WHERE key ${where} ?`)
      .pluck()
      .get(leafFrom) as number;
  const [cells, leaves] = [share("<"), share(">=")];
  const tiles = pages("asset_tile");
  const sizes = {
    tableMB: mb(pages("asset")),
    cellsMB: mb((tiles * cells) / (cells + leaves)),
    leavesMB: mb((tiles * leaves) / (cells + leaves)),
    fileMB: mb(statSync(join(folder, "desk.db")).size),
  };
  db.close();
  return sizes;
}

export const hasProfile = (folder: string): boolean => existsSync(join(folder, "desk.db"));
