import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildDesk } from "../../tools/build.ts";
import { testVehicle } from "./electron-app.ts";
import { processes } from "./processes.ts";
import { root } from "./vehicle.ts";

/*
 * The release flavour itself, with its own way to the core: a utility process and a port that is handed over. The other
 * specs drive the e2e flavour, whose core may live in another Node. No driver can look into a release, so its log tells.
 */
test("a release brings the page to its core, starts it again, and ends in order", async () => {
  const vehicle = testVehicle();
  test.skip(!vehicle?.sandbox, "needs an Electron with its sandbox");
  if (!vehicle) return;
  await buildDesk({ flavour: "release" });
  const tree = vehicle.newFolder("release");
  mkdirSync(join(tree, "out"));
  cpSync(join(root, "package.json"), join(tree, "package.json"));
  for (const part of ["out/shell", "out/renderer"]) cpSync(join(root, part), join(tree, part), { recursive: true });
  cpSync(join(import.meta.dirname, "stand-in-core.mjs"), join(tree, "out/shell/core.mjs"));
  // Built or copied by a worker in which a district ran before: that one keeps what it writes to its own user.
  execFileSync("chmod", ["-R", "a+rX", tree]);

  const profile = vehicle.newFolder("profile");
  const log = () => {
    try {
      return readFileSync(join(profile, "log/shell.log"), "utf8");
    } catch {
      return "";
    }
  };
  const times = (text: string) => log().split(text).length - 1;
  const ours = () => processes().filter(({ command }) => command.includes(profile));
  const main = () =>
    ours().find(({ command }) => command.includes("main.mjs") && !/--type=|runuser/.test(command))?.pid;
  // CORE_NODE is still in the environment: a release must not care.
  const started = spawn(
    vehicle.executable,
    [join(tree, "out/shell/main.mjs"), "--disable-gpu", `--profile=${profile}`],
    {
      env: { ...vehicle.env, CORE_NODE: "/bin/false" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  started.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => started.once("exit", resolve));
  try {
    await expect.poll(() => times("heard system.status"), { timeout: 30_000 }).toBeGreaterThan(0);
    const core = processes().find(
      ({ parent, command }) => parent === main() && command.includes("node.mojom.NodeService"),
    )?.pid;
    kill(core, "SIGKILL");
    await expect.poll(() => times("core ended with code")).toBe(1);
    await expect.poll(() => times("stand-in began with")).toBe(2);
    await expect.poll(() => log().lastIndexOf("heard") > log().lastIndexOf("began")).toBe(true);
    kill(main(), "SIGTERM");
    expect(await ended).toBe(0);
    expect(times("stand-in ended in order")).toBe(1);
    expect(log()).not.toContain("refused to a foreign frame");
  } finally {
    // What a run that fails has to say for itself: shown with the fault only.
    const running = ours().map(({ pid, command }) => `${pid} ${command}`);
    await test.info().attach("shell.log", { body: [log(), ...running, said].join("\n"), contentType: "text/plain" });
    for (const { pid } of ours()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {}
    }
  }
});

/** Never `kill(0)`: that is the group of the test itself. */
function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (!pid) throw new Error("the process was not found");
  process.kill(pid, signal);
}
