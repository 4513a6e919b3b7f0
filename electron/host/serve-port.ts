import type { Core } from "#core/ports.ts";
import { type CallName, contract } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import { asSent, type PageCall, type ToPage } from "./messages.ts";
import type { Port } from "./port.ts";
import type { Turns } from "./turns.ts";

const kindOf = (name: string) => (Object.hasOwn(contract, name) ? contract[name as CallName].kind : "query");

/**
 * Serves the core to one page: `{id,name,input}` in, `{id,outcome}` and `{notice}` out. Calls are begun in `turns`, those of all
 * pages; `asked` is told of each, and back when it was answered.
 */
export function servePort(core: Promise<Core>, port: Port, turns: Turns, asked: () => () => void): void {
  let unsubscribe = () => {};
  let closed = false;
  const post = (message: ToPage) => {
    if (!closed) port.post(message);
  };
  port.onClose(() => {
    closed = true;
    unsubscribe();
  });
  port.onMessage(async (message) => {
    if (!isPageCall(message)) return;
    const answered = asked();
    const running = await core;
    turns.take(kindOf(message.name), async () => {
      const outcome = await running.call(message.name, message.input).catch(() => fail(deskError("bug")));
      post({ id: message.id, outcome: asSent(outcome) });
      answered();
    });
  });
  core.then(
    (running) => {
      if (!closed) unsubscribe = running.subscribe((notice) => post({ notice }));
    },
    () => {},
  );
}

function isPageCall(message: unknown): message is PageCall {
  if (typeof message !== "object" || message === null) return false;
  const { id, name } = message as Partial<PageCall>;
  return Number.isSafeInteger(id) && typeof name === "string";
}
