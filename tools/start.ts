import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readArguments } from "#host/arguments.ts";
import { buildDesk } from "./build.ts";
import { electronInstaller, electronMajor, installedElectron } from "./test-electron/installed.ts";

/*
 * npm start: the desk in its own window; the same desk in a browser where this machine cannot show such a window.
 * Arguments after `--`: --demo, --profile DIR, --district URL, --street CODE; --browser and --port N for the browser shell.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const downloadLimitMs = 120_000;
/** First Electron whose Node (22.14) the database can run in. */
const firstAbleElectron = 36;

/** Flags of the desk; every other `--switch` is for Chromium. */
const ours = /^--(profile|demo|district|street|browser|port)(=|$)/;

const given = process.argv.slice(2);
const options = readArguments(given);
const { values } = parseArgs({
  args: given,
  strict: false,
  options: { browser: { type: "boolean" }, port: { type: "string" } },
});

if (Number(process.versions.napi) < 10) {
  console.error(
    `需要 Node 22.14 或更新版本（当前 ${process.versions.node}），请用 npm start 启动。 Needs Node 22.14 or newer: start it with npm start.`,
  );
  process.exit(1);
}

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
const isElectronNamed = Boolean(process.env.ZHISHOU_ELECTRON || process.env.ELECTRON_OVERRIDE_DIST_PATH);

const reason = whyNoWindow();
const binary = reason === undefined ? (installedElectron() ?? download()) : undefined;
if (binary) await startWindow(binary);
else {
  if (values.browser !== true) {
    console.log(
      reason ??
        "无法取得 Electron，改用浏览器打开同一值守台。 Electron could not be downloaded: the same desk opens in a browser.",
    );
  }
  await startBrowserShell();
}

/** The one honest line on why the desk opens in a browser here; undefined when a window can be tried. */
function whyNoWindow(): string | undefined {
  if (values.browser === true) return "";
  if (!hasDisplay)
    return "本机没有图形显示，改用浏览器打开同一值守台。 No display here: the same desk opens in a browser.";
  if (isRoot && !isElectronNamed) {
    return "以 root 运行时 Electron 只能关闭沙箱，改用浏览器打开同一值守台。 As root Electron would run without its sandbox: the same desk opens in a browser.";
  }
  return undefined;
}

/** Lets the `electron` package fetch its binary, once; undefined where that cannot be done in time. */
function download(): string | undefined {
  console.log("首次启动：正在下载 Electron…… First start: downloading Electron…");
  spawnSync(process.execPath, [electronInstaller], {
    stdio: "ignore",
    timeout: downloadLimitMs,
    killSignal: "SIGKILL",
  });
  return installedElectron();
}

async function startWindow(electron: string): Promise<void> {
  const isOld = (electronMajor(electron) ?? firstAbleElectron) < firstAbleElectron;
  // Only the test flavour may run as root, or lend its core another Node.
  const flavour = isOld || isRoot ? "e2e" : "release";
  if (isRoot) console.log("以 root 运行：Electron 的沙箱已关闭。 Running as root: Electron's sandbox is off.");
  await buildDesk({ flavour });
  const child = spawn(
    electron,
    [
      flavour === "e2e" ? join(root, "out/shell/main.e2e.mjs") : root,
      ...(isRoot ? ["--no-sandbox"] : []),
      ...deskFlags(),
      ...given.filter((argument) => argument.startsWith("--") && !ours.test(argument)),
    ],
    { stdio: "inherit", env: isOld ? { ...process.env, CORE_NODE: process.execPath } : process.env },
  );
  endWith(child);
}

async function startBrowserShell(): Promise<void> {
  await buildDesk({ only: ["renderer"] });
  const child = spawn(
    process.execPath,
    [join(root, "tools/web.ts"), ...deskFlags(), ...(typeof values.port === "string" ? ["--port", values.port] : [])],
    {
      cwd: root,
      stdio: ["inherit", "pipe", "inherit"],
    },
  );
  endWith(child);
  let isOpen = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const address = isOpen ? undefined : addressIn(line);
    if (!address) return console.log(line);
    isOpen = true;
    console.log(`值守台地址（只限本机打开） Open on this machine: ${address.open}`);
    if (address.demoPin) console.log(`演示口令 Demo PIN: ${address.demoPin}`);
    if (hasDisplay && !isRoot) openInBrowser(address.open);
  });
}

/** What was asked for, with the profile made plain, so that window and browser open the same desk. */
function deskFlags(): string[] {
  return [
    ...["--profile", options.profileDir],
    ...(options.demo ? ["--demo"] : []),
    ...["--street", options.street],
    ...(options.district ? ["--district", options.district] : []),
  ];
}

function addressIn(line: string): { open: string; demoPin?: string | null } | undefined {
  try {
    const ready = JSON.parse(line) as { open?: string; demoPin?: string | null };
    return ready.open ? { open: ready.open, demoPin: ready.demoPin ?? null } : undefined;
  } catch {
    return undefined;
  }
}

function openInBrowser(url: string): void {
  const [command, args]: [string, string[]] =
    process.platform === "win32"
      ? ["explorer", [url]]
      : process.platform === "darwin"
        ? ["open", [url]]
        : ["xdg-open", [url]];
  spawn(command, args, { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}

/** This process lives as long as the desk and hands signals on to it. */
function endWith(child: ChildProcess): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.once("exit", (code) => process.exit(code ?? 1));
  child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
}
