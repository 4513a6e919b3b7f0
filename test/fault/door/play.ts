import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { Attacker } from "./attacks.ts";
import { type Door, storm } from "./storm.ts";

/** Plays malformed requests against the door that is named on stdin; the last line of stdout is what came of them. */
const { values } = parseArgs({
  options: { count: { type: "string", default: "1000" }, from: { type: "string", default: "1" } },
});
const { door, attackers } = JSON.parse(await text(process.stdin)) as { door: Door; attackers: Attacker[] };
console.log(JSON.stringify(await storm(door, attackers, Number(values.from), Number(values.count))));
