import { buildDesk } from "../../tools/build.ts";
import { prepareTestElectron } from "../../tools/test-electron/prepare.ts";
import { startDisplay } from "./display.ts";

/** Builds what is stale, makes an Electron ready, and gives Linux a screen nobody looks at. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (Number(process.versions.napi) < 10) {
    throw new Error(`The tests need Node 22.14 or newer (this is ${process.versions.node}): start them by npm.`);
  }
  await buildDesk({ flavour: "e2e" });
  process.env.ZHISHOU_TEST_ELECTRON = (await prepareTestElectron(console.error)) ?? "";
  const display = process.platform === "linux" ? await startDisplay() : undefined;
  if (display) {
    process.env.DISPLAY = display.name;
    delete process.env.WAYLAND_DISPLAY;
    delete process.env.XAUTHORITY;
  }
  return async () => display?.close();
}
