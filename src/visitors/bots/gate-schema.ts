import { z } from "zod";

/**
 * The form field that people cannot see. Neither browsers nor password managers know what to put into a field of this name, so
 * that whoever fills it in is a program.
 */
export const HONEYPOT = "more_remarks";

/** What a visitor's form says of who filled it in. Callers that send JSON of their own may leave all of it out. */
export const signs = {
  turnstile_token: z
    .string()
    .max(2048)
    .nullish()
    .meta({ description: "The answer of Turnstile's widget; needed where the campaign has Turnstile keys." }),
  form_token: z
    .string()
    .max(200)
    .nullish()
    .meta({ description: "From the form that we served: says when. A form sent back within 1.5 seconds is refused." }),
  [HONEYPOT]: z
    .string()
    .max(2000)
    .nullish()
    .meta({ description: "Leave it empty: it is there for programs to fill in, and what they send goes nowhere." }),
};
const Signs = z.object(signs);
export type Signs = z.infer<typeof Signs>;
