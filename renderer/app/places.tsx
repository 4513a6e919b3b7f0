import {
  AlertOutlined,
  ApiOutlined,
  CarryOutOutlined,
  CompassOutlined,
  DesktopOutlined,
  ProfileOutlined,
  SwapOutlined,
  TableOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { DeskPlace } from "#renderer/features/desk/DeskPlace.tsx";
import { Queue } from "#renderer/features/queue/Queue.tsx";
import { hotkeys } from "#renderer/parts/keys.ts";
import { later } from "#renderer/parts/later.tsx";
import type { DeskNow } from "#shared/contract.ts";
import type { PlaceKey } from "./store.ts";

export interface PlaceRow {
  readonly key: PlaceKey;
  /** The key that opens it from anywhere. */
  readonly fkey: string;
  readonly icon: ComponentType;
  readonly label: string;
  readonly Place: ComponentType;
  /** What the rail counts there: `news` needs a person, `calm` is only to know. */
  readonly count?: (now: DeskNow) => { readonly count: number; readonly tone: "news" | "calm"; readonly about: string };
}

const HandoverPlace = later(() =>
  import("#renderer/features/handover/HandoverPlace.tsx").then((it) => it.HandoverPlace),
);
const LinkPlace = later(() => import("#renderer/features/link/LinkPlace.tsx").then((it) => it.LinkPlace));
const LogPlace = later(() => import("#renderer/features/log/LogPlace.tsx").then((it) => it.LogPlace));
const MapPlace = later(() => import("#renderer/features/map/MapPlace.tsx").then((it) => it.MapPlace));
const RosterPlace = later(() => import("#renderer/features/roster/RosterPlace.tsx").then((it) => it.RosterPlace));
const TablesPlace = later(() => import("#renderer/features/tables/TablesPlace.tsx").then((it) => it.TablesPlace));

/** The places of the desk, in the order of the rail. A new screen is one folder and one row here; a start waits for the two that a shift begins with. */
export const places: readonly PlaceRow[] = [
  {
    key: "desk",
    fkey: hotkeys.everywhere.desk,
    icon: DesktopOutlined,
    label: "place.desk",
    Place: DeskPlace,
    count: ({ counts }) => ({ count: counts.late, tone: "news", about: "place.desk.count" }),
  },
  {
    key: "queue",
    fkey: hotkeys.everywhere.queue,
    icon: AlertOutlined,
    label: "place.queue",
    Place: Queue,
    count: ({ counts }) => ({ count: counts.open, tone: "calm", about: "place.queue.count" }),
  },
  { key: "map", fkey: hotkeys.everywhere.map, icon: CompassOutlined, label: "place.map", Place: MapPlace },
  {
    key: "roster",
    fkey: hotkeys.everywhere.roster,
    icon: CarryOutOutlined,
    label: "place.roster",
    Place: RosterPlace,
    count: ({ counts }) => ({ count: counts.gaps, tone: "news", about: "place.roster.count" }),
  },
  { key: "log", fkey: hotkeys.everywhere.log, icon: ProfileOutlined, label: "place.log", Place: LogPlace },
  {
    key: "handover",
    fkey: hotkeys.everywhere.handover,
    icon: SwapOutlined,
    label: "place.handover",
    Place: HandoverPlace,
    count: ({ handoverOverdueOn }) => ({
      count: handoverOverdueOn ? 1 : 0,
      tone: "news",
      about: "place.handover.count",
    }),
  },
  {
    key: "link",
    fkey: hotkeys.everywhere.link,
    icon: ApiOutlined,
    label: "place.link",
    Place: LinkPlace,
    count: ({ counts }) =>
      counts.refused > 0
        ? { count: counts.refused, tone: "news", about: "place.link.refused" }
        : { count: counts.waiting, tone: "calm", about: "place.link.waiting" },
  },
  {
    key: "tables",
    fkey: hotkeys.everywhere.tables,
    icon: TableOutlined,
    label: "place.tables",
    Place: TablesPlace,
  },
];
