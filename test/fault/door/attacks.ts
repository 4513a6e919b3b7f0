import { randomBytes } from "node:crypto";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { openSigner } from "#core/sync/sign.ts";
import type { Dice } from "../world/dice.ts";
import { type Post, posts, requestOf, spoilt } from "./values.ts";

export interface Attacker {
  readonly id: string;
  readonly street: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
}

/** Bytes for the door. `ends`: nothing that follows on this connection can be read as a request any more. */
export interface Attack {
  readonly name: string;
  readonly bytes: Buffer;
  readonly ends: boolean;
}

const routes = [
  ...Object.keys(posts),
  "/healthz",
  "/v1/hello",
  "/v1/uploads",
  "/v1/uploads/0123456789abcdef",
  `/v1/contents/${"a".repeat(64)}?from=0&bytes=65536`,
  "/operator/streets/500118004/whistles",
  "/operator/streets/500118004/presence",
  "/operator/streets/500118004/duty-check",
  "/operator/streets/500118004/table",
];
const methods = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "get",
  "G\u0000T",
  "M-SEARCH",
];
const strangePaths = [
  "/v1/../healthz",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/v1/push%00",
  "/v1/contents/%zz",
  "/v1/contents/..%2f..%2fca.pem?from=0&bytes=1",
  `/v1/contents/${"b".repeat(64)}?from=-1&bytes=1e9&bytes=2`,
  "//v1//push",
  "/operator/streets/%E5%80%BC/whistles",
  "/operator/streets/500118004%27%20OR%201=1--/presence",
  "http://elsewhere.invalid/v1/hello",
  "/v1/uploads/..%5c..%5cdistrict.db",
  "*",
  "/?",
  "/v1/hello?__proto__[x]=1",
];
const contentTypes = [
  "text/plain",
  "application/json; charset=utf-7",
  "application/json; charset=utf-16",
  "application/json;charset=utf-8;boundary=x",
  "application/jsonx",
  "multipart/form-data; boundary=--",
  "application/x-www-form-urlencoded",
  " application/json",
  "application/offset+octet-stream",
  "",
];

const brotli = (plain: Uint8Array): Buffer =>
  brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });

/** Few bytes that become 3 or 30 MB. */
const bombs = [3, 30].flatMap((megabytes) =>
  [0x20, 0x5b, 0x30].map((byte) => brotli(Buffer.alloc(megabytes * 2 ** 20, byte))),
);

/** Share of the attacks that end their connection: each costs a handshake. */
const endsShare = 0.125;

/** A body, and what it is said to be packed with. */
const encodings: readonly (readonly [string, (plain: Buffer) => Buffer])[] = [
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", (plain) => brotli(plain).subarray(0, -3)],
  ["br", (plain) => Buffer.concat([brotli(plain), plain])],
  ["br", (plain) => plain],
  ["br, br", (plain) => brotli(brotli(plain))],
  ["identity, br", (plain) => plain],
  ["BR", (plain) => brotli(plain)],
  ["zstd", (plain) => plain],
];

