import { expect, test } from "vitest";
import { forTheRoom } from "#shared/domain/duty-event/for-the-room.ts";

test("WL-2: words for the room lose telephone numbers, however they are written, and who called", () => {
  const told: [words: string, caller: string, room: string][] = [
    ["罗大姐反映水管爆裂，电话13812345678", "罗大姐", "来电人反映水管爆裂，电话…"],
    ["致电 138 1234 5678 或 023-4983 1234", "", "致电 … 或 …"],
    ["回拨１３９１２３４５６７８", "", "回拨…"],
    ["回拨+86 139-1234-5678。", "", "回拨…。"],
    ["致电49831234", "", "致电…"],
    // One character is no name, figures of a place are no number.
    ["李渡路口积水", "李", "李渡路口积水"],
    ["中山路128号3栋2单元1503", "", "中山路128号3栋2单元1503"],
    ["G85 K1203+500 处追尾，3车", "", "G85 K1203+500 处追尾，3车"],
    ["", "罗大姐", ""],
  ];
  for (const [words, caller, room] of told) expect(forTheRoom(words, caller), words).toBe(room);
});
