import { basename } from "node:path";
import { app } from "electron";

const mostChars = 300;
const isError = 3;

/** What goes wrong in a page leaves a line of the log, as nobody looks at its console. Must run before the first window. */
export function logPages(log: (line: string) => void): void {
  app.on("web-contents-created", (_event, page) => {
    let last = "";
    // Its single arguments, which every version of Electron gives.
    page.on("console-message", (...[, level, message, line, source]) => {
      const said = message.replace(/\s+/g, " ").slice(0, mostChars);
      // A screen that fails at each drawing would fill the disk.
      if (level !== isError || said === last) return;
      last = said;
      log(`page: ${said} (${basename(source)}:${line})`);
    });
    page.on("render-process-gone", (_event, { reason }) => log(`page gone: ${reason}`));
  });
}