/** Draws malformed requests, each from its number; signed ones in the name of one of the attackers' own devices. */
export function openAttacks(host: string, attackers: readonly Attacker[], now: () => number) {
  const signers = attackers.map((one) =>
    openSigner({ deviceId: one.id, privateKey: one.privateKey, now, clock: { offsetMs: 0 } }),
  );
  let lastSigned: Buffer = Buffer.from(`GET /healthz HTTP/1.1\r\nhost: ${host}\r\n\r\n`);

  function request(method: string, path: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Buffer {
    const given = { host, "content-type": "application/json", "content-length": String(body.length), ...headers };
    const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
    return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`), body]);
  }

  /** As a desk would send it, but for what is put over it afterwards. */
  function signed(
    dice: Dice,
    method: string,
    path: string,
    body: Uint8Array,
    over: Readonly<Record<string, string>> = {},
  ): Buffer {
    const nonce = randomBytes(18).toString("base64url");
    const headers = signers[dice.between(0, signers.length - 1)]?.({ method, path, body, nonce });
    return request(method, path, { "x-desk-nonce": nonce, ...headers, ...over }, body);
  }

  const text = (value: string) => new Uint8Array(Buffer.from(value));
  const whole = (name: string, bytes: Buffer): Attack => ({ name, bytes, ends: false });
  const last = (name: string, bytes: Buffer | string): Attack => ({
    name,
    bytes: Buffer.from(bytes as string),
    ends: true,
  });
  const post = (dice: Dice): Post => dice.pick(Object.keys(posts) as Post[]);
  const proper = (dice: Dice, at: Post) => requestOf(at, dice, dice.pick(attackers));

  const wholes: readonly ((dice: Dice) => Attack)[] = [
    // Wrong types in bodies that are signed as they should be: more often than anything else.
    ...Array.from({ length: 6 }, () => (dice: Dice) => {
      const path = post(dice);
      const body = text(spoilt(proper(dice, path), dice));
      lastSigned = signed(dice, "POST", path, body);
      return whole("types", lastSigned);
    }),
    (dice) => {
      const path = post(dice);
      return whole("form", signed(dice, "POST", path, text(JSON.stringify(proper(dice, path)))));
    },
    (dice) => {
      const body = JSON.stringify(proper(dice, "/v1/push"));
      const cut = Buffer.from(body).subarray(0, dice.between(0, body.length));
      const at = dice.between(0, Math.max(0, cut.length - 1));
      if (cut.length > 0 && dice.chance(0.5)) cut[at] = dice.between(0, 255);
      return whole("json", signed(dice, "POST", "/v1/push", cut));
    },
    (dice) => whole("bytes", signed(dice, "POST", post(dice), dice.bytes(dice.between(1, 400)))),
    (dice) => {
      // Each costs the district six times what another request does: one in four is enough of them.
      const bytes = dice.chance(0.25) ? dice.pick(bombs) : brotli(dice.bytes(dice.between(1, 400)));
      return whole("bomb", signed(dice, "POST", "/v1/push", bytes, { "content-encoding": "br" }));
    },
    (dice) => {
      const plain = Buffer.from(JSON.stringify(proper(dice, "/v1/pull")));
      const [encoding, packed] = dice.pick(encodings);
      return whole("encoding", signed(dice, "POST", "/v1/pull", packed(plain), { "content-encoding": encoding }));
    },
    (dice) => {
      const path = post(dice);
      const body = text(JSON.stringify(proper(dice, path)));
      const over = dice.pick<Readonly<Record<string, string>>>([
        { "x-desk-signature": Buffer.from(dice.bytes(64)).toString("base64") },
        { "x-desk-signature": "" },
        { "x-desk-signature": "值".repeat(40) },
        { "x-desk-device": dice.pick(attackers).id },
        { "x-desk-device": "district-500118004" },
        { "x-desk-device": "x".repeat(5_000) },
        { "x-desk-time": "NaN" },
        { "x-desk-time": "1e400" },
        { "x-desk-time": "-1" },
        { "x-desk-time": String(now() - 86_400_000) },
        { "x-desk-nonce": "short" },
        { "x-desk-nonce": "n".repeat(4_000) },
        { "x-desk-nonce": "" },
        { downlink: "-1e9" },
      ]);
      return whole("signature", signed(dice, "POST", path, body, over));
    },
    () => whole("replay", lastSigned),
    (dice) => {
      const body = text(JSON.stringify(proper(dice, "/v1/enrol")));
      return whole("unsigned", request("POST", post(dice), {}, body));
    },
    (dice) => whole("enrol", request("POST", "/v1/enrol", {}, text(spoilt(proper(dice, "/v1/enrol"), dice)))),
    (dice) => whole("type", signed(dice, "POST", post(dice), text("{}"), { "content-type": dice.pick(contentTypes) })),
    (dice) =>
      whole(
        "route",
        request(dice.pick(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]), dice.pick(routes), {}, text("{}")),
      ),
    (dice) =>
      whole(
        "path",
        signed(dice, "GET", dice.pick(strangePaths), new Uint8Array(), { "content-type": "application/json" }),
      ),
    (dice) =>
      whole(
        "long",
        request(
          "GET",
          `/v1/${"长".repeat(1)}${"a".repeat(dice.between(100, 12_000))}`.replace("长", "%E9"),
          {},
          new Uint8Array(),
        ),
      ),
    (dice) => {
      const path = dice.pick([
        "/v1/uploads",
        "/v1/uploads/0123456789abcdef",
        "/v1/uploads/%00",
        `/v1/uploads/${"f".repeat(200)}`,
      ]);
      const over = dice.pick<Readonly<Record<string, string>>>([
        { "upload-length": "-1" },
        { "upload-length": "1e30" },
        { "upload-length": "9".repeat(40) },
        { "upload-length": "5", "upload-metadata": "sha256 !!!!,name ,," },
        { "upload-length": "5", "upload-metadata": `sha256 ${Buffer.from("../../x").toString("base64")}` },
        { "upload-offset": "NaN" },
        { "upload-offset": "-5", "upload-length": "0" },
        { "tus-resumable": "9.9.9" },
        { "upload-defer-length": "1" },
        { "upload-concat": "final;/v1/uploads/a" },
      ]);
      const method = dice.pick(["POST", "PATCH", "HEAD", "DELETE", "OPTIONS"]);
      const body = method === "PATCH" ? dice.bytes(40) : new Uint8Array();
      const type = method === "PATCH" ? { "content-type": "application/offset+octet-stream" } : {};
      return whole("upload", signed(dice, method, path, body, { "tus-resumable": "1.0.0", ...type, ...over }));
    },
    (dice) => {
      const authorization = dice.pick([
        "",
        "Bearer",
        "Bearer x",
        `Bearer ${"é".repeat(30)}`,
        `Basic ${"A".repeat(9_000)}`,
      ]);
      return whole(
        "operator",
        request(
          dice.pick(["GET", "POST"]),
          dice.pick(routes.slice(-4)),
          { authorization },
          text(spoilt({ words: "x" }, dice)),
        ),
      );
    },
  ];
  /** What the connection itself cannot be read after. */
  const lasts: readonly ((dice: Dice) => Attack)[] = [
    (dice) =>
      last(
        "line",
        `${dice.pick(methods)} ${dice.pick([...strangePaths, "", " ", "/ /", "/\u0000", "/值"])} ${dice.pick(["HTTP/1.1", "HTTP/9.9", "HTTP/1.0", "HTTPS", "", "http/1.1"])}\r\nhost: ${host}\r\n\r\n`,
      ),
    (dice) => last("noise", Buffer.from(dice.bytes(dice.between(1, 600)))),
    (dice) => last("h2", Buffer.from(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${String.fromCharCode(...dice.bytes(30))}`)),
    (dice) => last("url", `GET /${"a".repeat(dice.pick([17_000, 70_000, 200_000]))} HTTP/1.1\r\nhost: ${host}\r\n\r\n`),
    (dice) => {
      const header = dice.pick([
        "no colon here",
        "x : space",
        ": empty",
        `x-big: ${"b".repeat(100_000)}`,
        Array.from({ length: 3_000 }, (_, index) => `x-${index}: 1`).join("\r\n"),
        "content-length: 5\r\ncontent-length: 6",
        "content-length: -1",
        "content-length: 0x10",
        "content-length: 99999999999999999999",
        "content-length: 4\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: xchunked",
        "transfer-encoding:\u000bchunked",
        "x-nul: a\u0000b",
        "x-fold: a\r\n b",
        "host: other.invalid",
        "expect: 200-maybe",
        "upgrade: websocket\r\nconnection: upgrade",
        "connection: close, x-desk-device",
        "\u00ff\u00fe: 1",
      ]);
      return last(
        "header",
        Buffer.from(
          `POST ${dice.pick(routes)} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n${header}\r\n\r\n{"a"`,
          "latin1",
        ),
      );
    },
    (dice) => {
      const chunks = dice.pick([
        "zz\r\nab\r\n",
        "ffffffffffffffffff\r\nx",
        "-1\r\n",
        "2\r\nabcd\r\n0\r\n\r\n",
        `2;${"e".repeat(20_000)}\r\nab\r\n0\r\n\r\n`,
        "2\nab\n0\n\n",
        "0\r\nx-trailer: 1\r\ncontent-length: 9\r\n\r\n",
        "5\r\n{}\r\n",
      ]);
      return last(
        "chunks",
        `POST ${dice.pick(Object.keys(posts))} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunks}`,
      );
    },
    (dice) => {
      const promised = dice.pick([1, 3, 100, 2 ** 20, 2 ** 21, 2 ** 31]);
      const body = "{}".repeat(dice.between(0, 3));
      return last(
        "length",
        `POST ${dice.pick(Object.keys(posts))} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${promised}\r\n\r\n${body}`,
      );
    },
  ];

  return (dice: Dice): Attack => dice.pick(dice.chance(endsShare) ? lasts : wholes)(dice);
}
