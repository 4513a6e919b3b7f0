import { expect, test } from "vitest";
import { isLoopback, readDistrictUrl } from "#core/sync/address.ts";
import { failureOf, failureOfStatus, readRetryAfter } from "#core/sync/https-errors.ts";

test("PR-1: an address is HTTPS, a host and a port, and nothing else", () => {
  const read = (text: string) => {
    const url = readDistrictUrl(text);
    return url.ok ? url.value : url.error.id;
  };
  expect(read(" https://district.example:8443 ")).toBe("https://district.example:8443");
  expect(read("https://127.0.0.1:5000/")).toBe("https://127.0.0.1:5000");
  for (const wrong of [
    "http://127.0.0.1:5000",
    "127.0.0.1:5000",
    "https://",
    "https://a/path",
    "https://a/?q",
    "https://a/#f",
    "https://me:secret@a/",
    "file:///etc",
    "",
  ])
    expect(read(wrong), wrong).toBe("link.code_form");
});

test("PR-12: loopback is this machine and nothing that looks like it", () => {
  for (const here of ["https://127.0.0.1:1", "https://127.9.9.9", "https://localhost:1", "https://[::1]:1"])
    expect(isLoopback(here), here).toBe(true);
  for (const there of [
    "https://127.0.0.1.evil.example",
    "https://localhost.evil.example",
    "https://10.0.0.1",
    "https://[::2]",
  ])
    expect(isLoopback(there), there).toBe(false);
});

test("what a failed request says of the link", () => {
  const of = (code: string, deep = false) => {
    const error = Object.assign(new Error("x"), { code });
    return failureOf(deep ? new Error("fetch failed", { cause: error }) : error);
  };
  expect(of("ECONNREFUSED")).toMatchObject({ how: "away", reasonId: "link.unreachable" });
  expect(of("ENOTFOUND", true)).toMatchObject({ how: "away", reasonId: "link.unreachable" });
  expect(of("UND_ERR_HEADERS_TIMEOUT")).toMatchObject({ how: "cut", reasonId: "link.unreachable" });
  expect(of("SELF_SIGNED_CERT_IN_CHAIN")).toMatchObject({ how: "foreign", reasonId: "link.foreign" });
  expect(of("ERR_TLS_CERT_ALTNAME_INVALID", true)).toMatchObject({ how: "foreign" });
  expect(of("ERR_SSL_WRONG_VERSION_NUMBER")).toMatchObject({ how: "foreign" });
  expect(of("CERT_NOT_YET_VALID")).toMatchObject({ how: "away", reasonId: "link.clock" });
  expect(failureOf(new Error("anything"))).toMatchObject({ how: "away" });
});

test("PR-2: an answer that is no envelope is a stranger's, unless a gateway says that it passes", () => {
  for (const status of [200, 204, 301, 302, 401, 403, 404, 511])
    expect(failureOfStatus(status, undefined, 0).how).toBe("foreign");
  for (const status of [408, 429, 500, 502, 503, 504])
    expect(failureOfStatus(status, "7", 0)).toEqual({ how: "away", reasonId: "link.busy", retryAfterMs: 7_000 });
});

test("Retry-After: seconds or a date; absurd ones are 0 or cut", () => {
  const now = Date.parse("2026-11-21T00:00:00Z");
  expect(readRetryAfter("30", now)).toBe(30_000);
  expect(readRetryAfter("Sat, 21 Nov 2026 00:00:10 GMT", now)).toBe(10_000);
  expect(readRetryAfter("Sat, 21 Nov 2020 00:00:10 GMT", now)).toBe(0);
  expect(readRetryAfter("999999999", now)).toBe(15 * 60_000);
  for (const absurd of [undefined, "", "soon", "-5", "1e9", "99999999999999999999"]) {
    expect(readRetryAfter(absurd, now), absurd).toBeLessThanOrEqual(15 * 60_000);
    expect(readRetryAfter(absurd, now), absurd).toBeGreaterThanOrEqual(0);
  }
});
