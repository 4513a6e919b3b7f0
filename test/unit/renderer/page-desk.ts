import { deskAnswers } from "#renderer/bridge/answers.ts";
import { followDesk } from "#renderer/bridge/follow-desk.ts";
import { setLanguage } from "#renderer/text/text.ts";
import { forget, openTestDesk, type TestDesk } from "#test/unit/core/desk.ts";

/** A sample desk whose core answers this page as the shell's would, in Chinese. `hear` is told of each call before its answer, and may hold it up. */
export async function openPageDesk(hear: (name: string) => Promise<void> | void = () => {}): Promise<{
  readonly desk: TestDesk;
  /** The page follows notices from its beginning; a test may have it look away, and follow again. */
  readonly follow: () => void;
  readonly unfollow: () => void;
  readonly end: () => Promise<void>;
}> {
  await setLanguage("zh");
  const desk = await openTestDesk();
  Object.assign(window, {
    desk: {
      call: (name: string, input: unknown) => {
        const held = hear(name);
        return held ? held.then(() => desk.core.call(name, input)) : desk.core.call(name, input);
      },
      onNotice: (listener: () => void) => desk.core.subscribe(listener),
      shell: "electron",
    },
  });
  let stop = followDesk();
  const unfollow = () => stop();
  const follow = () => {
    stop = followDesk();
  };
  const end = async () => {
    unfollow();
    deskAnswers.clear();
    await desk.close();
    forget(desk.profileDir);
  };
  return { desk, follow, unfollow, end };
}
