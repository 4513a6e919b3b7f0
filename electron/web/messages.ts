import type { CorePorts, Notice, Outcome } from "#core/ports.ts";

/** The part of the core's ports that is plain data and can travel between processes. */
export type CoreValues = Omit<CorePorts, "now" | "monotonic" | "randomBytes" | "log" | "startSampleDistrict">;

/** What the server tells the core process. */
export type ToCore =
  | { readonly kind: "init"; readonly values: CoreValues }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: "district"; readonly url: string | null }
  | { readonly kind: "end" };

/** What the core process tells the server. */
export type FromCore =
  | { readonly kind: "ready" }
  | { readonly kind: "outcome"; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "need-district" }
  | { readonly kind: "log"; readonly line: string };
