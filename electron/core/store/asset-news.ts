import type { Turned } from "#shared/domain/asset/tiles.ts";
import type { Db } from "./database.ts";

/** What of the map changed since the pages were told last. It may name what a transaction took back: the page asks, and finds it as it was. */

/** `tiles`: leaves to ask for again, or `all` when they are too many to name. `turned`: assets that stay where they stand. */
export interface AssetNews {
  readonly tiles: readonly number[] | "all";
  readonly turned: readonly Turned[];
}

/** More leaves or assets than this in one notice, and the page forgets all it holds. */
const mostNamed = 200;

interface Pending {
  readonly tiles: Set<number>;
  readonly turned: Turned[];
}

const pending = new WeakMap<Db, Pending | "all">();

export function takeAssetNews(db: Db): AssetNews {
  const news = pending.get(db);
  pending.delete(db);
  if (news === "all") return { tiles: "all", turned: [] };
  return { tiles: [...(news?.tiles ?? [])], turned: news?.turned ?? [] };
}

/** Everything may have changed. */
export const noteAll = (db: Db): void => void pending.set(db, "all");

/** Something came to a leaf, went from it or moved in it. */
export const noteTile = (db: Db, key: number): void => note(db, ({ tiles }) => tiles.add(key));

/** An asset became another kind or has another status. */
export const noteTurned = (db: Db, one: Turned): void => note(db, ({ turned }) => turned.push(one));

function note(db: Db, add: (news: Pending) => void): void {
  const news = pending.get(db) ?? { tiles: new Set(), turned: [] };
  if (news === "all") return;
  add(news);
  pending.set(db, news.tiles.size > mostNamed || news.turned.length > mostNamed ? "all" : news);
}
