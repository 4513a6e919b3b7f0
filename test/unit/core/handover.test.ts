import { createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashRecord } from "#core/commands/handover.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

test("HO-1 HO-2 HO-3 HO-4 both sides sign the same record, in order, and then it is sealed", async () => {
  const draft = await desk.get("handover.draft");
  expect(draft).toMatchObject({ handoverId: "2026-11-21/day", phase: "draft" });
  expect(draft.record.openEvents).toHaveLength(5);
  expect(draft.record.whistles).toHaveLength(1);
  expect(draft.record.checklist.length).toBeGreaterThan(5);
  const { handoverId } = draft;
  const [outgoing = ""] = draft.mayOffer;
  const [incoming = ""] = draft.mayAccept;
  const sign = (side: "outgoing" | "incoming", officerId: string, pin = "2580") =>
    desk.call("handover.sign", { handoverId, side, officerId, pin, remarks: "夜间注意茶竹路大雾" });
  const refusal = async (answer: ReturnType<typeof sign>) => {
    const done = await answer;
    return done.ok ? "none" : done.error.id;
  };
  expect(await refusal(sign("incoming", incoming))).toBe("handover.order");
  expect(await refusal(sign("outgoing", incoming))).toBe("handover.not_outgoing");
  expect(await refusal(sign("outgoing", outgoing, "0000"))).toBe("session.wrong_pin");
  expect(await refusal(sign("outgoing", outgoing))).toBe("none");
  expect(await refusal(sign("outgoing", outgoing))).toBe("handover.order");
  expect(await refusal(sign("incoming", outgoing))).toBe("handover.not_incoming");

  // What happens after the outgoing signature does not change what was signed.
  await desk.get("event.report", { text: "交班后来电：路灯不亮" });
  const sealed = await sign("incoming", incoming);
  if (!sealed.ok) throw new Error(sealed.error.id);
  const { handover } = sealed.value;
  expect(handover.phase).toBe("sealed");
  expect(handover.record.openEvents).toHaveLength(5);
  expect(handover.record.remarks).toBe("夜间注意茶竹路大雾");
  for (const [side, signature] of [
    ["outgoing", handover.outgoing],
    ["incoming", handover.incoming],
  ] as const) {
    if (!signature) throw new Error("no signature");
    expect(signature.recordHash).toBe(hashRecord(handover.record));
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(signature.publicKey, "base64").toString("base64url") },
      format: "jwk",
    });
    const text = [
      "zhishou-handover-v1",
      handoverId,
      side,
      signature.recordHash,
      signature.officerId,
      String(signature.at),
    ].join("\n");
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature.signature, "base64"))).toBe(true);
    expect(verify(null, Buffer.from(`${text}0`), key, Buffer.from(signature.signature, "base64"))).toBe(false);
  }
  expect(await refusal(sign("incoming", incoming))).toBe("handover.sealed");
  expect((await desk.get("handover.get", { id: handoverId })).handover).toEqual(handover);
  expect((await desk.get("handover.list")).handovers[0]).toMatchObject({ id: handoverId, phase: "sealed" });
});
