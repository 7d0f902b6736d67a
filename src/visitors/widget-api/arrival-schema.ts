import { z } from "zod";

/** Where a visitor came from. Any text is accepted: an unreadable one does not block a signup. */
export const arrival = {
  utm: z.string().nullish().meta({
    description:
      "The `utm_*` parameters of the page, as in its query, for analytics. Those in `host_url` count as well.",
    example: "utm_source=news&utm_medium=email",
  }),
  referrer: z.string().nullish().meta({
    description: "The page that led to the page with the widget. Only its host is kept, for analytics.",
    example: "https://news.ycombinator.com/",
  }),
};
