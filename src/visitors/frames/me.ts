import type { z } from "zod";
import type { LeaderEntry, OwnNumbers } from "../widget-api/widget-api-schema";

/** What a participant's own page shows of him. `rank` is null while nobody has asked. */
export type Me = Pick<
  z.input<typeof OwnNumbers>,
  "name" | "referral_code" | "share_url" | "links" | "referral_count" | "click_count" | "goal" | "rewards"
> & { rank: number | null };

export type Leader = z.input<typeof LeaderEntry>;
