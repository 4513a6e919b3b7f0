import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import {
  deviceHeader,
  downlinkHeader,
  enrolRequestSchema,
  nonceHeader,
  pullRequestSchema,
  pushRequestSchema,
  urgentPushPath,
  witnessRequestSchema,
} from "#shared/protocol/messages.ts";
import type { Identified } from "../auth/ca.ts";
import type { Device } from "../auth/devices.ts";
import { freightRate, limitRate, urgentRate } from "../auth/rate.ts";
import { readSigner } from "../auth/signature.ts";
import type { Context } from "../context.ts";
import { enrol } from "../handlers/enrol.ts";
import { pull } from "../handlers/pull.ts";
import { push } from "../handlers/push.ts";
import { witness } from "../handlers/witness.ts";
import { openOperatorDoor } from "../operator/door.ts";
import { isAway } from "../store/open.ts";
import { compressed, plainBody } from "./compressed.ts";
import { envelop, statusOf } from "./envelope.ts";
import { openFreightDoor } from "./freight.ts";
import { isTooDeep, parseJson } from "./json.ts";
import { describeDoor, isDescribed } from "./openapi.ts";

const bodyLimit = 2 ** 20;
/** When to come again while the database is away. */
const awayMs = 2_000;

interface Posted {
  readonly bytes: Uint8Array;
}

