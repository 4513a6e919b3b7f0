import { join } from "node:path";
import { createCore } from "#core/core.ts";
import { realPorts } from "../real-ports.ts";

/** `play-sample <folder> <street>`: makes a sample desk and closes it. */
const [, , profileDir = "", demoStreet = ""] = process.argv;
const resourcesDir = join(import.meta.dirname, "../../resources");
const core = await createCore({ ...realPorts, profileDir, resourcesDir, version: "test", demoStreet });
await core.close();
