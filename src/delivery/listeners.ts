import type { Listener } from "../outbox/listener";
import { hear } from "./bounces/bounce";
import { cloudflareNews } from "./bounces/cloudflare-news";
import type { News } from "./bounces/news";

/** The events of others that queue messages can be. */
export const listeners: Listener<News>[] = [{ name: "mail news", parse: cloudflareNews, hear }];
