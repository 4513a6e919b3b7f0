import { randomBytes } from "node:crypto";
import { type Agent, request } from "node:https";
import { enrol, makeDeskKey } from "#core/sync/enrol.ts";
import { openSigner } from "#core/sync/sign.ts";
import { realPorts } from "../../real-ports.ts";
import type { Attacker } from "./attacks.ts";

const ports = { ...realPorts, appVersion: "test" };

/** Devices of the sample district, and the CA that all of them pin. */
export async function enrolDevices(url: string, count: number, streets: readonly string[]) {
  const devices: Attacker[] = [];
  let ca = "";
  for (let index = 0; index < count; index++) {
    const key = makeDeskKey();
    const street = streets[index % streets.length] ?? "";
    const done = await enrol({ url, code: "sample", deskName: `台 ${index}`, street }, key, ports);
    if (!done.ok) throw new Error(done.error.id);
    ca = done.value.ca;
    devices.push({ id: done.value.deviceId, street, privateKey: key.privateKey });
  }
  return { devices, ca };
}

/** Asks as an enrolled desk does, over a connection that it keeps: the status and how long the answer took, ms. */
export function openAsker(url: string, ca: string, device: Attacker, agent: Agent) {
  const signer = openSigner({
    deviceId: device.id,
    privateKey: device.privateKey,
    now: Date.now,
    clock: { offsetMs: 0 },
  });
  return (path: string, body: unknown): Promise<{ status: number; ms: number; body: string }> => {
    const bytes = Buffer.from(JSON.stringify(body));
    const nonce = randomBytes(18).toString("base64url");
    const headers = {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      "x-desk-nonce": nonce,
      ...signer({ method: "POST", path, body: bytes, nonce }),
    };
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const end = (status: number, text = "") => resolve({ status, ms: performance.now() - startedAt, body: text });
      const asking = request(`${url}${path}`, { method: "POST", headers, ca, agent }, (response) => {
        let text = "";
        response.on("data", (data: Buffer) => {
          text += data.toString();
        });
        response.on("end", () => end(response.statusCode ?? 0, text));
        response.on("error", () => end(0));
      });
      asking.on("error", () => end(0));
      asking.setTimeout(20_000, () => asking.destroy());
      asking.end(bytes);
    });
  };
}
