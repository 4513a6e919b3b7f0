import type { Attachment } from "#shared/domain/attachment/attachment.ts";
import type { MediaType } from "#shared/domain/attachment/media.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";

/** What is known of one content. */
export interface Content {
  readonly sha256: string;
  readonly bytes: number;
  readonly media: MediaType;
  readonly here: 0 | 1;
  readonly own: 0 | 1;
  readonly wanted: 0 | 1;
  /** The district's word that it lies there whole, its clock; `null`: not said. */
  readonly held_at: number | null;
  /** Path of an upload that was begun at the district. */
  readonly upload: string | null;
  /** Bytes that have gone up, or come down. */
  readonly moved: number;
  /** What stopped it the last time, JSON. */
  readonly failed: string | null;
}

const hasAttachments = (db: Db, eventId: string): boolean =>
  sql(db, "SELECT 1 FROM attachment WHERE event_id = ?").get(eventId) !== undefined;

/** Draws the rows of an event's attachments from its state, in the caller's transaction. */
export function projectAttachments(db: Db, eventId: string, event: DutyEvent | undefined, isNew = false): void {
  const named: readonly Attachment[] = event?.attachments ?? [];
  if (named.length === 0 && (isNew || !hasAttachments(db, eventId))) return;
  sql(db, "DELETE FROM attachment WHERE event_id = ?").run(eventId);
  for (const { id, sha256, bytes, media, withdrawn } of named) {
    sql(db, "INSERT INTO attachment (id, event_id, sha256, withdrawn) VALUES (?, ?, ?, ?)").run(
      ...[id, eventId, sha256, withdrawn ? 1 : 0],
    );
    sql(db, "INSERT OR IGNORE INTO content (sha256, bytes, media) VALUES (?, ?, ?)").run(sha256, bytes, media);
  }
}

export const contentOf = (db: Db, sha256: string): Content | undefined =>
  sql(db, "SELECT * FROM content WHERE sha256 = ?").get(sha256) as Content | undefined;

/** A content lies here now; `own`: it came in at this desk. */
export function contentHere(
  db: Db,
  { sha256, bytes, media }: Pick<Content, "sha256" | "bytes" | "media">,
  own: boolean,
): void {
  sql(
    db,
    `INSERT INTO content (sha256, bytes, media, here, own) VALUES (@sha256, @bytes, @media, 1, @own)
     ON CONFLICT (sha256) DO UPDATE SET here = 1, wanted = 0, failed = NULL, own = max(own, @own),
     moved = CASE WHEN held_at IS NULL THEN 0 ELSE moved END`,
  ).run({ sha256, bytes, media, own: own ? 1 : 0 });
}

/** A content was found broken or gone. */
export const contentGone = (db: Db, sha256: string): void =>
  void sql(db, "UPDATE content SET here = 0, wanted = 1, moved = 0 WHERE sha256 = ?").run(sha256);

export const wantContent = (db: Db, sha256: string): void =>
  void sql(db, "UPDATE content SET wanted = 1, failed = NULL WHERE sha256 = ?").run(sha256);

/** Whether an event or a form names it. */
export const isNamed = (db: Db, sha256: string): boolean =>
  sql(
    db,
    "SELECT 1 FROM attachment WHERE sha256 = @sha256 UNION ALL SELECT 1 FROM staged_attachment WHERE sha256 = @sha256",
  ).get({ sha256 }) !== undefined;

/** Bytes of all contents here. */
export const storedBytes = (db: Db): number =>
  sql(db, "SELECT coalesce(sum(bytes), 0) FROM content WHERE here = 1").pluck().get() as number;

/** A file that was given to a form and waits for its event. */
export interface Staged {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly media: MediaType;
  readonly name: string;
  readonly at: number;
}

const stagedColumns = "id, sha256, bytes, media, name, at";

export const stagedOf = (db: Db, officerId: string, key: string): Staged[] =>
  sql(db, `SELECT ${stagedColumns} FROM staged_attachment WHERE officer_id = ? AND key = ? ORDER BY at, id`).all(
    officerId,
    key,
  ) as Staged[];

export const stagedById = (db: Db, officerId: string, id: string): Staged | undefined =>
  sql(db, `SELECT ${stagedColumns} FROM staged_attachment WHERE officer_id = ? AND id = ?`).get(officerId, id) as
    | Staged
    | undefined;

export function stage(db: Db, officerId: string, key: string, one: Staged): void {
  db.transaction(() => {
    contentHere(db, one, true);
    sql(
      db,
      `INSERT INTO staged_attachment (id, officer_id, key, sha256, bytes, media, name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(one.id, officerId, key, one.sha256, one.bytes, one.media, one.name, one.at);
  })();
}

export const unstage = (db: Db, officerId: string, id: string): boolean =>
  sql(db, "DELETE FROM staged_attachment WHERE officer_id = ? AND id = ?").run(officerId, id).changes > 0;

/** After a sweep: contents that neither lie here nor are named are forgotten. */
export const forgetContents = (db: Db): void =>
  void sql(
    db,
    `DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM attachment)
     AND sha256 NOT IN (SELECT sha256 FROM staged_attachment)`,
  ).run();
