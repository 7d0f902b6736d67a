import type { JobCtx } from "../lib/ctx";

/** Events that others put into a queue of ours, recognized by their shape. */
export type Listener<News> = {
  /** Their name in logs. */
  name: string;
  /** The news in a message, "nothing" if there is none in it for us, or null if it is another kind of message. */
  parse: (body: unknown) => News | "nothing" | null;
  /** Takes news in, which may come twice and in any order. Returns what came too early and should come again. */
  hear: (ctx: JobCtx, news: News[]) => Promise<News[]>;
};

/** News that came too early comes again after this time, by when the round that it is about has recorded. */
export const AGAIN_SECONDS = 60;

/** The same for news among the dead letters. `max_retries` of their queue makes a day of it. */
export const DEAD_AGAIN_SECONDS = 3_600;
