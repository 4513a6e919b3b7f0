import { z } from "zod";

/** One row of the contract: a query changes nothing, a command is one transaction. */
export interface CallRow<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: "query" | "command";
  /** `open`: without sign-in; `officer`: a signed-in officer. Finer rights are rules of the domain. */
  readonly door: "open" | "officer";
  readonly input: In;
  readonly output: Out;
  readonly about: string;
}

export const query = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: In,
  output: Out,
) => ({ kind: "query", door, about, input, output }) as const;

export const command = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: In,
  output: Out,
) => ({ kind: "command", door, about, input, output }) as const;

export const none = z.strictObject({});
export const done = z.strictObject({});
export const id = z.string().min(1).max(64);
export const instant = z.number().int().nonnegative();
export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const month = z.string().regex(/^\d{4}-\d{2}$/);
export const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** A file that the core made for the person: saved by `renderer/bridge/save-file.ts`. */
export const madeFileSchema = z.object({ fileName: z.string().min(1).max(200), base64: z.base64() });
export type MadeFile = z.infer<typeof madeFileSchema>;

/** Many numbers in one piece: a typed array over a port and to a page, plain numbers for whoever reads JSON. */
export const packed = z.union([z.instanceof(Int32Array) as z.ZodType<Int32Array>, z.array(z.number().int())]);
