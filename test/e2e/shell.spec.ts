import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, deskTest as test } from "./desk.ts";
import { deskArguments, launchDesk, testVehicle } from "./electron-app.ts";
import { isAlive } from "./processes.ts";

const permissions = [
  "geolocation",
  "camera",
  "microphone",
  "midi",
  "clipboard-read",
  "persistent-storage",
  "background-sync",
  "accelerometer",
  "gyroscope",
  "magnetometer",
  "screen-wake-lock",
  "storage-access",
  "idle-detection",
  "local-fonts",
  "window-management",
  "payment-handler",
  "display-capture",
];

const hostile = [
  "https://example.com/",
  "http://127.0.0.1:9/",
  "file:///etc/passwd",
  "data:text/html,<h1>x</h1>",
  "javascript:document.title='taken'",
  "about:blank",
  "blob:https://example.com/1",
  "app://desk.evil/",
  "app://evil@desk/",
  "app://DESKX/",
  "app://desk:1/",
  "app:desk",
  "appx://desk/",
  "ftp://example.com/",
  "smb://server/share",
  "ms-settings:network",
  "vbscript:msgbox",
  "view-source:https://example.com/",
  "chrome://gpu/",
  "devtools://devtools/bundled/inspector.html",
  "//example.com/",
  "\\\\example.com\\x",
];

const traversals = [
  "app://desk/../package.json",
  "app://desk/..%2f..%2fpackage.json",
  "app://desk/%2e%2e/%2e%2e/package.json",
  "app://desk/%252e%252e/package.json",
  "app://desk/..%5c..%5cpackage.json",
  "app://desk/assets/..%2f..%2fshell%2fmain.mjs",
  "app://desk/%00/index.html",
  "app://desk/index.html%00.js",
  "app://desk//etc/passwd",
  "app://desk/C:/Windows/win.ini",
  "app://desk/.git/config",
  "app://desk/assets",
  "app://desk/assets/",
];

test("the page lives in a sandbox, isolated, without Node", async ({ desk, page }) => {
  const found = await page.evaluate(() =>
    ["require", "process", "module", "Buffer", "global", "electron"].filter((name) => name in window),
  );
  expect(found).toEqual([]);
  const preferences = await desk.electron?.app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return page.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  test.skip(!testVehicle()?.sandbox, "root cannot have the sandbox");
  const sandboxed = await desk.electron?.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type }) => type === "Tab")
      .map(({ sandboxed }) => sandboxed),
  );
  // Only Windows and macOS report it; on Linux the process table tells.
  if (process.platform !== "linux") expect(sandboxed).toEqual([true]);
  else {
    const pid = await desk.electron?.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const { readFileSync } = await import("node:fs");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toContain("--no-sandbox");
  }
});

test("the page reaches one frozen object and nothing else", async ({ page }) => {
  const bridge = await page.evaluate(() => {
    const { desk } = window as unknown as { desk: Record<string, unknown> };
    const change = () => {
      try {
        desk.call = () => "mine";
      } catch {}
      try {
        (window as unknown as { desk: unknown }).desk = {};
      } catch {}
      return (
        typeof desk.call === "function" &&
        Object.isFrozen(desk) &&
        desk === (window as unknown as { desk: unknown }).desk
      );
    };
    return { keys: Object.keys(desk).sort(), shell: desk.shell, stays: change() };
  });
  expect(bridge).toEqual({ keys: ["call", "onNotice", "shell"], shell: "electron", stays: true });
});

test("the document comes with a strict policy that our own pages never break", async ({ desk }) => {
  const page = desk.page;
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|violates/i.test(message.text())) complaints.push(message.text());
  });
  await page.reload();
  const { policy, nonce } = await page.evaluate(async () => ({
    policy: (await fetch("app://desk/")).headers.get("content-security-policy") ?? "",
    nonce: document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "",
  }));
  expect(policy.replace(/'nonce-[^']+'/, "'nonce'")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce'; img-src 'self' data: blob:; media-src 'self' blob:; " +
      "connect-src 'self'; font-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(policy).not.toContain(nonce);
  await page.waitForTimeout(1_500);
  expect(complaints).toEqual([]);
});

test("what the policy forbids does not happen", async ({ page }) => {
  const blocked = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.taken = true";
    document.head.append(script);
    const image = document.createElement("img");
    image.src = "https://example.com/x.png";
    document.body.append(image);
    const frame = document.createElement("iframe");
    frame.src = "https://example.com/";
    document.body.append(frame);
    document.body.setAttribute("style", "color: red");
    await fetch("https://example.com/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { seen: [...new Set(seen)].sort(), taken: "taken" in window };
  });
  expect(blocked.taken).toBe(false);
  expect(blocked.seen).toEqual(["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-attr"]);
});

