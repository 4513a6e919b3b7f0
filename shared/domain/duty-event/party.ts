import type { Bilingual } from "#shared/lib/text.ts";
import type { Party } from "./given-parts.ts";

export type { Party };

export const partyKinds = ["post", "joint_post", "grid", "team", "department"] as const;
export const partyKindNames: Readonly<Record<(typeof partyKinds)[number], Bilingual>> = {
  post: { zh: "岗位", en: "Post" },
  joint_post: { zh: "联勤岗", en: "Joint post" },
  grid: { zh: "网格", en: "Grid" },
  team: { zh: "应急队伍", en: "Team" },
  department: { zh: "部门", en: "Department" },
};

export const sameParty = (one: Party, other: Party): boolean => one.kind === other.kind && one.name === other.name;
