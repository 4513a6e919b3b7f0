/** Reads what `electron/web/packed.ts` wrote: JSON with its typed arrays behind it. Throws on anything else. */
export function readPacked(bytes: ArrayBuffer): unknown {
  const length = new DataView(bytes).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 4, length));
  return JSON.parse(text, (_key, value: unknown) => {
    const place = (value as { $words?: [number, number] } | null)?.$words;
    return place ? new Int32Array(bytes, 4 + length + place[0] * 4, place[1]) : value;
  });
}
