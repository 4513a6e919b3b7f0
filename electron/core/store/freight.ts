import { rmSync } from "node:fs";
import type { Tables } from "#shared/contract.ts";
import { levels } from "#shared/domain/duty-event/event.ts";
import {
  contentPath,
  freeBytes,
  hashFile,
  holdsContent,
  partPath,
  placeContent,
  setAside,
  sizeOfFile,
} from "../files/contents.ts";
import type { FreightStore } from "../sync/freight/freight.ts";
import { type Content, contentGone, contentHere, contentOf, storedBytes } from "./attachments.ts";
import { type Db, sql } from "./database.ts";

/** Contents that are looked at to find one that may move. */
const looked = 50;

/** Level of the most urgent event that names a content. */
const urgency = `(SELECT min(d.level) FROM attachment a JOIN duty_event d ON d.id = a.event_id WHERE a.sha256 = c.sha256)`;

/** The store's side of the freight: which content moves next, and what became of it. */
export function freightStore(
  db: Db,
  desk: {
    readonly profileDir: string;
    readonly now: () => number;
    readonly bounds: () => Tables["attachments"]["desk"];
  },
): FreightStore {
  const { profileDir } = desk;
  const pick = (where: string, but: ReadonlySet<string>): Content | undefined => {
    const rows = sql(
      db,
      `SELECT * FROM (SELECT c.*, ${urgency} AS urgency FROM content c WHERE ${where})
       WHERE urgency IS NOT NULL ORDER BY own DESC, urgency, bytes, sha256 LIMIT ${looked + 1}`,
    ).iterate() as IterableIterator<Content>;
    for (const row of rows) if (!but.has(row.sha256)) return row;
    return undefined;
  };

  const mayCome = ({ bytes }: Content): boolean => {
    const { storeBytes, keepFreeBytes } = desk.bounds();
    return storedBytes(db) + bytes <= storeBytes && freeBytes(profileDir) - bytes >= keepFreeBytes;
  };

  return {
    unknown: (limit, after) =>
      sql(
        db,
        `SELECT c.sha256 FROM content c WHERE c.held_at IS NULL AND c.sha256 > ?
         AND EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = c.sha256) ORDER BY c.sha256 LIMIT ?`,
      )
        .pluck()
        .all(after, limit) as string[],
    told(asked, held) {
      return db.transaction(() => {
        for (const { sha256, bytes, at } of held)
          sql(
            db,
            "UPDATE content SET held_at = ?, moved = bytes, failed = NULL, upload = NULL WHERE sha256 = ? AND bytes = ?",
          ).run(at, sha256, bytes);
        return asked.filter((sha256) => {
          const content = contentOf(db, sha256);
          return content?.here === 0 && content.held_at === null;
        }).length;
      })();
    },
    next(but) {
      const down = (content: Content | undefined) =>
        content && mayCome(content)
          ? { ...content, way: "down" as const, path: partPath(profileDir, content.sha256) }
          : null;
      const byHand = down(pick("here = 0 AND wanted = 1 AND held_at IS NOT NULL", but));
      if (byHand) return byHand;
      const up = pick("here = 1 AND held_at IS NULL", but);
      if (up) return { ...up, way: "up", path: contentPath(profileDir, up.sha256) };
      const alone = desk.bounds().fetchAlone.map((level) => levels.indexOf(level));
      if (alone.length === 0) return null;
      const comes = `here = 0 AND held_at IS NOT NULL AND ${urgency} IN (${alone.join(", ")})`;
      return down(pick(comes, but));
    },
    lost: (sha256) => void sql(db, "UPDATE content SET held_at = NULL WHERE sha256 = ?").run(sha256),
    begun: (sha256, upload) =>
      void sql(
        db,
        "UPDATE content SET moved = CASE WHEN upload = @upload THEN moved ELSE 0 END, upload = @upload WHERE sha256 = @sha256",
      ).run({ upload, sha256 }),
    moved: (sha256, bytes) => void sql(db, "UPDATE content SET moved = ? WHERE sha256 = ?").run(bytes, sha256),
    stopped: (sha256, errorId, params) =>
      void sql(db, "UPDATE content SET failed = ? WHERE sha256 = ?").run(
        errorId === null ? null : JSON.stringify({ errorId, params: params ?? {} }),
        sha256,
      ),
    async arrived(sha256) {
      const part = partPath(profileDir, sha256);
      const content = contentOf(db, sha256);
      const sound = content !== undefined && sizeOfFile(part) === content.bytes && (await hashFile(part)) === sha256;
      if (!sound) {
        rmSync(part, { force: true });
        return false;
      }
      placeContent(profileDir, part, sha256);
      contentHere(db, content, false);
      return true;
    },
    async sound(sha256) {
      const content = contentOf(db, sha256);
      const path = contentPath(profileDir, sha256);
      if (content && holdsContent(profileDir, sha256, content.bytes) && (await hashFile(path)) === sha256) return true;
      setAside(profileDir, sha256, desk.now());
      contentGone(db, sha256);
      return false;
    },
  };
}
