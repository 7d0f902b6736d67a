import { z } from "zod";

/** Where a visitor came from. What is wrong with it must not refuse a signup. */
export const arrival = {
  utm: z.string().nullish().catch(undefined).meta({
    type: "string",
    description:
      "The `utm_*` parameters of the page, as in its query, for analytics. Those in `host_url` count as well.",
    example: "utm_source=news&utm_medium=email",
  }),
  referrer: z.string().nullish().catch(undefined).meta({
    type: "string",
    description: "The page that led to the page with the widget. Only its host is kept, for analytics.",
    example: "https://news.ycombinator.com/",
  }),
};
