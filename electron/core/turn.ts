/** Lets the core hear what has come meanwhile, before work that is done in portions goes on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
