import { expect, onTestFinished, test, vi } from "vitest";
import { openTestDesk } from "../unit/core/desk.ts";
import { district } from "./district.ts";

test("OP-2 the district's answer to an event is news of events and of nothing that it did not change", async () => {
  const centre = await district();
  const desk = await openTestDesk({
    demo: true,
    now: Date.now(),
    ports: { districtUrl: centre.url(), now: Date.now, monotonic: () => performance.now() },
  });
  onTestFinished(() => desk.close());
  await desk.get("session.signIn", { pin: "2580" });
  const settled = () =>
    vi.waitFor(
      async () => expect(await desk.get("link.status")).toMatchObject({ link: { state: "online" }, waiting: 0 }),
      { timeout: 20_000, interval: 50 },
    );
  await settled();
  // What the enrolment changed is told a moment later, all of it.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const told = new Set<string>();
  onTestFinished(desk.core.subscribe(({ topics }) => topics.forEach((topic) => void told.add(topic))));
  const { event } = await desk.get("event.report", { text: "路口井盖松动" });
  await settled();
  await vi.waitFor(async () => expect((await desk.get("event.get", { id: event.id })).sync.state).toBe("confirmed"), {
    timeout: 5_000,
    interval: 20,
  });
  expect([...told].sort()).toEqual(["attachment", "event", "link", "log"]);
});
