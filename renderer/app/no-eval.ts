import { config } from "zod";

/** Before any schema is made: compiling schemas would need eval, which the page's policy forbids. */
config({ jitless: true });
