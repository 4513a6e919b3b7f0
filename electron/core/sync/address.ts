import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";

/** Reads a district's address: HTTPS, a host and maybe a port, nothing more (PR-1). Gives its origin. */
export function readDistrictUrl(text: string): Result<string, DeskError> {
  const wrong = fail(deskError("link.code_form", undefined, "url"));
  try {
    const url = new URL(text.trim());
    const bare =
      url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
    return url.protocol === "https:" && url.hostname !== "" && bare ? ok(url.origin) : wrong;
  } catch {
    return wrong;
  }
}

/** Whether an origin can only be this very machine. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
