import { accessSync, constants, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, type BrowserWindow, dialog, ipcMain, session } from "electron";
import { readArguments } from "../host/arguments.ts";
import { pdfChannel, portChannel, wallChannel } from "../host/messages.ts";
import { sampleDistrict } from "../host/sample-district.ts";
import { startChild } from "./child.ts";
import { hostCore } from "./core-host.ts";
import { hardenPages, hardenSession, isOurFrame } from "./hardening.ts";
import { logFile } from "./log-file.ts";
import { logPages } from "./page-log.ts";
import { announceScheme, readAhead, servePages } from "./protocol.ts";
import { keepWall, type WallKeeper } from "./wall.ts";
import { openWindow } from "./windows.ts";

const folder = import.meta.dirname;
/** Processes beside main are started from real files, outside the archive. */
const unpacked = folder.replace("app.asar", "app.asar.unpacked");
const options = readArguments(process.argv.slice(1));
const log = logFile(join(options.profileDir, "log", "shell.log"));
const windows = new Set<BrowserWindow>();
let wall: WallKeeper | undefined;
const pagesOf = (some: Iterable<BrowserWindow>) => [...some].map((window) => window.webContents);
/** Playwright calls this by its name once it listens: a window opened while it connects can escape it. */
const driver =
  __E2E__ && process.env.ZHISHOU_DRIVEN
    ? new Promise<void>((resolve) => Object.assign(globalThis, { __playwright_run: resolve }))
    : undefined;

app.setPath("userData", shellData(options.profileDir));
// Chromium's own errands (component updates, variations, safe browsing) have no place on a duty network.
app.commandLine.appendSwitch("disable-background-networking");
app.commandLine.appendSwitch("disable-component-update");
// What Chromium draws itself, such as the field of a date, is read by the duty staff, whoever has installed the PC.
app.commandLine.appendSwitch("lang", "zh-CN");
announceScheme();
hardenPages(log);
logPages(log);
// As root, the sandbox of Chromium only crashes; root runs the desk in tests and nowhere else.
if (!(__E2E__ && process.getuid?.() === 0)) app.enableSandbox();
// The lock lives in userData, so every profile has its own.
if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  app.on("second-instance", () => {
    const [window] = windows;
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  const readPage = readAhead(join(folder, "../renderer"));
  await app.whenReady();
  const district = sampleDistrict({
    start: startChild,
    file: join(unpacked, "district.mjs"),
    dataDir: join(options.profileDir, "sample-district"),
    log,
  });
  const core = hostCore({
    file: join(unpacked, "core.mjs"),
    codeDir: join(app.getPath("userData"), "core-code"),
    values: {
      profileDir: options.profileDir,
      resourcesDir: app.isPackaged ? join(process.resourcesPath, "desk") : join(folder, "../../resources"),
      version: __VERSION__,
      ...(options.district === undefined ? {} : { districtUrl: options.district }),
      ...(options.demo ? { demoStreet: options.street } : {}),
    },
    startSampleDistrict: () => district.url(),
    log,
    askToGoOn,
  });
  hardenSession(session.defaultSession);
  servePages(session.defaultSession, readPage);

  ipcMain.on(portChannel, (event) => {
    if (isOurFrame(event.senderFrame, pagesOf([...windows, ...(wall?.windows() ?? [])]))) core.connect(event.sender);
    else log("a port was refused to a foreign frame");
  });
  ipcMain.handle(pdfChannel, async (event) => {
    if (!isOurFrame(event.senderFrame, pagesOf(windows))) {
      log("a foreign frame asked for a PDF");
      return null;
    }
    try {
      return (await event.sender.printToPDF({ preferCSSPageSize: true, printBackground: true })).toString("base64");
    } catch (error) {
      log(`no PDF: ${String(error)}`);
      return null;
    }
  });
  ipcMain.handle(wallChannel, (event) => {
    if (isOurFrame(event.senderFrame, pagesOf(windows))) wall?.open();
    else log("a foreign frame asked for the wall display");
  });
  await driver;
  const window = openWindow(folder);
  windows.add(window);
  wall = keepWall({ folder, mark: join(app.getPath("userData"), "wall"), desk: window, log });
  window.on("closed", () => {
    windows.delete(window);
    wall?.end();
  });

  let ended = false;
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", (event) => {
    if (ended) return;
    event.preventDefault();
    void core
      .close()
      .then(() => district.close())
      .then(() => {
        ended = true;
        app.quit();
      });
  });
}

async function askToGoOn(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: "error",
    title: "值守",
    message: "值守的后台多次意外停止",
    detail: "已保存的登记都还在。可以再试一次；若仍不行，请退出后联系维护人员，并提供资料目录中的 log/shell.log。",
    buttons: ["再试一次", "退出"],
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) app.quit();
  return response === 0;
}

/** Chromium's folder inside the profile; a throw-away one where the profile cannot be written, so that a page can say so. */
function shellData(profileDir: string): string {
  const data = join(profileDir, "shell");
  try {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    accessSync(data, constants.W_OK);
    return data;
  } catch {
    return mkdtempSync(join(tmpdir(), "zhishou-"));
  }
}
