import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import type { Box } from "#shared/lib/geo.ts";
import { lazily } from "#shared/lib/lazily.ts";

/** One row of the contract: a query changes nothing, a command is one transaction. */
export interface CallRow<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: "query" | "command";
  /** `open`: without sign-in; `officer`: a signed-in officer. Finer rights are rules of the domain. */
  readonly door: "open" | "officer";
  /** Grades that may call it at all; without, every officer may, as far as the rules of the domain go. */
  readonly grades?: readonly Grade[];
  readonly input: In;
  readonly output: Out;
  readonly about: string;
}

/** A PIN as somebody typed it; whether it is the right one is for the core to say. */
export const pin = z.string().min(1).max(32);
/** A PIN that is being chosen. */
export const newPin = z.string().regex(/^\d{4,12}$/);

/** The schemas of a row are made when it is first called: no start of a desk needs them all. */
const row = <Kind extends CallRow["kind"], In extends z.ZodType, Out extends z.ZodType>(
  kind: Kind,
  door: CallRow["door"],
  about: string,
  input: () => In,
  output: () => Out,
) => {
  const [takes, answers] = [lazily(input), lazily(output)];
  return {
    kind,
    door,
    about,
    get input(): In {
      return takes();
    },
    get output(): Out {
      return answers();
    },
  };
};

export const query = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: () => In,
  output: () => Out,
) => row("query", door, about, input, output);

export const command = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: () => In,
  output: () => Out,
  grades?: readonly Grade[],
) => Object.assign(row("command", door, about, input, output), grades && { grades });

/** Grades that plan, enrol and take other people's matters in hand. */
export const leaders: readonly Grade[] = ["shift_leader", "leader", "admin"];
export const admins: readonly Grade[] = ["admin"];

export const none = z.strictObject({});
export const done = z.strictObject({});
export const id = z.string().min(1).max(64);
export const instant = z.number().int().nonnegative();
export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const month = z.string().regex(/^\d{4}-\d{2}$/);
export const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** A part of the map. */
export const boxSchema = z.strictObject({
  west: z.number(),
  south: z.number(),
  east: z.number(),
  north: z.number(),
}) satisfies z.ZodType<Box>;

/** A file that the core made for the person: saved by `renderer/bridge/save-file.ts`. */
export const madeFileSchema = z.object({ fileName: z.string().min(1).max(200), base64: z.base64() });
export type MadeFile = z.infer<typeof madeFileSchema>;

/** Many numbers in one piece: a typed array over a port and to a page, plain numbers for whoever reads JSON. */
export const packed = z.union([z.instanceof(Int32Array) as z.ZodType<Int32Array>, z.array(z.number().int())]);
