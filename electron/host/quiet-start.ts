/** A page has all it shows when it has asked for nothing for so long. */
const quietMs = 400;
/** Longest that anything waits for the start to be over. */
const mostMs = 5_000;

/** Tells when the start of the desk is over: its first screens are filled, or nobody looks. */
export interface QuietStart {
  readonly over: Promise<void>;
  /** A page asks for something; to be called back when it has its answer. */
  asked(): () => void;
  /** Nothing shall wait any longer. */
  end(): void;
}

export function quietStart(): QuietStart {
  let resolve = () => {};
  const over = new Promise<void>((done) => {
    resolve = done;
  });
  let open = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const limit = setTimeout(end, mostMs);

  function end(): void {
    clearTimeout(limit);
    clearTimeout(quiet);
    resolve();
  }

  return {
    over,
    asked() {
      clearTimeout(quiet);
      open++;
      return () => {
        clearTimeout(quiet);
        if (--open === 0) quiet = setTimeout(end, quietMs);
      };
    },
    end,
  };
}
