import type { Link } from "./link.ts";
import type { SyncOptions } from "./sync.ts";

/** The district may ask to see other entries first, once; more turns would be a district that never signs. */
const mostTurns = 3;

interface Options extends Pick<SyncOptions, "store" | "log"> {
  /** What the store holds has changed. */
  readonly changed: () => void;
}

/** PR-20: shows the district the head of the log, and keeps the receipt that it signs. */
export function openWitness({ store, log, changed }: Options) {
  let showing = false;

  async function ask(link: Link, signal: AbortSignal): Promise<void> {
    let seqs: readonly number[] = [];
    for (let turn = 0; turn < mostTurns; turn++) {
      const shown = store.unwitnessed(seqs);
      if (!shown) return;
      const answer = await link.witness(shown, signal);
      if (!answer.ok || signal.aborted) return;
      const { body } = answer.value;
      if (body.outcome === "receipt") {
        if (!store.keepReceipt(body)) log("link: a receipt that does not speak of what was shown was not kept");
        else if (body.receipt.outcome !== "extends") log(`link: the district finds this log ${body.receipt.outcome}`);
        changed();
        return;
      }
      seqs = body.seqs;
    }
  }

  return {
    /** Once at a time; what fails is a line of the log, and is asked again with the next head. */
    async show(link: Link, signal: AbortSignal): Promise<void> {
      if (showing) return;
      showing = true;
      try {
        await ask(link, signal);
      } catch (error) {
        log(`link witness: ${error instanceof Error ? error.message : "failed"}`);
      } finally {
        showing = false;
      }
    },
  };
}
