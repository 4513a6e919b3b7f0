import { rm } from "node:fs/promises";
import { join } from "node:path";

/** A stock Electron brings a program of its own, which must not be in the product. */
export default async function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName !== "darwin") await rm(join(appOutDir, "resources/default_app.asar"), { force: true });
}
