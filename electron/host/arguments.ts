import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** Street of the sample desk: 茶山竹海街道, Yongchuan. */
export const sampleStreet = "500118004";

/** What the desk was asked for on the command line. */
export interface DeskArguments {
  readonly profileDir: string;
  readonly demo: boolean;
  readonly street: string;
  readonly district?: string;
}

/** Reads `--profile DIR --demo --district URL --street CODE`; switches of Chromium and Playwright may stand between. */
export function readArguments(args: readonly string[]): DeskArguments {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      profile: { type: "string" },
      demo: { type: "boolean" },
      district: { type: "string" },
      street: { type: "string" },
    },
  });
  const demo = values.demo === true;
  return {
    profileDir: typeof values.profile === "string" ? resolve(values.profile) : defaultProfileDir(demo),
    demo,
    street: typeof values.street === "string" ? values.street : sampleStreet,
    ...(typeof values.district === "string" ? { district: values.district } : {}),
  };
}

/** Where a desk keeps its data when nobody says otherwise; the browser shell uses the same place. */
export function defaultProfileDir(demo: boolean): string {
  return join(dataHome(), "zhishou", demo ? "profile-demo" : "profile");
}

function dataHome(): string {
  // Not the roaming folder: a database must not be copied around by a domain log-in.
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return process.env.XDG_DATA_HOME || join(homedir(), ".local", "share");
}
