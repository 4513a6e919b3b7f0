import { randomBytes } from "node:crypto";
import { Agent, request } from "undici";
import type { DeskError } from "#shared/errors.ts";
import { nonceHeader } from "#shared/protocol/messages.ts";
import { readCa } from "../auth/ca.ts";
import { lastPort } from "../data-dir.ts";
import { readToken } from "./token.ts";

/** The district refused, for a reason that a person can read. */
export class Refused extends Error {
  readonly problem: DeskError;
  constructor(problem: DeskError) {
    super(problem.id);
    this.problem = problem;
  }
}

/** Speaks to the district that runs on this folder, as its operator. Throws `Refused`, or the error of the connection. */
export async function askDistrict(dataDir: string, path: string, body?: unknown): Promise<unknown> {
  const { cert } = await readCa(dataDir, () => Date.now());
  const agent = new Agent({ connect: { ca: cert } });
  try {
    const { body: answered } = await request(`https://127.0.0.1:${lastPort(dataDir)}${path}`, {
      dispatcher: agent,
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${readToken(dataDir, (length) => new Uint8Array(randomBytes(length)))}`,
        [nonceHeader]: randomBytes(18).toString("base64url"),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const { body: told } = (await answered.json()) as { body: { error?: DeskError } };
    if (told.error) throw new Refused(told.error);
    return told;
  } finally {
    await agent.close();
  }
}
