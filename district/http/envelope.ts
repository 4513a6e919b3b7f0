import type { DeskError } from "#shared/errors.ts";
import { type Envelope, protocolVersion } from "#shared/protocol/messages.ts";
import type { Context } from "../context.ts";

const noNonce = "no-nonce-was-given";

/** PR-2, PR-3: what goes around every answer. A request without a usable nonce gets a word that no desk ever sends. */
export async function envelop(context: Context, nonce: unknown, body: unknown): Promise<Envelope> {
  return {
    v: protocolVersion,
    serverId: context.identity.serverId,
    epoch: context.identity.epoch,
    head: await context.head(),
    nonce: typeof nonce === "string" && /^[\w-]{16,64}$/.test(nonce) ? nonce : noNonce,
    at: context.now(),
    body,
  };
}

/** HTTP status of a problem, for proxies and people; the desk reads only the body. */
export function statusOf(error: DeskError): number {
  switch (error.id) {
    case "link.busy":
      return 429;
    case "link.refused_device":
    case "link.clock":
    case "door.token":
      return 401;
    case "link.code_wrong":
    case "link.code_used":
      return 403;
    case "setup.unknown_street":
    case "contract.unknown":
      return 404;
    case "link.enrolled":
      return 409;
    case "bug":
      return 500;
    default:
      return 400;
  }
}
