import type { CallName, InputOf, OutputOf, Topic } from "#shared/contract.ts";
import type { Turned } from "#shared/domain/asset/tiles.ts";
import { type DeskError, deskError, type ErrorId, errorKinds } from "#shared/errors.ts";
import { fail, type Result } from "#shared/lib/result.ts";
import { readPacked } from "./packed.ts";

/**
 * The one file that knows how to reach the core: through the preload's `window.desk` in Electron, or over loopback
 * HTTP in a browser. Both speak the contract and answer the same outcomes.
 */

export type NoticeListener = (topics: readonly (Topic | "*")[]) => void;

/**
 * Tiles of the map's lowest level whose assets changed; `all`: anything may have. `turned`: assets of further tiles that only
 * became another kind or status.
 */
export type TilesListener = (tiles: readonly number[] | "all", turned: readonly Turned[]) => void;

interface Notice {
  readonly topics: readonly string[];
  readonly tiles?: readonly number[] | "all";
  readonly turned?: readonly Turned[];
}

/** `lost`: the core does not answer; the bridge keeps trying and tells `"*"` when it is back. */
export type Connection = { readonly state: "up" } | { readonly state: "lost"; readonly errorId: ErrorId };

interface Transport {
  call(name: string, input: unknown): Promise<Result<unknown, DeskError>>;
  listen(): void;
}

interface ElectronDesk {
  call(name: string, input: unknown): Promise<unknown>;
  onNotice(listener: (notice: Notice) => void): () => void;
  readonly shell: "electron";
}

const listeners = new Set<NoticeListener>();
const tilesListeners = new Set<TilesListener>();
const watchers = new Set<() => void>();
let connection: Connection = { state: "up" };
let transport: Transport | undefined;

/** Calls one name of the contract. Never rejects: a lost core is error `core.lost`, anything unreadable is `bug`. */
export async function callDesk<N extends CallName>(
  name: N,
  input: InputOf<N>,
): Promise<Result<OutputOf<N>, DeskError>> {
  const outcome = await open().call(name, input);
  return outcome as Result<OutputOf<N>, DeskError>;
}

/** Hears what changed; `"*"` means anything may have. Returns the function that ends it. */
export function onNotice(listener: NoticeListener): () => void {
  open();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears which tiles of the map changed, before the notice itself is told. Returns the function that ends it. */
export function onTiles(listener: TilesListener): () => void {
  open();
  tilesListeners.add(listener);
  return () => tilesListeners.delete(listener);
}

export const connectionNow = (): Connection => connection;

/** For `useSyncExternalStore`. */
export function watchConnection(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function open(): Transport {
  if (!transport) {
    const bridge = (globalThis as { desk?: ElectronDesk }).desk;
    transport = bridge ? overPort(bridge) : overLoopback();
    transport.listen();
  }
  return transport;
}

function tell({ topics, tiles = [], turned = [] }: Notice): void {
  const changed = topics.includes("*") ? "all" : tiles;
  if (changed.length > 0 || turned.length > 0) for (const listener of [...tilesListeners]) listener(changed, turned);
  for (const listener of [...listeners]) listener(topics as readonly (Topic | "*")[]);
}

function setConnection(next: Connection): void {
  const before = connection;
  if (before.state === next.state && (next.state === "up" || (before as { errorId?: string }).errorId === next.errorId))
    return;
  connection = next;
  for (const watcher of [...watchers]) watcher();
  if (next.state === "up") tell({ topics: ["*"] });
}

function overPort(bridge: ElectronDesk): Transport {
  return {
    async call(name, input) {
      const sent = await bridge.call(name, input);
      const outcome = readOutcome(typeof sent === "string" ? JSON.parse(sent) : sent);
      if (!outcome.ok && outcome.error.id === "core.lost") setConnection({ state: "lost", errorId: "core.lost" });
      else setConnection({ state: "up" });
      return outcome;
    },
    listen() {
      bridge.onNotice((notice) => {
        setConnection({ state: "up" });
        tell(notice);
      });
    },
  };
}

/** Answers with typed arrays come as bytes: `electron/web/packed.ts`. */
const packedType = "application/octet-stream";
const tokenKey = "zhishou.token";

/** The token comes once in the address (`#token=…`), is kept for this tab only and taken out of the address. */
function takeToken(): string {
  const match = /(?:^#|&)token=([^&]+)/.exec(location.hash);
  if (match?.[1]) {
    sessionStorage.setItem(tokenKey, decodeURIComponent(match[1]));
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(tokenKey) ?? "";
}

const firstWaitMs = 500;
const longestWaitMs = 5_000;

function overLoopback(): Transport {
  const headers = { Authorization: `Bearer ${takeToken()}` };
  return {
    async call(name, input) {
      let response: Response;
      try {
        response = await fetch(`/rpc/${name}`, {
          method: "POST",
          headers: { ...headers, "Content-Type": "application/json", Accept: `application/json, ${packedType}` },
          body: JSON.stringify(input),
          cache: "no-store",
        });
      } catch {
        setConnection({ state: "lost", errorId: "core.lost" });
        return fail(deskError("core.lost"));
      }
      if (response.status === 401) setConnection({ state: "lost", errorId: "door.token" });
      try {
        const packed = response.headers.get("content-type")?.startsWith(packedType);
        return readOutcome(packed ? readPacked(await response.arrayBuffer()) : await response.json());
      } catch {
        return fail(deskError(response.status === 401 ? "door.token" : "bug"));
      }
    },
    listen() {
      void followNotices(headers);
    },
  };
}

/** Reads `GET /notices` (server-sent events) for as long as the page lives; waits a little longer after each failure. */
async function followNotices(headers: Record<string, string>): Promise<never> {
  let waitMs = firstWaitMs;
  for (;;) {
    try {
      const response = await fetch("/notices", { headers, cache: "no-store" });
      if (response.status === 401) setConnection({ state: "lost", errorId: "door.token" });
      if (response.ok && response.body) {
        setConnection({ state: "up" });
        waitMs = firstWaitMs;
        await readEvents(response.body);
      }
    } catch {
      // The stream broke or could not be opened: the same as its end.
    }
    if (connection.state === "up") setConnection({ state: "lost", errorId: "core.lost" });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }
}

async function readEvents(body: ReadableStream<Uint8Array>): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("data:")) continue;
      const notice = readNotice(line.slice(5));
      if (notice) tell(notice);
    }
  }
}

function readNotice(text: string): Notice | undefined {
  try {
    const { topics, tiles, turned } = (JSON.parse(text) ?? {}) as {
      topics?: unknown;
      tiles?: unknown;
      turned?: unknown;
    };
    if (!Array.isArray(topics)) return undefined;
    return {
      topics: topics.filter((topic) => typeof topic === "string"),
      ...(tiles === "all" || Array.isArray(tiles) ? { tiles } : {}),
      ...(Array.isArray(turned) ? { turned } : {}),
    };
  } catch {
    return undefined;
  }
}

/** What came over the boundary, checked for the shape of an outcome; anything else is a bug of the desk. */
function readOutcome(answer: unknown): Result<unknown, DeskError> {
  if (typeof answer === "object" && answer !== null && "ok" in answer) {
    if (answer.ok === true && "value" in answer) return answer as { ok: true; value: unknown };
    const error = (answer as { error?: DeskError }).error;
    if (answer.ok === false && error && typeof error.id === "string") {
      const kind = errorKinds[error.id] ?? "stop";
      return fail({ ...error, kind });
    }
  }
  return fail(deskError("bug"));
}
