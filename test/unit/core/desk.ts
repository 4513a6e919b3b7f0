import { randomBytes } from "node:crypto";
import { constants, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCore } from "#core/core.ts";
import type { Core, CorePorts } from "#core/ports.ts";
import type { CallName, InputOf, OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";

/** Saturday 2026-11-21 14:03 in China: the middle of a day shift. */
export const saturday = Date.parse("2026-11-21T06:03:00Z");

export interface TestDesk {
  readonly core: Core;
  readonly profileDir: string;
  /** Setting `now` lets time pass for both clocks; `wall` is the PC's clock alone, as somebody who sets it would. */
  readonly clock: { now: number; wall: number; monotonic: number };
  call<N extends CallName>(name: N, input?: InputOf<N>): Promise<Result<OutputOf<N>, DeskError>>;
  /** What the desk does by itself every few seconds. Time is the test's: `later` moves both clocks on, then beats. */
  beat(): void;
  later(ms: number): void;
  /** The value of a call that must succeed. */
  get<N extends CallName>(name: N, input?: InputOf<N>): Promise<OutputOf<N>>;
  /** The id of the error of a call that must fail. */
  refusal<N extends CallName>(name: N, input?: InputOf<N>): Promise<string>;
  close(): Promise<void>;
}

const resourcesDir = join(import.meta.dirname, "../../../resources");
const demoStreet = "500118004";
/** Which copies are open in this process: two desks side by side are never copies of the same one. */
const openCopies = new Set<number>();

/**
 * A closed sample desk that was played at this instant, made when it is first asked for: one for all files of the run.
 * The play takes longer than most tests.
 */
async function samplePlayedAt(run: string, now: number, copy: number): Promise<string> {
  const folder = join(run, `${now}-${copy}`);
  if (existsSync(folder)) return folder;
  const draft = mkdtempSync(join(run, "draft-"));
  const ports = { profileDir: draft, resourcesDir, version: "test", randomBytes, demoStreet, log: () => {} };
  const core = await createCore({ ...ports, now: () => now, monotonic: () => 0, every: () => () => {} });
  await core.close();
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another file was quicker: its desk is as good.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
  return folder;
}

/** A real core on a real database file in a folder of its own; clock in the test's hand. */
export async function openTestDesk(
  options: {
    profileDir?: string;
    /** `"played"`: the sample is played on this very desk, for tests of just that. */
    demo?: boolean | "played";
    now?: number;
    ports?: Partial<CorePorts>;
  } = {},
): Promise<TestDesk> {
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), "zhishou-desk-"));
  const run = process.env.ZHISHOU_TEST_SAMPLES;
  let copy: number | undefined;
  if (run && !options.profileDir && !options.ports && (options.demo ?? true) === true) {
    copy = 0;
    while (openCopies.has(copy)) copy += 1;
    openCopies.add(copy);
    const played = await samplePlayedAt(run, options.now ?? saturday, copy);
    cpSync(played, profileDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  const clock = {
    wall: options.now ?? saturday,
    monotonic: 0,
    get now() {
      return this.wall;
    },
    set now(at: number) {
      this.monotonic += at - this.wall;
      this.wall = at;
    },
  };
  let work = () => {};
  const core = await createCore({
    profileDir,
    resourcesDir,
    version: "test",
    now: () => clock.wall,
    monotonic: () => clock.monotonic,
    randomBytes,
    log: (line) => {
      if (line.startsWith("beat:")) throw new Error(line);
    },
    every: (given) => {
      work = given;
      return () => {};
    },
    ...(options.demo === false ? {} : { demoStreet }),
    ...options.ports,
  });
  const call: TestDesk["call"] = async (name, input) => (await core.call(name, input)) as never;
  return {
    core,
    profileDir,
    clock,
    beat: () => work(),
    later(ms) {
      clock.now += ms;
      work();
    },
    call,
    async get(name, input) {
      const answer = await call(name, input);
      if (!answer.ok)
        throw new Error(
          `${name}: ${answer.error.id} ${answer.error.field ?? ""} ${JSON.stringify(answer.error.params ?? {})}`,
        );
      return answer.value;
    },
    async refusal(name, input) {
      const answer = await call(name, input);
      return answer.ok ? "none" : answer.error.id;
    },
    async close() {
      await core.close();
      if (copy !== undefined) openCopies.delete(copy);
      copy = undefined;
    },
  };
}

export const forget = (profileDir: string): void => rmSync(profileDir, { recursive: true, force: true });
