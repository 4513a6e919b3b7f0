/** [D] Bytes that are fetched at a time. */
const portion = 1_024;

/**
 * Random bytes for ids and salts, fetched by the portion: to fetch sixteen takes as long as some statements. Each byte is handed
 * out once, and not kept.
 */
export function fetchAhead(fetch: (length: number) => Uint8Array): (length: number) => Uint8Array {
  let bytes = new Uint8Array(0);
  let from = 0;
  return (length) => {
    if (length > portion) return fetch(length);
    if (from + length > bytes.length) {
      bytes = Uint8Array.from(fetch(portion));
      from = 0;
    }
    const drawn = bytes.slice(from, from + length);
    bytes.fill(0, from, from + length);
    from += length;
    return drawn;
  };
}
