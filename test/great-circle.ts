/** Distance and bearing by unit vectors: another way to the figures than the product's haversine, to hold them against. */
interface LngLat {
  readonly lng: number;
  readonly lat: number;
}
type Vector = readonly [number, number, number];

const radian = Math.PI / 180;
const vectorOf = ({ lng, lat }: LngLat): Vector => {
  const [a, b] = [lng * radian, lat * radian];
  return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
};
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const sizeOf = (a: Vector) => Math.sqrt(dot(a, a));

/** The angle between the two directions from the middle of the earth, times its mean radius. */
export function greatCircleM(a: LngLat, b: LngLat): number {
  const [u, v] = [vectorOf(a), vectorOf(b)];
  return 6_371_008.8 * Math.atan2(sizeOf(cross(u, v)), dot(u, v));
}

/** The angle between the great circle to the pole and that to the second point, clockwise, degrees. */
export function greatCircleBearing(a: LngLat, b: LngLat): number {
  const [u, v] = [vectorOf(a), vectorOf(b)];
  const [toPole, toB] = [cross(u, [0, 0, 1]), cross(u, v)];
  return (360 - Math.atan2(dot(cross(toPole, toB), u), dot(toPole, toB)) / radian) % 360;
}
