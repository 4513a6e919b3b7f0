import { expect, test } from "vitest";
import { caPartLength, codeLength, readCode, showCode, toCrockford } from "#shared/protocol/code.ts";
import { drawer, seed } from "../../seed.ts";

test("what is shown is what is read, however it is typed", () => {
  const draw = drawer(seed);
  for (let index = 0; index < 200; index++) {
    const bytes = Uint8Array.from({ length: 12 }, () => Math.floor(draw() * 256));
    const code = toCrockford(bytes, codeLength);
    const caPart = toCrockford(bytes.reverse(), caPartLength);
    const shown = showCode(code, caPart);
    expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{8}$/);
    for (const typed of [
      shown,
      shown.toLowerCase(),
      shown.replaceAll("-", " "),
      shown.replaceAll("1", "l").replaceAll("0", "O"),
    ])
      expect(readCode(typed)).toEqual({ code, caPart });
  }
});

test("five bits a letter, in order", () => {
  expect(toCrockford(Uint8Array.of(0, 0, 0, 0, 0), 8)).toBe("00000000");
  expect(toCrockford(Uint8Array.of(255, 255, 255, 255, 255), 8)).toBe("ZZZZZZZZ");
  expect(toCrockford(Uint8Array.of(0b00001_000, 0b10_00011_0, 0b0100_0010, 0b1_00110_00, 0b111_01000), 8)).toBe(
    "12345678",
  );
});

test("what cannot be a code is none", () => {
  for (const wrong of [
    "",
    "sample",
    "7KQ2M-9XDTR",
    "7KQ2M-9XDTR-4H8WZP2",
    "7KQ2M-9XDTR-4H8WZP2CC",
    "UKQ2M-9XDTR-4H8WZP2C",
  ])
    expect(readCode(wrong), wrong).toBeNull();
});
