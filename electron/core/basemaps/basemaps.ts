import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  type Basemap,
  basemapSchema,
  type OnlineBasemap,
  onlineBasemapSchema,
  type ParsedOf,
} from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, newId } from "../desk.ts";
import { forgetFile, wholeFile } from "../files/incoming.ts";
import { headOf } from "../imports/read-text.ts";
import { sql } from "../store/database.ts";
import { openMbtiles } from "./mbtiles.ts";
import { isTemplate, OnlineTiles } from "./online.ts";
import { BadPackage, type TilePackage } from "./package.ts";
import { openPmtiles } from "./pmtiles.ts";
import { readPresets } from "./presets.ts";
import type { TileType } from "./tile-bytes.ts";

const aboutSchema = z.object({
  shown: basemapSchema.omit({ id: true, addedAt: true, kept: true }),
  online: onlineBasemapSchema.nullable(),
});
type About = z.infer<typeof aboutSchema>;

interface Open {
  readonly package?: TilePackage;
  readonly online?: OnlineTiles;
}

/** Packages and caches that are open; a desk closes them with itself. */
const opened = new WeakMap<Desk["db"], Map<string, Promise<Open>>>();

const folderOf = (desk: Desk): string => join(desk.ports.profileDir, "basemaps");
const mayKeep = (desk: Desk): boolean => (desk.session.officer?.grade ?? "operator") !== "operator";

function rows(desk: Desk): { id: string; at: number; about: About }[] {
  const found = sql(desk.db, "SELECT id, at, about FROM basemap ORDER BY at").all() as {
    id: string;
    at: number;
    about: string;
  }[];
  return found.flatMap(({ id, at, about }) => {
    const read = aboutSchema.safeParse(JSON.parse(about));
    return read.success ? [{ id, at, about: read.data }] : [];
  });
}

export async function listBasemaps(desk: Desk): Promise<Answer<"basemap.list">> {
  const basemaps = await Promise.all(
    rows(desk).map(async ({ id, at, about }) => {
      const online = about.online ? (await openOf(desk, id, about))?.online : undefined;
      return { ...about.shown, id, addedAt: at, kept: 0, ...online?.cache.size() };
    }),
  );
  return ok({ basemaps, presets: readPresets(desk.ports.resourcesDir) });
}

/** BM-1. Errors: `session.not_allowed`, `file.unknown`, `basemap.broken`, `basemap.unknown_format`. */
export async function addPackage(
  desk: Desk,
  { fileId, name }: ParsedOf<"basemap.add">,
): Promise<Answer<"basemap.add">> {
  if (!mayKeep(desk)) return fail(deskError("session.not_allowed"));
  const file = wholeFile(desk, fileId);
  if (!file) return fail(deskError("file.unknown"));
  const format = await formatOf(file.path);
  if (!format) return fail(deskError("basemap.unknown_format"));
  try {
    const looked = await openPackage(file.path, format);
    looked.close();
    const { facts } = looked;
    const id = newId(desk.ports);
    mkdirSync(folderOf(desk), { recursive: true, mode: 0o700 });
    renameSync(file.path, join(folderOf(desk), `${id}.${format}`));
    forgetFile(desk, fileId);
    const shown = {
      name,
      kind: "package" as const,
      layout: "mercator" as const,
      layers: 1,
      bytes: file.bytes,
      host: "",
      addedBy: desk.session.officer?.name ?? "",
      ...facts,
    };
    return ok({ basemap: keep(desk, id, { shown, online: null }) });
  } catch (error) {
    if (error instanceof BadPackage) return fail(error.failure);
    throw error;
  }
}

