import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, deskTest as test } from "./desk.ts";
import { deskArguments, launchDesk, testVehicle } from "./electron-app.ts";
import { isAlive } from "./processes.ts";
import { places } from "./screens.ts";

test("a second start brings the first window to the front", async ({ desk }) => {
  const app = desk.electron?.app;
  const vehicle = testVehicle();
  if (!app || !vehicle) throw new Error("no desk");
  const told = app.evaluate(
    ({ app, BrowserWindow }) =>
      new Promise<number>((resolve) => {
        let focused = 0;
        const window = BrowserWindow.getAllWindows()[0];
        if (window) {
          const { focus } = window;
          window.focus = () => {
            focused += 1;
            focus.call(window);
          };
        }
        app.on("second-instance", () => setTimeout(() => resolve(focused), 100));
      }),
  );
  const second = spawn(
    vehicle.executable,
    [...(vehicle.sandbox ? [] : ["--no-sandbox"]), ...deskArguments({ profile: desk.profile }, vehicle.tree)],
    { env: vehicle.env, stdio: "ignore" },
  );
  const code = await new Promise((resolve) => second.once("exit", resolve));
  expect(code).toBe(0);
  expect(await told).toBe(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a core that was killed comes back, and the page hears of it", async ({ desk, page }) => {
  await desk.call("system.status");
  const before = desk.electron?.corePid();
  expect(before).toBeGreaterThan(0);
  await page.evaluate(() => {
    const { desk } = window as unknown as {
      desk: { onNotice(listener: (notice: { topics: string[] }) => void): void };
    };
    desk.onNotice(({ topics }) => {
      if (topics.includes("system") && topics.includes("event")) document.body.dataset.again = "yes";
    });
  });
  desk.killCore();
  await page.waitForFunction(() => document.body.dataset.again === "yes");
  expect(await desk.call("system.status")).toBeTruthy();
  const after = desk.electron?.corePid();
  expect(after).toBeGreaterThan(0);
  expect(after).not.toBe(before);
});

test("a page that was killed is shown again", async ({ desk }) => {
  await desk.call("system.status");
  const app = desk.electron?.app;
  const pagePid = () =>
    app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const before = await pagePid();
  await app?.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  const status = () =>
    app?.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          "window.desk?.call('system.status', {}).then(() => 'answered')",
        ),
        new Promise((resolve) => setTimeout(resolve, 1_000, "silent")),
      ]),
    );
  await expect.poll(status).toBe("answered");
  expect(await pagePid()).not.toBe(before);
});

test("what goes wrong in a page leaves a line of the log, once", async ({ desk, page }) => {
  await desk.call("system.status");
  await page.evaluate(() => {
    for (let time = 0; time < 3; time++)
      setTimeout(() => {
        throw new Error("a screen that\nfails");
      });
  });
  const lines = () =>
    readFileSync(join(desk.profile, "log", "shell.log"), "utf8")
      .split("\n")
      .filter((line) => line.includes(" page: "));
  await expect.poll(lines).toHaveLength(1);
  expect(lines()[0]).toContain("a screen that fails");
});

test("the core ends with its desk, and nothing is left running", async ({ desk }) => {
  await desk.call("system.status");
  const core = desk.electron?.corePid() ?? 0;
  const main = (await desk.electron?.app.evaluate(() => process.pid)) ?? 0;
  expect(core).toBeGreaterThan(0);
  expect(main).toBeGreaterThan(0);
  process.kill(main, "SIGKILL");
  await expect.poll(() => isAlive(core), { timeout: 10_000 }).toBe(false);
});

test("the window is 1366 × 768 at least, named 值守, without a menu", async ({ desk, page }) => {
  const shown = () =>
    desk.electron?.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      return { size: window?.getMinimumSize(), visible: window?.isVisible(), menu: window?.isMenuBarVisible() };
    });
  await expect.poll(shown).toEqual({ size: [1366, 768], visible: true, menu: false });
  expect(await page.title()).toContain("值守");
});

test("a sample desk finds its sample district again, at the same address", async ({ desk }) => {
  type Link = { link: { state: string }; districtUrl: string | null };
  const link = async () => (await desk.call("link.status")) as Link;
  await desk.restart({ demo: true });
  await expect.poll(async () => (await link()).link.state, { timeout: 30_000 }).toBe("online");
  const { districtUrl } = await link();
  expect(districtUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  await desk.restart();
  await expect.poll(async () => (await link()).link.state, { timeout: 30_000 }).toBe("online");
  expect((await link()).districtUrl).toBe(districtUrl);
});

test("a sample desk chosen on the first screen gets its district too", async ({ desk }) => {
  await desk.call("setup.demo");
  await expect
    .poll(async () => ((await desk.call("link.status")) as { link: { state: string } }).link.state, { timeout: 30_000 })
    .toBe("online");
});

test("the pages run under Trusted Types, as in a release", async ({ desk }) => {
  await desk.electron?.close();
  const strict = await launchDesk({
    profile: desk.profile,
    demo: true,
    env: { ZHISHOU_TRUSTED_TYPES: "1" },
  });
  const complaints: string[] = [];
  strict.page.on("console", (message) => {
    // Zod asks once whether it may compile, and takes no for an answer: that is TrustedScript, and fine.
    if (/TrustedHTML/.test(message.text())) complaints.push(message.text());
  });
  strict.page.on("pageerror", ({ message }) => complaints.push(message));
  // No evaluate in the page: it would itself be refused. Main speaks to the page, as the devtools do.
  const pageSays = (script: string): Promise<unknown> =>
    strict.app.evaluate(
      ({ BrowserWindow }, asked) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(asked),
      script,
    );
  await strict.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect.poll(() => pageSays("document.getElementById('root')?.childElementCount > 0")).toBe(true);
  const signedIn = await pageSays(`(async () => {
    const call = async (name, input) => JSON.parse(await desk.call(name, input));
    const { value: status } = await call("system.status", {});
    const { value } = await call("session.officers", {});
    const outcome = await call("session.signIn", { officerId: value.officers[0].id, pin: status.demoPin });
    return outcome.ok;
  })()`);
  expect(signedIn).toBe(true);
  // Every place once, the map among them: it brings the library that likes strings most.
  for (const [place, keyCode] of places) {
    await strict.app.evaluate(({ BrowserWindow }, key) => {
      const page = BrowserWindow.getAllWindows()[0]?.webContents;
      page?.sendInputEvent({ type: "keyDown", keyCode: key });
      page?.sendInputEvent({ type: "keyUp", keyCode: key });
    }, keyCode);
    // Keys as a keyboard sends them go by way of main: what it keeps for itself opens no place.
    await expect.poll(() => pageSays("document.querySelector('main')?.dataset.place")).toBe(place);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const shown = await strict.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return image?.toPNG().toString("base64") ?? "";
    });
    await test.info().attach(keyCode, { body: Buffer.from(shown, "base64"), contentType: "image/png" });
    if (process.env.ZHISHOU_SHOTS) {
      writeFileSync(join(process.env.ZHISHOU_SHOTS, `${keyCode}.png`), Buffer.from(shown, "base64"));
    }
  }
  await strict.close();
  expect(complaints).toEqual([]);
});
