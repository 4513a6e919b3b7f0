import { app, type Session, type WebContents, type WebFrameMain } from "electron";
import { isOurs, scheme } from "./origin.ts";

const allowedPermissions: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "notifications"]);
const allowedProtocols: ReadonlySet<string> = new Set([`${scheme}:`, "data:", "blob:", "devtools:"]);

/** Denies this session everything a duty desk has no business with. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, answer) => answer(allowedPermissions.has(permission)));
  session.setPermissionCheckHandler((_page, permission) => allowedPermissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  // The pages have no address outside themselves: whatever asks for the network from in there is a mistake or an attack.
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = URL.canParse(details.url) ? new URL(details.url) : undefined;
    answer({ cancel: !url || !allowedProtocols.has(url.protocol) });
  });
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event, item) => {
    // A file the page made itself may be saved; nothing may be fetched.
    if (!item.getURL().startsWith("blob:")) event.preventDefault();
  });
}

/** Locks every page that is ever created: no navigation away, no windows, no webviews. Must run before the first window. */
export function hardenPages(log: (line: string) => void): void {
  app.on("web-contents-created", (_event, page) => {
    const stay = (event: { preventDefault(): void }, address: string) => {
      if (isOurs(address)) return;
      event.preventDefault();
      log("navigation refused");
    };
    page.on("will-navigate", (event) => stay(event, event.url));
    page.on("will-frame-navigate", (event) => stay(event, event.url));
    page.on("will-redirect", (event) => stay(event, event.url));
    page.on("will-attach-webview", (event) => event.preventDefault());
    page.setWindowOpenHandler(() => ({ action: "deny" }));
  });
}

/** Only the main frame of one of our own windows, showing one of our own pages, may speak to main. */
export function isOurFrame(frame: WebFrameMain | null, pages: Iterable<WebContents>): boolean {
  // Not asked: `frame.detached`. It stays true on the main frame of a page that was reloaded after a crash.
  if (!frame || !isOurs(frame.url)) return false;
  for (const page of pages) if (!page.isDestroyed() && page.mainFrame === frame) return true;
  return false;
}
