import { expect, test } from "vitest";
import { stretch } from "#renderer/features/map/overlay/stretch.ts";

type Pixel = { x: number; y: number };

/** What a browser makes of the matrix. */
function laid(matrix: string, { x, y }: Pixel): Pixel {
  const m = (matrix.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).slice(1).map(Number);
  const at = (row: number) => (m[row] ?? 0) * x + (m[4 + row] ?? 0) * y + (m[12 + row] ?? 0);
  return { x: at(0) / at(3), y: at(1) / at(3) };
}

test("OV-3: a picture's corners come to lie where they were put, and a straight road stays straight", () => {
  const places: [Pixel, Pixel, Pixel, Pixel][] = [
    [
      { x: 0, y: 0 },
      { x: 400, y: 0 },
      { x: 400, y: 300 },
      { x: 0, y: 300 },
    ],
    [
      { x: 120, y: -40 },
      { x: 610, y: 75 },
      { x: 540, y: 420 },
      { x: 90, y: 260 },
    ],
    [
      { x: 500, y: 500 },
      { x: 120, y: 480 },
      { x: 160, y: 90 },
      { x: 470, y: 60 },
    ],
  ];
  for (const to of places) {
    const matrix = stretch(800, 600, to);
    const from: Pixel[] = [
      { x: 0, y: 0 },
      { x: 800, y: 0 },
      { x: 800, y: 600 },
      { x: 0, y: 600 },
    ];
    for (const [i, corner] of from.entries()) {
      expect(laid(matrix, corner).x).toBeCloseTo(to[i]?.x ?? Number.NaN, 6);
      expect(laid(matrix, corner).y).toBeCloseTo(to[i]?.y ?? Number.NaN, 6);
    }
    const [a, middle, b] = [
      { x: 100, y: 50 },
      { x: 400, y: 275 },
      { x: 700, y: 500 },
    ].map((one) => laid(matrix, one)) as [Pixel, Pixel, Pixel];
    expect((b.x - a.x) * (middle.y - a.y) - (b.y - a.y) * (middle.x - a.x)).toBeCloseTo(0, 4);
  }
});
