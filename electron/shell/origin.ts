/** The pages' own scheme: no `file://`, no server. */
export const scheme = "app";
export const host = "desk";
export const startUrl = `${scheme}://${host}/`;
/** The wall display: the same pages at another address. */
export const wallUrl = `${startUrl}?wall`;

/** True only for addresses of our own pages. `URL.origin` is "null" for schemes of one's own, so the parts are compared. */
export function isOurs(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (
    url !== undefined &&
    url.protocol === `${scheme}:` &&
    url.host === host &&
    url.username === "" &&
    url.password === ""
  );
}
