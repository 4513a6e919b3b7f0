import { expect, test } from "vitest";
import { readNotice } from "#renderer/features/roster/notice-file.ts";
import { noticeMost } from "#shared/contract.ts";

const fileOf = (bytes: Uint8Array<ArrayBuffer>) => new File([bytes], "通知.txt");
const utf8 = (text: string) => fileOf(new TextEncoder().encode(text));

test("a notice is read as UTF-8 and as Chinese Windows writes it", async () => {
  expect(await readNotice(utf8("一、元旦放假"))).toBe("一、元旦放假");
  const gbk = Uint8Array.of(0xd2, 0xbb, 0xa1, 0xa2, 0xd4, 0xaa, 0xb5, 0xa9);
  expect(await readNotice(fileOf(gbk))).toBe("一、元旦");
});

test("a file that cannot be a notice is not read at all", async () => {
  expect(await readNotice(utf8("假".repeat(noticeMost)))).toHaveLength(noticeMost);
  expect(await readNotice(utf8("假".repeat(2 * noticeMost)))).toBeUndefined();
});
