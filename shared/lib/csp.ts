/**
 * The content security policy of one document, the same for every shell: nothing comes from elsewhere, nothing inline
 * runs, and a style needs the document's own nonce. `trustedTypes` also forbids text where markup or code is expected;
 * drivers of tests cannot live with that, so a shell says whether it is on.
 */
export function contentPolicy(nonce: string, options: { readonly trustedTypes: boolean }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...(options.trustedTypes ? ["require-trusted-types-for 'script'"] : []),
  ].join("; ");
}

/** Stands in a built page where the nonce of each load goes. */
export const noncePlace = "__CSP_NONCE__";
