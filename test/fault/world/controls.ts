import { randomUUID } from "node:crypto";
import type { Sabotage } from "./world.ts";

/** A desk that takes what it sends again for something new: every retry goes under a fresh id. */
export const forgetsIds: Sabotage = {
  store(store) {
    const sentOnce = new Set<string>();
    const ownId = new Map<string, string>();
    return {
      ...store,
      waitingOps: (limit, after) =>
        store.waitingOps(limit, after).map((op) => {
          if (!sentOnce.has(op.id)) {
            sentOnce.add(op.id);
            return op;
          }
          const id = randomUUID();
          ownId.set(id, op.id);
          return { ...op, id };
        }),
      settlePush: (results) =>
        store.settlePush(results.map((result) => ({ ...result, opId: ownId.get(result.opId) ?? result.opId }))),
    };
  },
};

/** A desk that believes that what it sent has arrived. */
export const believes: Sabotage = {
  store: (store) => ({
    ...store,
    waitingOps(limit, after) {
      const ops = store.waitingOps(limit, after);
      const { confirmed } = store.counts();
      store.settlePush(
        ops
          .slice(1)
          .map((op, index) => ({ opId: op.id, outcome: "accepted", no: confirmed + index + 1, confirmedAt: 1 })),
      );
      return ops;
    },
  }),
};

/** A district that says yes to what it refused, and forgets it. */
export const forgetful: Sabotage = {
  push: (push) => async (device, ops, at, ahead) => {
    const { results, nextSeq } = await push(device, ops, at, ahead);
    const told = results.map((result) =>
      result.outcome === "refused"
        ? { opId: result.opId, outcome: "accepted" as const, no: 999, confirmedAt: at }
        : result,
    );
    return { results: told, nextSeq };
  },
};
