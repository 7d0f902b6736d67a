import type { Listener } from "../outbox/listener";
import { hear } from "./bounces/bounce";
import { cloudflareNews } from "./bounces/cloudflare-news";
import type { News } from "./bounces/news";

/** The listeners for other services' events in queue messages. */
export const listeners: Listener<News>[] = [{ name: "mail news", parse: cloudflareNews, hear }];
