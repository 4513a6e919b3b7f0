import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { times } from "./timing.ts";

/** Runs of one, two and four characters out of the events themselves, and initials; the last to arrive twenty. */
export async function searching(desk: TestDesk, events: readonly DutyEvent[], heard: readonly string[]) {
  const searchMs: Record<string, number[]> = {};
  let missing = 0;
  for (const length of [1, 2, 4]) {
    const asked = events.map(({ text }) => (text.match(/\p{Script=Han}+/gu)?.[1] ?? "路灯不亮").slice(0, length));
    searchMs[length] = await times(asked.length, (run) =>
      desk.get("event.list", { view: "all", search: asked[run], limit: 20 }),
    );
    for (const search of asked.slice(0, 12)) {
      const wanted = heard.filter((words) => words.includes(search)).length;
      const page = await desk.get("event.list", { view: "all", search, limit: 1 });
      if (page.more ? page.total > wanted : page.total < wanted) missing++;
    }
  }
  searchMs.initials = await times(30, () => desk.get("event.list", { view: "all", search: "zslld", limit: 20 }));
  return { searchMs, missing };
}
