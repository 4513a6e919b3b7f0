import { assetTiles } from "#core/queries/viewport.ts";
import { setAssetStatus } from "#core/store/assets.ts";
import { keysIn } from "#renderer/features/map/asset-field.ts";
import { levelFor, unitOf } from "#shared/domain/asset/tiles.ts";
import { drawer } from "#test/seed.ts";
import { median, quantile } from "../report.ts";
import { openProfile } from "./profile.ts";

/** Questions of a view of 1280 × 800 px at random places and zooms, as the page asks them: median and p95, ms. */
export function queryTimes(profile: string, questions = 300): { p50: number; p95: number; words: number } {
  const db = openProfile(profile);
  const random = drawer(11);
  const taken: number[] = [];
  let words = 0;
  for (let i = 0; i < questions; i++) {
    const zoom = 10 + Math.floor(random() * 8);
    const { x, y } = unitOf(105.65 + random() * 0.5, 28.95 + random() * 0.6);
    const wide = 640 * 2 ** (19 - zoom);
    const high = 400 * 2 ** (19 - zoom);
    const level = levelFor(zoom);
    const keys = keysIn(level, { left: x - wide, top: y - high, right: x + wide, bottom: y + high, zoom }, 0);
    const from = performance.now();
    const answer = assetTiles({ db } as never, { level, keys });
    taken.push(performance.now() - from);
    if (answer.ok) words += answer.value.words.length;
  }
  db.close();
  return { p50: median(taken), p95: quantile(taken, 0.95), words: words / questions };
}

/** One status, durable when it returns: with the tiles, and the same row without them; turn by turn in one run. Medians, ms. */
export function statusWrites(profile: string, writes = 120): { counted: number; bare: number } {
  const db = openProfile(profile);
  const random = drawer(12);
  const most = db.prepare("SELECT max(row) FROM asset").pluck().get() as number;
  const ids = Array.from({ length: writes }, () =>
    db
      .prepare("SELECT id FROM asset WHERE row >= ? LIMIT 1")
      .pluck()
      .get(Math.floor(random() * most)),
  ) as string[];
  const bareWrite = db.prepare("UPDATE asset SET status = ? WHERE id = ?");
  const counted: number[] = [];
  const bare: number[] = [];
  for (const id of ids) {
    const status = db.prepare("SELECT status FROM asset WHERE id = ?").pluck().get(id) as "ok" | "fault" | "offline";
    const other = status === "fault" ? "ok" : "fault";
    let from = performance.now();
    setAssetStatus(db, id, other);
    counted.push(performance.now() - from);
    setAssetStatus(db, id, status);
    from = performance.now();
    bareWrite.run(other, id);
    bare.push(performance.now() - from);
    bareWrite.run(status, id);
  }
  db.close();
  return { counted: median(counted), bare: median(bare) };
}
