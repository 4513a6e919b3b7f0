/**
 * For zod, before any schema is made, whichever part brings it: compiling schemas would need eval, which the page's policy forbids.
 * Written where zod looks for its settings, so that a start need not bring zod to say it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
