import { fan } from "./farming.ts";
import { campus, family, office, ordinary } from "./groups.ts";
import { expats, hidden, worldwide } from "./newer-honest.ts";
import type { Story } from "./story.ts";
import { carrier, conference, influencer, newsletter, relay } from "./waves.ts";

/** The number of each honest kind in a full-size story. */
export const honestKinds: Record<string, { tell: (story: Story) => void; times: number }> = {
  ordinary: { tell: ordinary, times: 7000 },
  family: { tell: family, times: 600 },
  office: { tell: office, times: 110 },
  campus: { tell: campus, times: 36 },
  conference: { tell: conference, times: 26 },
  newsletter: { tell: newsletter, times: 20 },
  influencer: { tell: influencer, times: 20 },
  carrier: { tell: carrier, times: 40 },
  hidden: { tell: hidden, times: 120 },
  expats: { tell: expats, times: 100 },
  worldwide: { tell: worldwide, times: 16 },
  fan: { tell: fan, times: 100 },
  relay: { tell: relay, times: 150 },
};
