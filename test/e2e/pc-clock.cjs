// Loaded into the processes of a desk under test by NODE_OPTIONS: the PC's clock and its uptime come from a file, which
// the test writes (see pc-clock.ts). The shell's main process keeps the real clock: the driver of the tests lives in it.
const { openSync, readSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const os = require("node:os");

const { ZHISHOU_TEST_CLOCK: file, ZHISHOU_TEST_BOOTED_AT: bootedAt } = process.env;
if (file && process.type !== "browser") {
  const handle = openSync(file, "r");
  const bytes = Buffer.alloc(8);
  const now = () => {
    readSync(handle, bytes, 0, 8, 0);
    return bytes.readDoubleLE(0);
  };
  Date.now = now;
  os.uptime = () => (now() - Number(bootedAt)) / 1000;
  syncBuiltinESMExports();
}
