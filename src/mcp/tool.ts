import { z } from "zod";
import type { Api } from "./api";
import type { Caller, Scope } from "./caller";

/** What a tool works with. `key` names one confirmed call, for the API's idempotency keys. */
export type Use = { api: Api; caller: Caller; origin: string; document: () => object };

type Shape = z.ZodRawShape;
type Common<I extends Shape> = {
  name: string;
  title: string;
  /** When to use it. */
  description: string;
  input: z.ZodObject<I>;
  needs: Scope;
  /** It takes something away that nothing brings back. */
  destroys?: boolean;
  /** The same call twice does what one does. */
  repeats: boolean;
  /** It reaches people or systems outside: emails, webhooks. */
  reachesOut?: boolean;
};

export type PlainTool<I extends Shape = Shape, O extends Shape = Shape> = Common<I> & {
  output: z.ZodObject<O>;
  run: (args: z.output<z.ZodObject<I>>, use: Use) => Promise<unknown>;
};

/** A tool that first says what it would do, and does it when that is confirmed. */
export type ConfirmedTool<I extends Shape = Shape, P extends Shape = Shape, O extends Shape = Shape> = Common<I> & {
  preview: z.ZodObject<P>;
  result: z.ZodObject<O>;
  /** Reads what would happen. It changes nothing. */
  look: (args: z.output<z.ZodObject<I>>, use: Use) => Promise<unknown>;
  act: (args: z.output<z.ZodObject<I>>, use: Use & { key: string }) => Promise<unknown>;
};

export type Tool = PlainTool | ConfirmedTool;

// The handlers of a list of tools take the arguments of their own schema only, which the list's type cannot say.
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
          .describe("Leave out for a preview. Then send the preview's token with the same arguments to do it."),
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
