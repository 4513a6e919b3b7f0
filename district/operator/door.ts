import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { limitRate } from "../auth/rate.ts";
import type { Context } from "../context.ts";
import { isLoopback } from "../handlers/enrol.ts";
import { dispatchEvent, dispatchedIn, dispatchSchema, dispatchStepSchema, takeDispatchStep } from "./dispatch.ts";
import { askDuty, askSchema, presenceIn, rulesSchema, setRules } from "./presence.ts";
import { setTable, tableSchema } from "./tables.ts";
import { tokenKeeper } from "./token.ts";
import { takeWhistleStep, whistleStepSchema, whistlesIn } from "./whistle.ts";

interface Ways {
  readonly read: <S extends z.ZodType>(request: FastifyRequest, schema: S) => Result<z.output<S>, DeskError>;
  readonly answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    result: Result<unknown, DeskError>,
  ) => Promise<FastifyReply>;
  readonly waitFor: ReturnType<typeof limitRate>;
}

type OfStreet = FastifyRequest<{ Params: { code: string } }>;

/** PR-19: what people at the district centre do, on its own machine, with the token of its folder. */
export function openOperatorDoor(app: FastifyInstance, context: Context, { read, answer, waitFor }: Ways): void {
  const holdsToken = tokenKeeper(context.operatorToken);

  async function mayPass(request: FastifyRequest): Promise<Result<undefined, DeskError>> {
    const waitMs = waitFor(`operator ${request.ip}`);
    if (waitMs > 0) return fail(deskError("link.busy", { waitMs }));
    if (isLoopback(request.ip) && holdsToken(request.headers.authorization)) return { ok: true, value: undefined };
    await context.audit("request_refused", null, "operator");
    return fail(deskError("door.token"));
  }

  const posted = <S extends z.ZodType>(
    path: string,
    schema: S,
    work: (street: string, input: z.output<S>) => Promise<Result<unknown, DeskError>>,
  ) =>
    app.post(`/operator/streets/:code/${path}`, async (request: OfStreet, reply) => {
      const pass = await mayPass(request);
      const input = pass.ok ? read(request, schema) : pass;
      return answer(request, reply, input.ok ? await work(request.params.code, input.value as z.output<S>) : input);
    });

  posted("duty-check", askSchema, (street, input) => askDuty(context, street, input));
  posted("presence-rules", rulesSchema, (street, input) => setRules(context, street, input));
  posted("dispatch", dispatchSchema, (street, input) => dispatchEvent(context, street, input));
  posted("dispatch-step", dispatchStepSchema, (street, input) => takeDispatchStep(context, street, input));
  posted("table", tableSchema, (street, input) => setTable(context, street, input));
  posted("whistle", whistleStepSchema, (street, input) => takeWhistleStep(context, street, input));
  app.get("/operator/streets", async (request, reply) => {
    const pass = await mayPass(request);
    if (!pass.ok) return answer(request, reply, pass);
    const at = context.now();
    return answer(request, reply, ok({ at, streets: await context.contacts.overview(at) }));
  });
  app.get("/operator/streets/:code/whistles", async (request: OfStreet, reply) => {
    const pass = await mayPass(request);
    return answer(request, reply, pass.ok ? await whistlesIn(context, request.params.code) : pass);
  });
  app.get("/operator/streets/:code/dispatched", async (request: OfStreet, reply) => {
    const pass = await mayPass(request);
    return answer(request, reply, pass.ok ? await dispatchedIn(context, request.params.code) : pass);
  });
  app.get("/operator/streets/:code/presence", async (request: OfStreet, reply) => {
    const pass = await mayPass(request);
    return answer(request, reply, pass.ok ? await presenceIn(context, request.params.code) : pass);
  });
}
