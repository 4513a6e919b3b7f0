import { closeDatabase, type Db } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { dropWords, writeWords } from "#core/store/event-words.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { open, type Seeded } from "./seeded.ts";
import { ms } from "./timing.ts";

const pagesOf = (db: Db, table: string): number =>
  db.prepare("SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE ?").pluck().get(`${table}%`) as number;

/** What is drawn from an event beside its state: written for the last events, at the end of years of them. */
export function indexCost({ file, last }: Seeded, texts: readonly string[]) {
  const db = open(file);
  const one = (work: () => void) => ms(() => db.transaction(work)()) / last.length;
  db.exec("CREATE TABLE plain (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT");
  const write = db.prepare("INSERT INTO plain VALUES (?, ?)");
  const plain = one(() => {
    for (const event of last) write.run(event.id, JSON.stringify(event));
  });
  db.exec("DROP TABLE plain");
  // The words alone, under rows that no event has; then they go again.
  const beyond = 1_000_000_000;
  const searchedOf = ({ state }: DutyEvent) => [
    "duty_event" as const,
    ...(isOpen(state) ? ["open_event" as const] : []),
  ];
  const words = one(() => {
    for (const [at, event] of last.entries()) writeWords(db, searchedOf(event), beyond + at, event);
  });
  one(() => {
    for (const [at, event] of last.entries())
      for (const searched of searchedOf(event)) dropWords(db, searched, beyond + at);
  });
  const whole = one(() => {
    for (const event of last) writeEntity(db, "event", event.id, event, null);
  });
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const searchBytes = pagesOf(db, "duty_event_words") + pagesOf(db, "open_event_words");
  const initials = pagesOf(db, "duty_event_initials") + pagesOf(db, "open_event_initials");
  const tasks = db.prepare("SELECT count(*) FROM task").pluck().get() as number;
  const taskBytesEach = pagesOf(db, "task") / tasks;
  const lineBytesEach = pagesOf(db, "event_line") / texts.length;
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  closeDatabase(db);
  return {
    searchMsEach: words,
    drawnMsEach: whole - plain,
    searchOfText: searchBytes / textBytes,
    initialsOfText: initials / textBytes,
    tasks,
    taskBytesEach,
    lineBytesEach,
  };
}
