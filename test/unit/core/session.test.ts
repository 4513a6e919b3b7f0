import { expect, test } from "vitest";
import { forget, openTestDesk } from "./desk.ts";

test("a wrong PIN costs a growing wait that neither a restart nor the clock shortens", async () => {
  const desk = await openTestDesk();
  const wrong = () => desk.refusal("session.signIn", { officerId: "cs-08", pin: "0000" });
  expect([await wrong(), await wrong()]).toEqual(["session.wrong_pin", "session.wrong_pin"]);
  expect(await wrong()).toBe("session.wrong_pin");
  expect(await wrong()).toBe("session.wait");
  // The right PIN must wait too, whatever the PC's clock says.
  desk.clock.wall += 400 * 86_400_000;
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

test("PS-5 an idle or locked desk does nothing for its officer but keep words; the PIN opens it again", async () => {
  const desk = await openTestDesk();
  const { officer } = await desk.get("session.signIn", { pin: "2580" });
  desk.later(14 * 60_000);
  await desk.get("session.touch");
  desk.later(14 * 60_000);
  expect((await desk.get("session.current")).lockedAt).toBeNull();
  desk.later(60_000);
  expect(await desk.get("session.current")).toMatchObject({ officer: { id: officer.id }, lockedAt: desk.clock.now });
  // A hand on the mouse does not open it.
  await desk.get("session.touch");
  expect(await desk.refusal("event.list")).toBe("session.locked");
  expect(await desk.refusal("event.report", { text: "x" })).toBe("session.locked");
  expect(await desk.refusal("presence.leave", { why: "x" })).toBe("session.locked");
  expect(await desk.refusal("alarm.list")).toBe("none");
  await desk.get("draft.save", { key: "report", value: "写了一半" });
  expect(await desk.refusal("session.unlock", { pin: "0000" })).toBe("session.wrong_pin");
  await desk.get("session.unlock", { pin: "2580" });
  expect((await desk.get("draft.load", { key: "report" })).value).toBe("写了一半");

  // A PC that slept wakes locked, whatever its clock that only grows says.
  desk.clock.now += 3_600_000;
  desk.beat();
  expect((await desk.get("session.current")).lockedAt).not.toBeNull();
  await desk.close();
  forget(desk.profileDir);
});

test("PS-4 OF-2 OF-3 a take-over is logged with both names; a changed PIN keeps the key, a reset one brings a new key and keeps old signatures", async () => {
  const desk = await openTestDesk();
  const { officers } = await desk.get("session.officers");
  const of = (grade: string) => officers.filter((one) => one.grade === grade);
  const [leader] = of("shift_leader");
  const [operator] = of("operator");
  const [admin] = of("admin");
  if (!leader || !operator || !admin) throw new Error("sample officers");
  const last = async () => (await desk.get("log.list", { limit: 5 })).entries.map(({ text }) => text.zh);
  await desk.get("session.signIn", { officerId: leader.id, pin: "2580" });
  await desk.get("session.lock");
  await desk.get("session.signIn", { officerId: operator.id, pin: "2580" });
  expect((await desk.get("session.current")).lockedAt).toBeNull();
  expect(await last()).toContain(`${operator.name} 接管席位，前一人 ${leader.name}`);

  expect(await desk.refusal("officer.setPin", { pin: "1111", newPin: "4711" })).toBe("session.wrong_pin");
  await desk.get("officer.setPin", { pin: "2580", newPin: "4711" });
  expect((await last())[0]).toBe(`${operator.name} 更改了 PIN`);
  expect(await desk.refusal("session.signIn", { officerId: operator.id, pin: "2580" })).toBe("session.wrong_pin");
  expect(await desk.refusal("session.signIn", { officerId: operator.id, pin: "4711" })).toBe("none");

  const [handover] = (await desk.get("handover.list")).handovers;
  const { handover: signed } = await desk.get("handover.get", { id: handover?.id ?? "" });
  const signer = signed.outgoing.officerId;
  const checked = async () => (await desk.get("handover.get", { id: signed.id })).check.outgoing;
  expect(await checked()).toBe("sound");
  for (let tries = 0; tries < 5; tries++) await desk.call("session.signIn", { officerId: signer, pin: "0000" });
  expect(await desk.refusal("officer.resetPin", { officerId: signer, newPin: "9753" })).toBe("session.not_allowed");
  await desk.get("session.signIn", { officerId: admin.id, pin: "2580" });
  await desk.get("officer.resetPin", { officerId: signer, newPin: "9753" });
  expect((await last())[0]).toMatch(/^重置 .+ 的 PIN，换发签名钥匙$/);
  // The wait that wrong tries of the old PIN had earned is over; the old PIN opens nothing.
  expect(await desk.refusal("session.signIn", { officerId: signer, pin: "2580" })).toBe("session.wrong_pin");
  expect(await desk.refusal("session.signIn", { officerId: signer, pin: "9753" })).toBe("none");
  expect((await desk.get("handover.get", { id: handover?.id ?? "" })).handover).toEqual(signed);
  expect(await checked()).toBe("other_key");
  await desk.close();
  forget(desk.profileDir);
});
