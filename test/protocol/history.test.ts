import { expect, test } from "vitest";
import { protocolVersion } from "#shared/protocol/messages.ts";
import history from "../../shared/protocol/history.json" with { type: "json" };
import { wireHash } from "../../tools/wire-hash.ts";

test("a changed message needs a new version and a line of history", () => {
  expect(history.at(-1)).toMatchObject({ version: protocolVersion, hash: wireHash() });
});
