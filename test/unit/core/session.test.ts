import { expect, test } from "vitest";
import { forget, openTestDesk } from "./desk.ts";

test("a wrong PIN costs a growing wait that neither a restart nor the clock shortens", async () => {
  const desk = await openTestDesk();
  const wrong = () => desk.refusal("session.signIn", { officerId: "cs-08", pin: "0000" });
  expect([await wrong(), await wrong()]).toEqual(["session.wrong_pin", "session.wrong_pin"]);
  expect(await wrong()).toBe("session.wrong_pin");
  expect(await wrong()).toBe("session.wait");
  // The right PIN must wait too, whatever the PC's clock says.
  desk.clock.now += 400 * 86_400_000;
  expect(await desk.refusal("session.signIn", { officerId: "cs-08", pin: "2580" })).toBe("session.wait");
  await desk.close();

  const again = await openTestDesk({ profileDir: desk.profileDir });
  expect(await again.refusal("session.signIn", { officerId: "cs-08", pin: "2580" })).toBe("session.wait");
  again.clock.monotonic += 1001;
  expect(await again.refusal("session.signIn", { officerId: "cs-08", pin: "2580" })).toBe("none");
  // Signed in: the count is forgotten.
  expect(await again.refusal("session.signIn", { officerId: "cs-08", pin: "0000" })).toBe("session.wrong_pin");
  expect(await again.refusal("session.signIn", { officerId: "cs-08", pin: "2580" })).toBe("none");
  await again.close();
  forget(desk.profileDir);
});

test("calls of the work need a signed-in officer; the one glance does not", async () => {
  const desk = await openTestDesk();
  expect(await desk.refusal("event.list")).toBe("session.required");
  expect(await desk.refusal("event.report", { text: "x" })).toBe("session.required");
  expect(await desk.refusal("desk.now")).toBe("none");
  expect(await desk.refusal("session.signIn", { officerId: "nobody", pin: "2580" })).toBe("session.unknown_officer");
  await desk.close();
  forget(desk.profileDir);
});

test("OF-1 a desk is set up once, with its officers; only an administrator adds people", async () => {
  const desk = await openTestDesk({ demo: false });
  expect((await desk.get("system.status")).phase).toBe("setup");
  expect(await desk.refusal("event.list")).toBe("setup.needed");
  const officers = [
    { name: "周安", grade: "leader" as const, pin: "1357" },
    { name: "李宁", grade: "operator" as const, pin: "2468" },
    { name: "管理", grade: "admin" as const, pin: "8642" },
  ];
  expect(await desk.refusal("setup.desk", { street: "999999999", deskName: "一号席", officers })).toBe(
    "setup.unknown_street",
  );
  await desk.get("setup.desk", { street: "500118001", deskName: "一号席", officers });
  expect(await desk.refusal("setup.desk", { street: "500118001", deskName: "一号席", officers })).toBe("setup.done");
  const list = (await desk.get("session.officers")).officers;
  expect(list.map(({ name }) => name).sort()).toEqual(["周安", "李宁", "管理"].sort());
  await desk.get("session.signIn", { officerId: list.find(({ name }) => name === "李宁")?.id ?? "", pin: "2468" });
  expect(await desk.refusal("officer.add", { name: "新人", grade: "operator", pin: "1111" })).toBe(
    "session.not_allowed",
  );
  await desk.get("session.signIn", { officerId: list.find(({ name }) => name === "管理")?.id ?? "", pin: "8642" });
  const added = await desk.get("officer.add", { name: "新人", grade: "operator", pin: "1111" });
  await desk.get("session.signIn", { officerId: added.officer.id, pin: "1111" });
  // An empty roster is an alarm: every role of every minute.
  expect((await desk.get("desk.now")).gapsNow).toHaveLength(4);
  await desk.close();
  forget(desk.profileDir);
});
