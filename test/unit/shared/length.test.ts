import { expect, test } from "vitest";
import { readLength } from "#shared/lib/length.ts";

test("a length is read as people type it, in whole minutes", () => {
  const read = Object.entries({
    "90": 90,
    "3天": 4320,
    "1天12小时": 2160,
    "2h30m": 150,
    "1.5小时": 90,
    "1.1小时": 66,
    半小时: 30,
    半个小时: 30,
    一个半小时: 90,
    "2 个半 小时": 150,
    两天: 2880,
    十分钟: 10,
    十五分: 15,
    四十五分钟: 45,
    "1.5天": 2160,
  });
  for (const [typed, min] of read) expect([typed, readLength(typed)]).toEqual([typed, min]);
});

test("what could mean two things, or nothing, is no length", () => {
  for (const typed of [
    "",
    "半天",
    "1.5",
    "0.33h",
    "3个月",
    "2个天",
    "个小时",
    "十",
    "半分",
    "1天半",
    "很快",
    "-5分",
    "1e3分",
  ])
    expect([typed, readLength(typed)]).toEqual([typed, Number.NaN]);
});
