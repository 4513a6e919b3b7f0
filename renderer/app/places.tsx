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
import { HandoverPlace } from "#renderer/features/handover/HandoverPlace.tsx";
import { LinkPlace } from "#renderer/features/link/LinkPlace.tsx";
import { LogPlace } from "#renderer/features/log/LogPlace.tsx";
import { MapPlace } from "#renderer/features/map/MapPlace.tsx";
import { Queue } from "#renderer/features/queue/Queue.tsx";
import { RosterPlace } from "#renderer/features/roster/RosterPlace.tsx";
import { TablesPlace } from "#renderer/features/tables/TablesPlace.tsx";
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

/** The places of the desk, in the order of the rail. A new screen is one folder and one row here. */
export const places: readonly PlaceRow[] = [
  {
    key: "desk",
    fkey: "F1",
    icon: DesktopOutlined,
    label: "place.desk",
    Place: DeskPlace,
    count: ({ counts }) => ({ count: counts.late, tone: "news", about: "place.desk.count" }),
  },
  {
    key: "queue",
    fkey: "F6",
    icon: AlertOutlined,
    label: "place.queue",
    Place: Queue,
    count: ({ counts }) => ({ count: counts.open, tone: "calm", about: "place.queue.count" }),
  },
  { key: "map", fkey: "F5", icon: CompassOutlined, label: "place.map", Place: MapPlace },
  {
    key: "roster",
    fkey: "F7",
    icon: CarryOutOutlined,
    label: "place.roster",
    Place: RosterPlace,
    count: ({ counts }) => ({ count: counts.gaps, tone: "news", about: "place.roster.count" }),
  },
  { key: "log", fkey: "F8", icon: ProfileOutlined, label: "place.log", Place: LogPlace },
  {
    key: "handover",
    fkey: "F9",
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
    fkey: "F10",
    icon: ApiOutlined,
    label: "place.link",
    Place: LinkPlace,
    count: ({ counts }) =>
      counts.refused > 0
        ? { count: counts.refused, tone: "news", about: "place.link.refused" }
        : { count: counts.waiting, tone: "calm", about: "place.link.waiting" },
  },
  { key: "tables", fkey: "F11", icon: TableOutlined, label: "place.tables", Place: TablesPlace },
];
