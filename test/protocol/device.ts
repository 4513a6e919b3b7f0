import { createHash, createPrivateKey, randomBytes, sign } from "node:crypto";
import { Agent, request } from "undici";
import type { z } from "zod";
import { makeDeskKey } from "#core/sync/enrol.ts";
import type { Op } from "#shared/op/op.ts";
import { readCode } from "#shared/protocol/code.ts";
import {
  type Envelope,
  envelopeSchema,
  type PullAnswer,
  type PushResult,
  type pullRequestSchema,
} from "#shared/protocol/messages.ts";
import type { TestDistrict } from "./district.ts";
import { street as firstStreet, opMaker } from "./ops.ts";

/** What may be bent in a signed request. */
export interface Bent {
  readonly path?: string;
  readonly nonce?: string;
  readonly at?: number;
  readonly device?: string;
  readonly privateKey?: string;
  /** Sent instead of the body that was signed. */
  readonly sentBody?: string;
  readonly headers?: Record<string, string>;
  /** The body as it is signed and sent, when that is not its text. */
  readonly encode?: (text: string) => Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly envelope: Envelope;
  /** Id of the problem, or `undefined`. */
  readonly problem: string | undefined;
}

/** One question without a signature. The signature of `device()` is written anew here, from SPEC.md, not taken from the desk. */
export async function plainAsk(
  district: Pick<TestDistrict, "url" | "ca">,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  // A connection of its own: the district of a test comes and goes.
  const agent = new Agent({ connect: { ca: district.ca() } });
  try {
    const response = await request(`${district.url()}${path}`, {
      dispatcher: agent,
      method,
      headers: {
        "x-desk-nonce": randomBytes(18).toString("base64url"),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const envelope = envelopeSchema.parse(await response.body.json());
    const { error } = (envelope.body ?? {}) as { error?: { id: string } };
    return { status: response.statusCode, headers: response.headers, envelope, problem: error?.id };
  } finally {
    await agent.destroy();
  }
}

type PullAsked = z.input<typeof pullRequestSchema>;

export interface Device {
  readonly id: string;
  readonly letter: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly ops: ReturnType<typeof opMaker>;
  ask(path: string, body: unknown, bent?: Bent): Promise<Answered>;
  push(...ops: Op[]): Promise<PushResult[]>;
  pull(after?: number, over?: Partial<PullAsked>): Promise<PullAnswer>;
}

/** An enrolled device that speaks the wire by itself. */
export async function device(
  district: TestDistrict,
  street: string = firstStreet,
  how: "code" | "sample" = "code",
): Promise<Device> {
  const key = makeDeskKey();
  const code = how === "sample" ? "sample" : readCode((await district.now.makeCode(street)) ?? "")?.code;
  const enrolled = await plainAsk(district, "POST", "/v1/enrol", {
    code,
    street,
    deskName: "一号台",
    publicKey: key.publicKey,
  });
  const { deviceId, deskLetter } = enrolled.envelope.body as { deviceId: string; deskLetter: string };

  const made: Device = {
    id: deviceId,
    letter: deskLetter,
    ...key,
    ops: opMaker({ device: deviceId, street }),
    async ask(path, body, bent = {}) {
      const text = bent.encode ? bent.encode(JSON.stringify(body)) : JSON.stringify(body);
      const nonce = bent.nonce ?? randomBytes(18).toString("base64url");
      const at = bent.at ?? Date.now() + district.skewMs;
      const name = bent.device ?? deviceId;
      const hash = createHash("sha256").update(text).digest("hex");
      const signed = ["zhishou-v1", "POST", bent.path ?? path, hash, name, String(at), nonce].join("\n");
      const signature = sign(null, Buffer.from(signed), createPrivateKey(bent.privateKey ?? key.privateKey));
      const headers = {
        "x-desk-nonce": nonce,
        "x-desk-device": name,
        "x-desk-time": String(at),
        "x-desk-signature": signature.toString("base64"),
        ...bent.headers,
      };
      return plainAsk(district, "POST", path, bent.sentBody ?? text, headers);
    },
    async push(...ops) {
      const { envelope } = await made.ask("/v1/push", { ops });
      const { results } = envelope.body as { results: PushResult[] };
      return results.map((result, index) => ({ ...result, opId: ops[index]?.id ?? "" }));
    },
    async pull(after = 0, over = {}) {
      const { envelope } = await made.ask("/v1/pull", { after, limit: 500, waitMs: 0, whole: true, ...over });
      return envelope.body as PullAnswer;
    },
  };
  return made;
}
