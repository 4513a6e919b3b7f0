import { expect, test } from "vitest";
import { fetchAhead } from "#core/random.ts";

test("random bytes are fetched by the portion, and each is handed out once, in order", () => {
  let next = 0;
  const asked: number[] = [];
  const draw = fetchAhead((length) => {
    asked.push(length);
    return Uint8Array.from({ length }, () => next++ % 251);
  });
  const drawn: number[] = [];
  for (let run = 0; run < 60; run++) drawn.push(...draw(16));
  expect(drawn).toEqual(Array.from({ length: 960 }, (_, at) => at % 251));
  expect(asked).toEqual([1_024]);
  // What is left of a portion is too short for this: a new one is begun, and none of its bytes was seen before.
  const more = draw(100);
  expect([...more]).toEqual(Array.from({ length: 100 }, (_, at) => (1_024 + at) % 251));
  expect(draw(5_000)).toHaveLength(5_000);
  expect(asked).toEqual([1_024, 1_024, 5_000]);
});

test("what was handed out is not kept, and what is done to it changes nothing that comes", () => {
  const fetched: Uint8Array[] = [];
  const draw = fetchAhead((length) => {
    fetched.push(new Uint8Array(length).fill(7));
    return fetched.at(-1) as Uint8Array;
  });
  const first = draw(8);
  first.fill(0);
  expect([...draw(8)]).toEqual([7, 7, 7, 7, 7, 7, 7, 7]);
});
