/** Text of an XML file in the encoding that its first line names; KML of Chinese tools is often GBK. */
export function decodeXml(bytes: Buffer): string {
  const head = bytes.subarray(0, 200).toString("latin1");
  const named = /encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
  const encoding =
    bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : /^gb/.test(named) ? "gb18030" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
