import type { z } from "zod";
import type { LeaderEntry, OwnNumbers } from "../widget-api/widget-api-schema";

/** The fields of a participant's own page. `rank` is null while unknown. */
export type Me = Pick<
  z.input<typeof OwnNumbers>,
  "name" | "referral_code" | "share_url" | "links" | "referral_count" | "click_count" | "goal" | "rewards"
> & {
  rank: number | null;
  /** The page for their wallet address. Only on their own page, and only if they earned tokens. */
  wallet?: { path: string; address: string | null };
} & Partial<Pick<z.input<typeof OwnNumbers>, "checkout_code" | "waitlist" | "credit" | "limit" | "friends">>;

export type Leader = z.input<typeof LeaderEntry>;
