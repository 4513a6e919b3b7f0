/** True only in `main.e2e.mjs`, the flavour that tests start. Everything behind it is dropped from a release build. */
declare const __E2E__: boolean;

/** Version of the product, from `package.json`. */
declare const __VERSION__: string;
