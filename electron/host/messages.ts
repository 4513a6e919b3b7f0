import type { CorePorts, Notice, Outcome } from "#core/ports.ts";
import type { Topic } from "#shared/contract.ts";

/** The part of the core's ports that is plain data and therefore travels between processes. */
export type CoreValues = Omit<
  CorePorts,
  "now" | "monotonic" | "boot" | "randomBytes" | "log" | "startSampleDistrict" | "started" | "calm" | "every"
>;

/** What main tells the core process. `connect` carries the port itself where the runtime can transfer one. */
export type ToCore =
  | { readonly kind: "init"; readonly values: CoreValues }
  | { readonly kind: "connect"; readonly port: number }
  | { readonly kind: "data"; readonly port: number; readonly data: unknown }
  | { readonly kind: "disconnect"; readonly port: number }
  | { readonly kind: "answer"; readonly id: number; readonly value?: string; readonly error?: string }
  | { readonly kind: "end" };

/** What the core process tells main. */
export type FromCore =
  | { readonly kind: "ready" }
  | { readonly kind: "data"; readonly port: number; readonly data: unknown }
  | { readonly kind: "need"; readonly id: number; readonly need: "sample-district" }
  | { readonly kind: "log"; readonly line: string };

/** What the page sends over its port. */
export interface PageCall {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/**
 * What the page receives over its port. An outcome travels as JSON unless it holds typed arrays: on its way through processes and into
 * the page's own world each field of an object is carried by itself, a text is copied.
 */
export type ToPage = { readonly id: number; readonly outcome: Outcome | string } | { readonly notice: Notice };

/** How an outcome is sent. Typed arrays lie at the first level of a value. */
export function asSent(outcome: Outcome): Outcome | string {
  const value = outcome.ok ? outcome.value : null;
  const holdsWords = typeof value === "object" && value !== null && Object.values(value).some(ArrayBuffer.isView);
  return holdsWords ? outcome : JSON.stringify(outcome);
}

/** An outcome as it was before it was sent. */
export const fromSent = (sent: Outcome | string): Outcome =>
  typeof sent === "string" ? (JSON.parse(sent) as Outcome) : sent;

/** A page asks main for itself as it prints. */
export const pdfChannel = "desk:pdf";
/** A page asks main for the wall display. */
export const wallChannel = "desk:wall";
/** The channel between page and main: the page asks for its port to the core, and gets it. */
export const portChannel = "desk:port";

/** Told to a page after the core was started again: anything may have changed. Typed so that no topic can be missing. */
export const everyTopic: readonly string[] = Object.keys({
  event: true,
  attachment: true,
  log: true,
  roster: true,
  handover: true,
  officer: true,
  asset: true,
  ground: true,
  import: true,
  export: true,
  basemap: true,
  fault: true,
  hazard: true,
  overlay: true,
  link: true,
  session: true,
  system: true,
  warning: true,
  presence: true,
} satisfies Record<Topic, true>);