/** BM-4. Errors: `session.not_allowed`, `basemap.template`. */
export function addOnline(desk: Desk, online: OnlineBasemap): Answer<"basemap.addOnline"> {
  if (!mayKeep(desk)) return fail(deskError("session.not_allowed"));
  if (!online.templates.every(isTemplate) || online.minZoom > online.maxZoom)
    return fail(deskError("basemap.template"));
  if (online.key === "" && online.templates.some((template) => template.includes("{key}")))
    return fail(deskError("basemap.key"));
  mkdirSync(folderOf(desk), { recursive: true, mode: 0o700 });
  const { name, layout, minZoom, maxZoom, attribution, templates } = online;
  const host = new URL((templates[0] ?? "").replaceAll(/[{}]/g, "")).host;
  const shown = {
    name,
    kind: "online" as const,
    tiles: "raster" as const,
    layout,
    layers: templates.length,
    minZoom,
    maxZoom,
    bounds: null,
    attribution,
    date: "",
    addedBy: desk.session.officer?.name ?? "",
    bytes: 0,
    host,
  };
  return ok({ basemap: keep(desk, newId(desk.ports), { shown, online }) });
}

function keep(desk: Desk, id: string, about: About): Basemap {
  const at = desk.ports.now();
  sql(desk.db, "INSERT INTO basemap (id, at, about) VALUES (?, ?, ?)").run(id, at, JSON.stringify(about));
  desk.notify("basemap");
  return { ...about.shown, id, addedAt: at, kept: 0 };
}

export async function removeBasemap(desk: Desk, { id }: ParsedOf<"basemap.remove">): Promise<Answer<"basemap.remove">> {
  if (!mayKeep(desk)) return fail(deskError("session.not_allowed"));
  const open = await opened.get(desk.db)?.get(id);
  opened.get(desk.db)?.delete(id);
  open?.package?.close();
  open?.online?.cache.close();
  sql(desk.db, "DELETE FROM basemap WHERE id = ?").run(id);
  sweepFolder(desk);
  desk.notify("basemap");
  return ok({});
}

/** Files that no row names: left by a removal that a crash cut short. */
function sweepFolder(desk: Desk): void {
  const known = new Set(rows(desk).map(({ id }) => id));
  for (const name of readdirSync(folderOf(desk)))
    if (!known.has(name.split(".")[0] ?? "")) rmSync(join(folderOf(desk), name), { force: true });
}

export async function readBasemapTile(
  desk: Desk,
  { id, layer, z: zoom, x, y }: ParsedOf<"basemap.tile">,
): Promise<Answer<"basemap.tile">> {
  const row = rows(desk).find((one) => one.id === id);
  const open = row && (await openOf(desk, id, row.about));
  if (!open) return fail(deskError("basemap.unknown"));
  const found = open.package
    ? ((await open.package.tile(zoom, x, y)) ?? "none")
    : await open.online?.tile({ layer, z: zoom, x, y });
  if (found === undefined || typeof found === "string") return ok({ state: found ?? "none", type: "", base64: "" });
  return ok({ state: "here", type: found.type satisfies TileType, base64: found.bytes.toString("base64") });
}

function openOf(desk: Desk, id: string, about: About): Promise<Open> | undefined {
  const here = opened.get(desk.db) ?? new Map<string, Promise<Open>>();
  opened.set(desk.db, here);
  const known = here.get(id);
  if (known) return known;
  const path = join(folderOf(desk), id);
  const opening = about.online
    ? Promise.resolve({ online: new OnlineTiles(about.online, `${path}.cache`, desk.ports.now) })
    : packageAt(path).then((one) => ({ package: one }));
  here.set(id, opening);
  opening.catch(() => here.delete(id));
  return opening.catch(() => ({}));
}

const packageAt = (path: string): Promise<TilePackage> =>
  openPackage(`${path}.mbtiles`, "mbtiles").catch(() => openPackage(`${path}.pmtiles`, "pmtiles"));

const openPackage = async (path: string, format: "mbtiles" | "pmtiles"): Promise<TilePackage> =>
  format === "mbtiles" ? openMbtiles(path) : openPmtiles(path);

async function formatOf(path: string): Promise<"mbtiles" | "pmtiles" | undefined> {
  const head = (await headOf(path, 16)).toString("latin1");
  if (head.startsWith("SQLite format 3\0")) return "mbtiles";
  return head.startsWith("PMTiles") ? "pmtiles" : undefined;
}
