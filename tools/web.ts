import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultProfileDir, sampleStreet } from "#host/arguments.ts";
import { forkNode } from "#host/child.ts";
import { fromSent } from "#host/messages.ts";
import { sampleDistrict } from "#host/sample-district.ts";
import type { SystemStatus } from "#shared/contract.ts";
import { type CoreHost, hostCore } from "#web/core-host.ts";
import { startServer, type WebServer } from "#web/server.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const usage =
  "npm run web -- [--profile DIR] [--port N] [--demo] [--street CODE] [--district URL] [--pages DIR | --built]";

/** A cause that a person can do something about: one sentence in each language. */
class Plain extends Error {
  constructor(zh: string, en: string) {
    super(`${zh} (${en})`);
  }
}

interface Asked {
  readonly profileDir: string;
  readonly port: number;
  readonly demo: boolean;
  readonly street: string;
  readonly district: string | undefined;
  /** Pages that are built already; without it they are built here when stale. */
  readonly pages: string | undefined;
  /** Pages, core and district as the last build left them: they are up in half the time. */
  readonly built: boolean;
}

function readAsked(args: readonly string[]): Asked {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        profile: { type: "string" },
        port: { type: "string", default: "4141" },
        demo: { type: "boolean", default: false },
        street: { type: "string", default: sampleStreet },
        district: { type: "string" },
        pages: { type: "string" },
        built: { type: "boolean", default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port}`);
    return {
      profileDir: resolve(values.profile ?? defaultProfileDir(values.demo)),
      port,
      demo: values.demo,
      street: values.street,
      district: values.district,
      pages: values.pages === undefined ? undefined : resolve(values.pages),
      built: values.built,
    };
  } catch (error) {
    throw new Plain(`参数不对，请按这个写法：${usage}`, `Bad arguments: ${(error as Error).message}`);
  }
}

/** Running parts, last started first: the order in which they end. */
const running: { close(): Promise<void> }[] = [];
let ending: Promise<void> | undefined;

function end(): Promise<void> {
  ending ??= (async () => {
    for (const part of running.splice(0)) await part.close();
  })();
  return ending;
}

async function run(asked: Asked): Promise<void> {
  if (!asked.pages && !asked.built) {
    // What builds takes as long to read as the shell itself.
    const { buildDesk } = await import("./build.ts");
    await buildDesk({ only: ["renderer"] });
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const token = randomBytes(32).toString("base64url");
  let ready: (core: CoreHost) => void = () => {};
  const core = new Promise<CoreHost>((resolve) => {
    ready = resolve;
  });
  // The port first: a taken one is said before anything is written.
  const server = await listen(asked, token, core);
  running.unshift(server);
  const district = sampleDistrict({
    start: (_name, file, args) => forkNode(process.execPath, file, args),
    file: join(root, asked.built ? "out/shell/district.mjs" : "district/main.ts"),
    dataDir: join(asked.profileDir, "sample-district"),
    log: console.error,
  });
  running.push(district);
  const host = await hostCore({
    file: join(root, asked.built ? "out/shell/core.mjs" : "electron/host/core-process.ts"),
    values: {
      profileDir: asked.profileDir,
      resourcesDir: join(root, "resources"),
      version,
      ...(asked.district === undefined ? {} : { districtUrl: asked.district }),
      ...(asked.demo ? { demoStreet: asked.street } : {}),
    },
    startSampleDistrict: () => district.url(),
    log: console.error,
  });
  running.splice(1, 0, host);
  const status = await statusOf(host);
  if (status.recovery?.errorId === "profile.in_use") {
    throw new Plain(
      `本席位的数据正被另一个程序使用：${asked.profileDir}。请先关闭那一个窗口或服务，或用 --profile 另选文件夹。`,
      "This profile is in use by another process: close that one, or choose another folder with --profile.",
    );
  }
  if (asked.demo && status.phase === "setup") {
    throw new Plain(
      `没有镇街 ${asked.street} 的示例数据。请换一个 --street，或不写 --street。`,
      `There is no sample of street ${asked.street}: give another --street, or none.`,
    );
  }
  ready(host);
  const { url } = server;
  const line = { url, token, demoPin: status.demoPin, open: `${url}/#token=${token}` };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function listen({ port, pages }: Asked, token: string, core: Promise<CoreHost>): Promise<WebServer> {
  const pagesDir = pages ?? join(root, "out/renderer");
  const listeners = new Set<Parameters<CoreHost["subscribe"]>[0]>();
  void core.then((host) =>
    host.subscribe((notice) => {
      for (const listener of listeners) listener(notice);
    }),
  );
  const desk = {
    call: async (name: string, input: unknown) => (await core).call(name, input),
    subscribe: (listener: Parameters<CoreHost["subscribe"]>[0]) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  try {
    return await startServer({ desk, pagesDir, port, token, log: console.error });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new Plain(
        `端口 ${port} 已被别的程序占用。请用 --port 换一个，或用 --port 0 自动选择。`,
        `Port ${port} is taken: choose another with --port, or --port 0 for any free one.`,
      );
    }
    if (code === "EACCES") {
      throw new Plain(
        `本机不允许使用端口 ${port}。请用 --port 选 1024 以上的端口。`,
        `Port ${port} is not allowed here: choose one above 1023.`,
      );
    }
    throw error;
  }
}

async function statusOf(host: CoreHost): Promise<SystemStatus> {
  const outcome = fromSent(await host.call("system.status", {}));
  if (!outcome.ok) throw new Error(`system.status: ${outcome.error.id}`);
  return outcome.value as SystemStatus;
}

// The one line on stdout is the ready line; whatever a tool or library says goes to stderr.
console.log = console.error;
try {
  if (Number(process.versions.napi) < 10) {
    throw new Plain(
      `需要 Node 22.14 以上（现在是 ${process.versions.node}）。请用 npm run web 启动，它自带合适的 Node。`,
      "Node 22.14 or newer is needed: start with npm run web.",
    );
  }
  const asked = readAsked(process.argv.slice(2));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void end().then(() => process.exit(0)));
  }
  await run(asked);
} catch (error) {
  const plain = error instanceof Plain ? error.message : undefined;
  process.stderr.write(
    `${plain ?? `没有启动：${(error as Error).message.split("\n")[0]}。请把这一行交给维护人员。 (It did not start.)`}\n`,
  );
  if (!plain) console.error(error);
  await end();
  process.exit(1);
}
