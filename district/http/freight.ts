import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sha256Schema } from "#shared/domain/attachment/attachment.ts";
import { type DeskError, deskError, errorKinds } from "#shared/errors.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import {
  contentsPath,
  contentsRequestSchema,
  epochHeader,
  mostPieceBytes,
  nonceHeader,
  serverHeader,
  uploadsPath,
} from "#shared/protocol/messages.ts";
import type { Device } from "../auth/devices.ts";
import type { Context } from "../context.ts";

/** What a part of the door is lent by the whole: who asks, how to read, how to answer. */
interface Ways {
  /** The device that signed. */
  readonly signer: (request: FastifyRequest) => Promise<Result<Device, DeskError>>;
  readonly read: <S extends z.ZodType>(request: FastifyRequest, schema: S) => Result<z.output<S>, DeskError>;
  readonly answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    result: Result<unknown, DeskError>,
  ) => Promise<FastifyReply>;
  readonly refuse: (
    request: FastifyRequest,
    reply: FastifyReply,
    error: DeskError,
    status?: number,
  ) => Promise<FastifyReply>;
  readonly bytes: (request: FastifyRequest) => Uint8Array;
}

/** Headers that tus is shown of a request, and that a desk is shown of its answer. */
const shownToTus = ["tus-resumable", "upload-length", "upload-offset", "upload-metadata", "content-type"];
const shownToDesk = ["tus-resumable", "upload-length", "upload-offset", "upload-expires", "location"];

const pieceSchema = z.strictObject({
  from: z.coerce.number().int().nonnegative(),
  bytes: z.coerce.number().int().min(1).max(mostPieceBytes),
});

/** PR-21…PR-25: files up by tus, which of them lie here, and down again in pieces. */
export function openFreightDoor(app: FastifyInstance, context: Context, ways: Ways): void {
  const { signer, answer, refuse } = ways;

  /** Bytes have no envelope: who answers, in which epoch and to which request stands in the headers. */
  function name(request: FastifyRequest, reply: FastifyReply): void {
    const nonce = request.headers[nonceHeader];
    reply.header(serverHeader, context.identity.serverId).header(epochHeader, context.identity.epoch);
    if (typeof nonce === "string" && /^[\w-]{16,64}$/.test(nonce)) reply.header(nonceHeader, nonce);
  }

  async function upload(request: FastifyRequest, reply: FastifyReply) {
    name(request, reply);
    const device = await signer(request);
    if (!device.ok) return refuse(request, reply, device.error);
    const headers = new Headers();
    for (const header of shownToTus) {
      const value = request.headers[header];
      if (typeof value === "string") headers.set(header, value);
    }
    const body = request.method === "PATCH" ? { body: Buffer.from(ways.bytes(request)) } : {};
    const asked = new Request(`https://district${request.url}`, { method: request.method, headers, ...body });
    const told = await context.uploads.handle(device.value.street, asked);
    if (told.status >= 400) return refuse(request, reply, problemOf(told.status, await told.text()), told.status);
    for (const header of shownToDesk) {
      const value = told.headers.get(header);
      if (value !== null) reply.header(header, value);
    }
    return reply.code(told.status).send();
  }

  app.addContentTypeParser("application/offset+octet-stream", { parseAs: "buffer" }, (_request, bytes, done) =>
    done(null, { bytes }),
  );
  app.post(uploadsPath, { bodyLimit: 1 }, upload);
  app.head(`${uploadsPath}/:id`, upload);
  app.patch(`${uploadsPath}/:id`, { bodyLimit: mostPieceBytes }, upload);

  app.post(contentsPath, async (request, reply) => {
    name(request, reply);
    const device = await signer(request);
    const input = device.ok ? ways.read(request, contentsRequestSchema) : device;
    if (!device.ok || !input.ok) return answer(request, reply, input.ok ? device : input);
    return answer(request, reply, ok({ held: await context.contents.heldOf(device.value.street, input.value.hashes) }));
  });

  app.get(`${contentsPath}/:sha256`, async (request: FastifyRequest<{ Params: { sha256: string } }>, reply) => {
    name(request, reply);
    const device = await signer(request);
    if (!device.ok) return refuse(request, reply, device.error);
    const piece = pieceSchema.safeParse(request.query);
    const sha256 = sha256Schema.safeParse(request.params.sha256);
    if (!piece.success || !sha256.success) return refuse(request, reply, deskError("input.invalid"));
    const { from, bytes } = piece.data;
    const read = await context.contents.read(device.value.street, sha256.data, from, bytes);
    if (!read.ok) return refuse(request, reply, read.error, 404);
    reply.header("content-type", "application/octet-stream").header("content-disposition", "attachment");
    return reply.code(200).send(read.value);
  });
}

/** What tus refused, in the words of the desk. */
function problemOf(status: number, text: string): DeskError {
  try {
    const said = JSON.parse(text) as DeskError;
    if (Object.hasOwn(errorKinds, said.id)) return said;
  } catch {
    // Not a hook of ours: tus itself.
  }
  if (status === 404 || status === 410) return deskError("attachment.expired");
  return status < 500 ? deskError("input.invalid", { status }) : deskError("bug");
}
