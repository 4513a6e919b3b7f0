import { readFileSync } from "node:fs";
import { type District, type DistrictOptions, startDistrict } from "#district/district.ts";
import { realPorts } from "./real-ports.ts";

const divisions = JSON.parse(
  readFileSync(new URL("../resources/districts/500118/divisions.json", import.meta.url), "utf8"),
) as DistrictOptions["divisions"];

/** A real district in this process: that of Yongchuan on the PC's clock and a free port, where the test says nothing else. */
export const startDistrictAt = (dataDir: string, over: Partial<DistrictOptions> = {}): Promise<District> =>
  startDistrict({
    dataDir,
    port: 0,
    divisions,
    allowSample: true,
    restored: false,
    ...realPorts,
    ...over,
  });
