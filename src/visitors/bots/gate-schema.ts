import { z } from "zod";

/** A form field that people cannot see. No browser or password manager knows this name, so only a program fills it in. */
export const HONEYPOT = "more_remarks";

/** Fields of a visitor's form that help to detect programs. API callers may omit them. */
export const signs = {
  turnstile_token: z
    .string()
    .max(2048)
    .nullish()
    .meta({ description: "The response of the Turnstile widget. Required if the campaign has Turnstile keys." }),
  form_token: z.string().max(200).nullish().meta({
    description: "From the served form, with the time it was served. A form sent back within 1.5 seconds is refused.",
  }),
  form_id: z
    .string()
    .regex(/^[\w-]{16,64}$/)
    .nullish()
    .meta({
      description:
        "A random string, new for each person who fills in the form. If the response was lost and the same form is sent again within 15 minutes, the new participant gets their own response again. For forms without a script, `form_token` does the same.",
    }),
  [HONEYPOT]: z
    .string()
    .max(2000)
    .nullish()
    .meta({ description: "A honeypot. Leave it empty; submissions that fill it in are discarded." }),
};
const Signs = z.object(signs);
export type Signs = z.infer<typeof Signs>;
