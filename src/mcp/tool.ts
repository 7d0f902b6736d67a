import { z } from "zod";
import type { Api } from "./api";
import type { Caller, Scope } from "./caller";

/** What a tool can use. `key` identifies one confirmed call, for the API's idempotency keys. */
export type Use = { api: Api; caller: Caller; origin: string; document: () => object };

type Shape = z.ZodRawShape;
type Common<I extends Shape> = {
  name: string;
  title: string;
  /** When to use it. */
  description: string;
  input: z.ZodObject<I>;
  needs: Scope;
  /** It removes something permanently. */
  destroys?: boolean;
  /** Calling it twice has the same effect as once. */
  repeats: boolean;
  /** It affects people or systems outside, through emails or webhooks. */
  reachesOut?: boolean;
};

type PlainTool<I extends Shape = Shape, O extends Shape = Shape> = Common<I> & {
  output: z.ZodObject<O>;
  run: (args: z.output<z.ZodObject<I>>, use: Use) => Promise<unknown>;
};

/** A tool that first returns a preview, and acts after a confirmation. */
export type ConfirmedTool<I extends Shape = Shape, P extends Shape = Shape, O extends Shape = Shape> = Common<I> & {
  preview: z.ZodObject<P>;
  result: z.ZodObject<O>;
  /** Returns the preview. Changes nothing. */
  look: (args: z.output<z.ZodObject<I>>, use: Use) => Promise<unknown>;
  act: (args: z.output<z.ZodObject<I>>, use: Use & { key: string }) => Promise<unknown>;
};

export type Tool = PlainTool | ConfirmedTool;

// Each handler only accepts its own schema's arguments, which the type of a list of tools cannot express.
export const tool = <I extends Shape, O extends Shape>(plain: PlainTool<I, O>) => plain as unknown as Tool;
export const confirmedTool = <I extends Shape, P extends Shape, O extends Shape>(confirmed: ConfirmedTool<I, P, O>) =>
  confirmed as unknown as Tool;

export const isConfirmed = (one: Tool): one is ConfirmedTool => "act" in one;

export const inputOf = (one: Tool) =>
  isConfirmed(one)
    ? one.input.extend({
        confirm_token: z
          .string()
          .max(200)
          .optional()
          .describe("Omit it for a preview. To act, send the preview's token with the same arguments."),
      })
    : one.input;

export const outputOf = (one: Tool) =>
  isConfirmed(one)
    ? z.object({
        status: z.enum(["preview", "done"]).describe("`preview`: nothing was changed."),
        preview: one.preview.nullable().describe("What would happen."),
        confirm_token: z.string().nullable().describe("Valid for five minutes, for the same arguments and caller."),
        confirm_before: z.string().nullable(),
        result: one.result.nullable().describe("What happened."),
        next: z.string(),
      })
    : one.output;
