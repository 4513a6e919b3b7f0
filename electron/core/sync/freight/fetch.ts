import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { contentsPath } from "#shared/protocol/messages.ts";
import type { Hooks, Load, Moved } from "./send.ts";
import { idOf, type Wire } from "./wire.ts";

const mostMisses = 4;

/** PR-25: brings a content down, piece by piece from where it ends here. Whoever calls holds the whole against its hash. */
export async function fetchContent(wire: Wire, load: Load, hooks: Omit<Hooks, "begun">): Promise<Moved> {
  await mkdir(dirname(load.path), { recursive: true, mode: 0o700 });
  const file = await open(load.path, "a+", 0o600);
  let misses = 0;
  try {
    for (;;) {
      const { size } = await file.stat();
      hooks.moved(size);
      if (size >= load.bytes) return { how: "whole" };
      if (!(await hooks.turn())) return { how: "gave_way" };
      const wanted = Math.min(wire.pieceBytes("down"), load.bytes - size);
      const path = `${contentsPath}/${load.sha256}?from=${size}&bytes=${wanted}`;
      const answer = await wire.ask({ method: "GET", path, way: "down", expects: wanted });
      // A lost piece is asked for again at once, on another connection; several in a row are the link's trouble.
      if (!answer.ok && answer.error.how === "cut" && ++misses < mostMisses) continue;
      if (!answer.ok)
        return { how: "failed", failure: answer.error, errorId: answer.error.reasonId, params: undefined };
      misses = 0;
      const { status, body, problem } = answer.value;
      if (status !== 200 || body.length === 0 || body.length > wanted)
        return { how: "failed", failure: null, errorId: idOf(problem), params: problem?.params };
      await file.appendFile(body);
      hooks.carried(body.length);
    }
  } finally {
    await file.close();
  }
}
