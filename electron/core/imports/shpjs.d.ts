declare module "shpjs" {
  /** Shapes of a .shp; with the words of a .prj they come out in degrees of WGS 84. Throws on broken files. */
  export function parseShp(shp: DataView, prj?: string): unknown[];
  /** Records of a .dbf; `encoding` are the bytes of its name. */
  export function parseDbf(dbf: DataView, encoding?: Uint8Array): Record<string, unknown>[];
  export function combine(parts: readonly [unknown[], Record<string, unknown>[]]): { features: unknown[] };
}