/** The district on the wire: four questions of desks, the operator's door, one envelope around every answer (PR-1, PR-2). */
export function buildApp(context: Context, tls: Identified): FastifyInstance {
  const app = Fastify({
    https: { key: tls.key, cert: tls.cert, minVersion: "TLSv1.2" },
    bodyLimit,
    requestTimeout: 30_000,
    keepAliveTimeout: 60_000,
    forceCloseConnections: true,
    // Its own 503 would be an answer without an envelope.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: (error, request, reply) => void refuse(request, reply as FastifyReply, errorOf(error)),
  }) as unknown as FastifyInstance;
  const waitFor = limitRate(context.monotonic);
  const waitForUrgent = limitRate(context.monotonic, urgentRate);
  const waitForFreight = limitRate(context.monotonic, freightRate);

  async function refuse(request: FastifyRequest, reply: FastifyReply, error: DeskError, status = statusOf(error)) {
    const waitMs = Number(error.params?.waitMs ?? 0);
    if (waitMs > 0) reply.header("retry-after", String(Math.ceil(waitMs / 1_000)));
    const { kind, id, params, field } = error;
    const body = { error: { kind, id, ...(params ? { params } : {}), ...(field ? { field } : {}) } };
    return reply.code(status).send(await envelop(context, request.headers[nonceHeader], body));
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, result: Result<unknown, DeskError>) {
    if (!result.ok) return refuse(request, reply, result.error);
    return reply.code(200).send(await envelop(context, request.headers[nonceHeader], result.value));
  }

  /** The same, compressed for a desk that takes it so. */
  async function answerSmall(request: FastifyRequest, reply: FastifyReply, result: Result<unknown, DeskError>) {
    if (!result.ok) return refuse(request, reply, result.error);
    const text = JSON.stringify(await envelop(context, request.headers[nonceHeader], result.value));
    const small = await compressed(text, headerOf(request, "accept-encoding"), headerOf(request, downlinkHeader));
    reply.code(200).header("content-type", "application/json; charset=utf-8");
    return small ? reply.header("content-encoding", "br").send(small) : reply.send(text);
  }

  /** Whose request it is: signed, and not too often (PR-4). */
  async function signerOf(request: FastifyRequest, wait: typeof waitFor): Promise<Result<Device, DeskError>> {
    const waitMs = wait(`${request.ip} ${headerOf(request, deviceHeader).slice(0, 64)}`);
    if (waitMs > 0) return fail(deskError("link.busy", { waitMs }));
    const header = (name: string) => headerOf(request, name);
    const signer = await readSigner(
      context.store.db,
      { method: request.method, path: request.url, body: bytesOf(request), header },
      context.now(),
      context.nonces,
    );
    if (!signer.ok) await context.audit("request_refused", header(deviceHeader).slice(0, 64) || null, signer.error.id);
    if (signer.ok) context.contacts.heard(signer.value.id, context.now());
    return signer;
  }

  /** A question of an enrolled desk, of the right form. */
  async function signed<S extends z.ZodType>(request: FastifyRequest, schema: S, wait = waitFor) {
    const signer = await signerOf(request, wait);
    if (!signer.ok) return signer;
    const plain = await plainBody(bytesOf(request), headerOf(request, "content-encoding"));
    if (!plain.ok) return plain;
    const input = read(plain.value, schema);
    return input.ok ? ok({ device: signer.value, input: input.value }) : input;
  }

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/json\s*(;\s*charset=utf-8\s*)?$/i, { parseAs: "buffer" }, keepBytes);
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, deskError("contract.unknown")));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const problem = errorOf(error);
    if (problem.id === "bug")
      context.log(`${request.method} ${request.routeOptions.url ?? "?"}: ${error.stack ?? error.message}`);
    return refuse(request, reply, problem, problem.id === "bug" ? 500 : isAway(error) ? 503 : error.statusCode);
  });

  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (!isDescribed(one, url)) throw new Error(`${one} ${url} is not described`);
  });
  const description = JSON.stringify(describeDoor());
  app.get("/openapi.json", async (_request, reply) =>
    reply.header("content-type", "application/json; charset=utf-8").send(description),
  );
  app.get("/healthz", async () => ({ ok: true }));
  app.get("/v1/hello", async (request, reply) =>
    answer(request, reply, ok({ name: context.identity.name, ca: context.ca.cert })),
  );
  app.post("/v1/enrol", async (request, reply) => {
    const input = read(bytesOf(request), enrolRequestSchema);
    return answer(request, reply, input.ok ? await enrol(context, input.value, request.ip) : input);
  });
  app.post("/v1/push", async (request, reply) => {
    const isUrgent = request.url === urgentPushPath;
    const asked = await signed(request, pushRequestSchema, isUrgent ? waitForUrgent : waitFor);
    if (!asked.ok) return answer(request, reply, asked);
    const { device, input } = asked.value;
    // PR-31: its bucket is for what goes before its turn, and for nothing else.
    if (isUrgent && !input.ahead) return answer(request, reply, fail(deskError("input.invalid", undefined, "ahead")));
    return answerSmall(
      request,
      reply,
      await push(context, device, input, goneSignal(reply), () => reply.raw.writeProcessing()),
    );
  });
  app.post("/v1/pull", async (request, reply) => {
    const asked = await signed(request, pullRequestSchema);
    if (!asked.ok) return answer(request, reply, asked);
    context.contacts.heard(asked.value.device.id, context.now(), asked.value.input.after);
    return answerSmall(request, reply, await pull(context, asked.value.device, asked.value.input, goneSignal(reply)));
  });
  openOperatorDoor(app, context, { read: (request, schema) => read(bytesOf(request), schema), answer, waitFor });
  openFreightDoor(app, context, {
    signer: (request) => signerOf(request, waitForFreight),
    read: (request, schema) => read(bytesOf(request), schema),
    bytes: bytesOf,
    answer,
    refuse,
  });
  app.post("/v1/witness", async (request, reply) => {
    const asked = await signed(request, witnessRequestSchema);
    return answer(request, reply, asked.ok ? await witness(context, asked.value.device, asked.value.input) : asked);
  });
  return app;
}

const bytesOf = (request: FastifyRequest): Uint8Array =>
  (request.body as Posted | undefined)?.bytes ?? new Uint8Array();

function read<S extends z.ZodType>(bytes: Uint8Array, schema: S): Result<z.output<S>, DeskError> {
  if (isTooDeep(bytes)) return fail(deskError("input.invalid", undefined, "depth"));
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return ok(parsed.data);
  return fail(deskError("input.invalid", undefined, parsed.error.issues[0]?.path.join(".") || "body"));
}

/** What the framework refused is the asker's doing below 500 and ours above; its own words stay here. */
function errorOf(error: { readonly statusCode?: number | undefined }): DeskError {
  if (isAway(error)) return deskError("link.busy", { waitMs: awayMs });
  const status = error.statusCode ?? 500;
  return status < 500 ? deskError("input.invalid", { status }) : deskError("bug");
}

function keepBytes(_request: unknown, bytes: Buffer | string, done: (error: Error | null, body?: Posted) => void) {
  done(null, { bytes: bytes as Buffer });
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}
