import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import { createCore } from "#core/core.ts";
import type { Core } from "#core/ports.ts";
import { type AttachmentView, type CallName, filePieceMost, type InputOf, type OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { newFolder, portsFor } from "../../contract/desks.ts";

export const pin = "2580";

/** A real core on a profile of its own, which may be ended and begun anew. */
export interface FreightDesk {
  readonly profileDir: string;
  ask<N extends CallName>(name: N, input: InputOf<N>): Promise<Result<OutputOf<N>, DeskError>>;
  get<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  attachments(eventId: string): Promise<readonly AttachmentView[]>;
  /** Brings a file in and names it in an event, as a page does. */
  attach(eventId: string, name: string, bytes: Buffer): Promise<AttachmentView>;
  restart(districtUrl: string): Promise<void>;
  close(): Promise<void>;
}

export const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Bytes that begin as a JPEG does and are noise after it. */
export const photo = (bytes: number): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes - 4)]);

export async function freightDesk(districtUrl: string, street: string): Promise<FreightDesk> {
  const profileDir = newFolder("freight");
  let officerId = "";
  let core: Core = await createCore(portsFor(profileDir, { districtUrl }));
  const desk: FreightDesk = {
    profileDir,
    ask: async (name, input) => (await core.call(name, input)) as never,
    async get(name, input) {
      const outcome = await desk.ask(name, input);
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
      return outcome.value;
    },
    attachments: async (eventId) => (await desk.get("attachment.list", { eventId })).items,
    async attach(eventId, name, bytes) {
      const { fileId } = await desk.get("file.begin", { fileName: name, bytes: bytes.length });
      for (let offset = 0; offset < bytes.length; offset += filePieceMost) {
        const base64 = bytes.subarray(offset, offset + filePieceMost).toString("base64");
        await desk.get("file.piece", { fileId, offset, base64 });
      }
      const { staged } = await desk.get("attachment.stage", { fileId, key: `event:${eventId}`, name });
      await desk.get("attachment.add", { eventId, ids: [staged.id] });
      const made = (await desk.attachments(eventId)).find(({ id }) => id === staged.id);
      if (!made) throw new Error("not listed");
      return made;
    },
    async restart(url) {
      await core.close();
      core = await createCore(portsFor(profileDir, { districtUrl: url }));
      await desk.get("session.signIn", { officerId, pin });
    },
    async close() {
      await core.close();
    },
  };
  const status = await desk.get("system.status", {});
  if (status.phase === "setup")
    await desk.get("setup.desk", { street, deskName: "一号席", officers: [{ name: "王建国", grade: "leader", pin }] });
  officerId = (await desk.get("session.officers", {})).officers[0]?.id ?? "";
  await desk.get("session.signIn", { officerId, pin });
  onTestFinished(async () => {
    await desk.close();
    rmSync(profileDir, { recursive: true, force: true });
  });
  return desk;
}