test("no other window can be opened", async ({ desk, page }) => {
  const opened = await page.evaluate(
    (addresses) => {
      return addresses.map((address) => window.open(address, "_blank", "popup,nodeIntegration=yes") !== null);
    },
    ["about:blank", "https://example.com/", "app://desk/", "file:///etc/passwd"],
  );
  expect(opened).toEqual([false, false, false, false]);
  await page.evaluate(() => {
    const view = document.createElement("webview");
    view.setAttribute("src", "app://desk/");
    document.body.append(view);
  });
  await page.waitForTimeout(300);
  expect(await desk.electron?.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test("permissions are denied, but two", async ({ page }) => {
  const states = await page.evaluate(async (names) => {
    const found: Record<string, string> = {};
    for (const name of names) {
      found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => "unknown",
      );
    }
    return found;
  }, permissions);
  expect(Object.entries(states).filter(([, state]) => state === "granted")).toEqual([]);
  const asked = await page.evaluate(async () => ({
    position: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve("given"),
        () => resolve("denied"),
      ),
    ),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => "given",
      () => "denied",
    ),
    screen: await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
      () => "given",
      () => "denied",
    ),
    notification: await Notification.requestPermission(),
  }));
  expect(asked).toEqual({ position: "denied", camera: "denied", screen: "denied", notification: "granted" });
});

test("the page cannot be led away", async ({ desk, page }) => {
  for (const address of hostile) {
    await page.evaluate((target) => {
      const link = document.createElement("a");
      link.href = target;
      document.body.append(link);
      link.click();
      link.remove();
      try {
        location.href = target;
      } catch {}
    }, address);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(500);
  expect(new URL(page.url()).href).toMatch(/^app:\/\/desk\//);
  expect(await page.title()).not.toBe("taken");
  expect(await desk.electron?.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test("only files of the pages are served", async ({ page }) => {
  const answers = await page.evaluate(async (addresses) => {
    const bodies: string[] = [];
    for (const address of addresses) {
      const answer = await fetch(address).catch(() => undefined);
      // The URL parser itself folds `..`; what comes back may then be nothing but our own start page or a refusal.
      bodies.push(!answer ? "refused" : answer.ok ? (await answer.text()).slice(0, 15) : "refused");
    }
    return bodies;
  }, traversals);
  expect(answers.filter((answer) => answer !== "refused")).toEqual([]);
  expect(await page.evaluate(() => fetch("app://desk/", { method: "POST" }).then(({ status }) => status))).toBe(404);
});

test("main gives a port to nobody but our own page", async ({ desk }) => {
  const given = await desk.electron?.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) throw new Error("no window");
    const posted: string[] = [];
    const frame = (url: string) => ({ url, detached: false });
    const ask = (senderFrame: object | null) => {
      let connected = false;
      const sender = {
        mainFrame: {
          postMessage: () => {
            connected = true;
          },
        },
        isDestroyed: () => false,
        once: () => {},
      };
      ipcMain.emit("desk:port", { senderFrame, sender });
      posted.push(connected ? "given" : "refused");
    };
    ask(null);
    ask(frame("app://desk/"));
    ask(frame("https://example.com/"));
    ask(frame("about:blank"));
    // A window of another origin that carries our preload: the real thing, end to end.
    const stranger = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
    await stranger.loadURL("app://desk/assets/none.html").catch(() => {});
    ask(stranger.webContents.mainFrame);
    stranger.destroy();
    return posted;
  });
  expect(given).toEqual(["refused", "refused", "refused", "refused", "refused"]);
});

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

test("the core ends with its desk, and nothing is left running", async ({ desk }) => {
  await desk.call("system.status");
  const core = desk.electron?.corePid() ?? 0;
  const main = (await desk.electron?.app.evaluate(() => process.pid)) ?? 0;
  expect(core).toBeGreaterThan(0);
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
    const { value: status } = await desk.call("system.status", {});
    const { value } = await desk.call("session.officers", {});
    const outcome = await desk.call("session.signIn", { officerId: value.officers[0].id, pin: status.demoPin });
    return outcome.ok;
  })()`);
  expect(signedIn).toBe(true);
  // Every place once: the map brings the library that likes strings most.
  for (const keyCode of ["F1", "F6", "F7", "F8", "F9", "F10", "F5"]) {
    await strict.app.evaluate(({ BrowserWindow }, key) => {
      const page = BrowserWindow.getAllWindows()[0]?.webContents;
      page?.sendInputEvent({ type: "keyDown", keyCode: key });
      page?.sendInputEvent({ type: "keyUp", keyCode: key });
    }, keyCode);
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
