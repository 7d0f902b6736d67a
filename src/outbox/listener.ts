import type { JobCtx } from "../lib/ctx";

/** Events from other services in our queues, recognized by their shape. */
export type Listener<News> = {
  /** The name in logs. */
  name: string;
  /** A message's event, "nothing" if it is irrelevant for us, or null if it is another kind of message. */
  parse: (body: unknown) => News | "nothing" | null;
  /**
   * Processes events, which may arrive twice and in any order. Returns events that arrived too early and should be
   * retried.
   */
  hear: (ctx: JobCtx, news: News[]) => Promise<News[]>;
};

/** The delay for events that arrived too early. By then, their round has been recorded. */
export const AGAIN_SECONDS = 60;

/** The delay for events among the dead letters. With their queue's `max_retries`, this adds up to a day. */
export const DEAD_AGAIN_SECONDS = 3_600;
