interface Pixel {
  readonly x: number;
  readonly y: number;
}

/**
 * The CSS `matrix3d` that lays a rectangle of `width` × `height` px between four points (top left, top right, bottom right, bottom
 * left), straight lines staying straight: a plan that was photographed askew lies true when its corners do. After Heckbert, 1989.
 */
export function stretch(width: number, height: number, to: readonly [Pixel, Pixel, Pixel, Pixel]): string {
  const [a, b, c, d] = to;
  const [sumX, sumY] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const [bcX, bcY, dcX, dcY] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const whole = bcX * dcY - dcX * bcY;
  const g = (sumX * dcY - dcX * sumY) / whole;
  const h = (bcX * sumY - sumX * bcY) / whole;
  const across = [b.x - a.x + g * b.x, b.y - a.y + g * b.y, 0, g].map((value) => value / width);
  const down = [d.x - a.x + h * d.x, d.y - a.y + h * d.y, 0, h].map((value) => value / height);
  return `matrix3d(${[...across, ...down, 0, 0, 1, 0, a.x, a.y, 0, 1].join(", ")})`;
}
