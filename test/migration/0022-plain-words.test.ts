import { expect, test } from "vitest";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { drawLogWords } from "#core/store/log-words.ts";
import { queryOf } from "#core/store/words.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { deskBefore } from "./desk-before.ts";

test("plain-words: events and lines of the version before are found by the same words once they are drawn anew", () => {
  const { before, upgrade } = deskBefore("plain-words");
  const [event] = seededEvents(1, Date.parse("2026-11-21T06:03:00Z"));
  if (!event) throw new Error("no event");
  const kept = { ...event, title: "𠮷安路Café旁ＡＢ１２积水" };
  before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)").run(kept.id, JSON.stringify(kept));
  before.exec(
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES ('l', 1, 'o1', 'note', '', '路灯不亮', '')",
  );
  before.exec("INSERT INTO duty_log_words (rowid, words) VALUES (1, '路 灯')");
  before.exec("INSERT INTO meta (key, value) VALUES ('eventIndex', '6')");
  const db = upgrade();
  refreshEventIndex(db);
  drawLogWords(db);
  const hits = (table: string, words: string) =>
    db.prepare(`SELECT count(*) FROM ${table} WHERE ${table} MATCH ?`).pluck().get(queryOf(words));
  for (const words of ["积水", "𠮷安", "café", "CAFÉ", "ab12", "安路"])
    expect(hits("duty_event_words", words), words).toBe(1);
  expect(hits("duty_event_words", "水积")).toBe(0);
  expect(hits("duty_log_words", "灯不")).toBe(1);
});
