import { useCallback, useEffect, useRef, useState } from "react";
import { deskTime } from "#renderer/parts/ticker.ts";
import { shiftDraft } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { officerAtWork } from "./answers.ts";
import { callDesk } from "./desk.ts";
import { useConnection } from "./use-desk.ts";

const idleMs = 400;
const longestMs = 2_000;

export interface Draft {
  /** `undefined`: not read yet; `null`: nothing kept. */
  readonly kept: string | null | undefined;
  /** When the core last kept these words, by the time of the desk. */
  readonly savedAt: number | undefined;
  /** Typed words are on their way to the core. */
  readonly saving: boolean;
  /** Keeps the words: soon after the hand rests, every 2 s while it types, at once when the page goes. */
  readonly keep: (value: string) => void;
  /** Forgets: the words were used, or given up by the person. */
  readonly drop: () => void;
}

/** What is being joined to what was kept: a form that is opened again waits for it. */
const unread = new Map<string, Promise<void>>();

async function load(key: string) {
  await unread.get(key);
  return callDesk("draft.load", { key });
}

/** The core is gone, or it came back and nobody has signed in there yet: the words wait for both. */
const isAway = ({ id }: DeskError): boolean => id === "core.lost" || id === "session.required";

type Join = (kept: string | null) => string;
interface Untaken {
  readonly key: string;
  /** Whose words they are; those of the shift are whoever sits down next. */
  readonly of: string | undefined;
  readonly join: Join;
}
/** Words that the core could not take: the page holds them until their officer works again. */
const untaken = new Map<string, Untaken>();
const whose = (key: string): string | undefined => (key === shiftDraft ? "" : officerAtWork());
const nameOf = (key: string, of: string | undefined) => `${of} ${key}`;

function hold(key: string, of: string | undefined, join: Join): void {
  const before = untaken.get(nameOf(key, of))?.join;
  untaken.set(nameOf(key, of), { key, of, join: before ? (kept) => join(before(kept)) : join });
}

async function takeUp(name: string, key: string): Promise<void> {
  const kept = await callDesk("draft.load", { key });
  const held = untaken.get(name);
  if (!kept.ok || !held) return;
  const outcome = await callDesk("draft.save", { key, value: held.join(kept.value.value) });
  if ((outcome.ok || !isAway(outcome.error)) && untaken.get(name) === held) untaken.delete(name);
}

/** Gives the core what it could not take of this officer's words. Forms that open meanwhile wait for it. */
export function keepUntaken(officerId: string): void {
  for (const [name, { key, of }] of untaken) {
    if (of === officerId || of === "") following(key, takeUp(name, key));
  }
}

function following(key: string, done: Promise<void>): void {
  unread.set(key, done);
  void done.finally(() => unread.get(key) === done && unread.delete(key));
}

/** Lays what was typed before anything was read over what is kept. */
type Lay = (kept: string | null, typed: string) => string;
const typedAlone: Lay = (_, typed) => typed;

/**
 * Half-typed words, kept by the core under `key`. What is typed is never lost, also by a crash of this page. A form that can be
 * typed into before `kept` is known says how one is laid over the other: it may be closed before.
 */
export function useDraft(key: string, lay: Lay = typedAlone): Draft {
  const [read, setRead] = useState<{ key: string; value: string | null; savedAt: number | undefined }>();
  const [saving, setSaving] = useState(false);
  const connection = useConnection().state;
  const waiting = useRef<{ key: string; of: string | undefined; value: string; sinceAt: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Whose kept words were read. */
  const known = useRef<string>(undefined);
  const laid = useRef(lay);
  laid.current = lay;

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const next = waiting.current;
    if (!next || known.current !== next.key) return;
    waiting.current = null;
    const { key, of, value } = next;
    untaken.delete(nameOf(key, of));
    // Another officer has the desk already: these words are not theirs.
    if (of !== whose(key)) return hold(key, of, () => value);
    const outcome = await callDesk("draft.save", { key, value });
    if (!outcome.ok && isAway(outcome.error)) hold(key, of, () => value);
    if (!outcome.ok || waiting.current) return;
    setSaving(false);
    setRead((before) => before && { ...before, savedAt: deskTime() });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what could not be read is read when the core is back
  useEffect(() => {
    let here = true;
    const leave = () => {
      const typed = waiting.current;
      if (!typed || known.current === key) return void save();
      clearTimeout(timer.current);
      waiting.current = null;
      keepUnread(key, typed.of, (kept) => laid.current(kept, typed.value));
    };
    void load(key).then((outcome) => {
      if (!outcome.ok && isAway(outcome.error)) return;
      const found = outcome.ok ? outcome.value : { value: null, savedAt: null };
      if (!here) return;
      const typed = waiting.current;
      if (typed && known.current !== key) waiting.current = { ...typed, value: laid.current(found.value, typed.value) };
      known.current = key;
      void save();
      setRead({ key, value: found.value, savedAt: found.savedAt ?? undefined });
    });
    window.addEventListener("pagehide", leave);
    return () => {
      here = false;
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [key, save, connection]);

  const keep = useCallback(
    (value: string) => {
      const now = performance.now();
      const sinceAt = waiting.current?.sinceAt ?? now;
      waiting.current = { key, of: whose(key), value, sinceAt };
      setSaving(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), Math.max(0, Math.min(idleMs, sinceAt + longestMs - now)));
    },
    [key, save],
  );
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = null;
    setSaving(false);
    // What nobody has seen yet is not given up.
    if (known.current !== key) return;
    untaken.delete(nameOf(key, whose(key)));
    void callDesk("draft.drop", { key });
  }, [key]);
  const here = read?.key === key ? read : undefined;
  return { kept: here?.value, savedAt: here?.savedAt, saving, keep, drop };
}

/** Keeps what was typed in a form that was closed before what was kept under `key` could be read. */
function keepUnread(key: string, of: string | undefined, join: Join): void {
  hold(key, of, join);
  following(key, takeUp(nameOf(key, of), key));
}
