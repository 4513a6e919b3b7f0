// What stock Electron's own default_app.asar does when it is given a program: run it under that program's name and folder.
// Electron holds back its "ready" until this module has finished, so the program may still prepare things before.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

const given = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (!given) {
  console.error("usage: electron <folder or main file> [arguments]");
  app.exit(2);
} else {
  const start = resolve(given);
  const folder = statSync(start).isDirectory() ? start : packageFolder(dirname(start));
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version);
  app.setAppPath(folder);
  try {
    await import(pathToFileURL(start === folder ? join(folder, about.main) : start).href);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}

function packageFolder(folder) {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("no package.json above the program");
  return packageFolder(parent);
}
