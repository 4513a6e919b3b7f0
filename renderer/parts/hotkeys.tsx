import { createContext, type ReactNode, useContext, useId, useLayoutEffect, useRef, useSyncExternalStore } from "react";

/**
 * The one registry of keys. The newest binding of a key wins; while a `HotkeyLayer` (a dialog, the find palette) is open,
 * only its own bindings fire. Letters never fire while someone types; function keys, Ctrl+… and Esc do.
 */
interface Binding {
  readonly id: string;
  readonly key: string;
  readonly layer: string;
  readonly label: string;
  /** Fires whatever layer is open. */
  readonly always: boolean;
  readonly run: () => void;
}

/** Keys kept for what is still to come: so many, and not for longer than a hand remembers them. */
const mostEarly = 8;
const earlyMs = 2_000;

const base = "base";
const bindings: Binding[] = [];
const layers: string[] = [];
const early: { readonly name: string; readonly at: number }[] = [];
/** Screens whose own parts are still to come. */
let expecting = 0;
/** Keys that a list answers by itself, as words for the sheet alone. */
const noted: { readonly key: string; readonly label: string }[] = [];
const watchers = new Set<() => void>();
let snapshot: readonly { key: string; label: string }[] = [];

function changed(): void {
  const listed = new Map<string, { key: string; label: string }>();
  for (const { key, label, layer } of bindings) if (layer === base && label) listed.set(key, { key, label });
  snapshot = [...listed.values(), ...noted];
  for (const watcher of [...watchers]) watcher();
}

/** `F2`, `Ctrl+Enter`, `Esc`, `?`, `a`, `ArrowDown`. Shift is part of the character, not of the name. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey">): string {
  const key = event.key === "Escape" ? "Esc" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${key}`;
}

const isFunctionKey = (name: string) => /^F\d{1,2}$/.test(name);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

/** Enter on a button is its own. */
const isPressed = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button,a,summary,input") !== null;

/** A dialog that brought no layer of its own still keeps the keys of the screen behind it. */
const inForeignDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="dialog"],[role="alertdialog"]') !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const name = keyName(event);
  const known = bindings.some((binding) => binding.key === name);
  // F3, F5 and others mean something to a browser; where the desk uses the key, the browser does not get it.
  if (known && isFunctionKey(name)) event.preventDefault();
  if (event.repeat && (isFunctionKey(name) || name === "Ctrl+Enter")) return;
  const layer = layers.at(-1) ?? base;
  const always = bindings.findLast((one) => one.always && one.key === name);
  if (always) {
    event.preventDefault();
    always.run();
    return;
  }
  if (layer === base && inForeignDialog(event.target)) return;
  const plain = !isFunctionKey(name) && !name.startsWith("Ctrl+") && !name.startsWith("Alt+") && name !== "Esc";
  if (plain && isTyping(event.target)) return;
  if (name === "Enter" && isPressed(event.target)) return;
  const binding = bindings.findLast((one) => one.layer === layer && one.key === name);
  if (binding) {
    event.preventDefault();
    binding.run();
  } else if (expecting > 0 && layer === base && early.length < mostEarly) {
    early.push({ name, at: event.timeStamp });
  }
}

/** Does what was pressed too early, in its order; what still waits for another part stays. */
function runEarly(): void {
  for (const one of early.splice(0)) {
    const binding = bindings.findLast(({ layer, key }) => layer === base && key === one.name);
    if (performance.now() - one.at > earlyMs || layers.length > 0) continue;
    if (binding) binding.run();
    else if (expecting > 0) early.push(one);
  }
}

if (typeof window !== "undefined") window.addEventListener("keydown", onKeyDown);

const LayerContext = createContext(base);

/** Wrap the content of a dialog: while it is mounted, keys of the screens below are silent. */
export function HotkeyLayer({ children }: { children: ReactNode }) {
  const id = useId();
  useLayoutEffect(() => {
    layers.push(id);
    changed();
    return () => {
      layers.splice(layers.lastIndexOf(id), 1);
      changed();
    };
  }, [id]);
  return <LayerContext value={id}>{children}</LayerContext>;
}

/** While `waiting`, a key of the screen that nobody has bound yet is kept for the part that will bind it: a fast hand loses none. */
export function useEarlyKeys(waiting: boolean): void {
  useLayoutEffect(() => {
    if (!waiting) {
      runEarly();
      return;
    }
    expecting += 1;
    return () => {
      expecting -= 1;
    };
  }, [waiting]);
  useLayoutEffect(() => () => void early.splice(0), []);
}

export interface HotkeyOptions {
  /** `false`: the key is free for others. */
  readonly when?: boolean;
  /** Also while a dialog is open: for what must not wait. */
  readonly always?: boolean;
  /** Words for the sheet of keys (`?`); without, the key is not listed. */
  readonly label?: string;
}

/** Binds a key while the component is mounted: from the first paint on, so that no early key is lost. */
export function useHotkey(
  key: string,
  handler: () => void,
  { when = true, label = "", always = false }: HotkeyOptions = {},
): void {
  const id = useId();
  const layer = useContext(LayerContext);
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    if (!when) return;
    bindings.push({ id, key, layer, label, always, run: () => latest.current() });
    changed();
    return () => {
      bindings.splice(
        bindings.findIndex((one) => one.id === id && one.key === key),
        1,
      );
      changed();
    };
  }, [id, key, layer, label, when, always]);
}

/** Lists a key on the sheet that the part under the hand answers by itself: arrows of a list, space in it. */
export function useNotedKey(key: string, label: string): void {
  useLayoutEffect(() => {
    const one = { key, label };
    noted.push(one);
    changed();
    return () => {
      noted.splice(noted.indexOf(one), 1);
      changed();
    };
  }, [key, label]);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Every binding that is there now, twice where it is bound twice: what proves that none clash. */
export const boundKeys = (): readonly Pick<Binding, "key" | "layer">[] => bindings;

/** Keys of the screen (not of a dialog over it), with their words. */
export const useKeySheet = () => useSyncExternalStore(watch, () => snapshot);
