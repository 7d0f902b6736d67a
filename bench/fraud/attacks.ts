import { cookieStuffing, couponReseller, refunding } from "./sale-attacks.ts";
import { catchAll, clickFarm, disposable, ring, rotatingV4, rotatingV6, slowDrip, tags } from "./signup-attacks.ts";
import type { Story } from "./story.ts";

/** How many attackers of each kind a story of full size has. */
export const attackKinds = (
  knownDisposable: readonly string[],
): Record<string, { tell: (story: Story) => void; times: number }> => ({
  tags_and_dots: { tell: tags, times: 3 },
  catch_all: { tell: catchAll, times: 3 },
  disposable: { tell: disposable(knownDisposable), times: 3 },
  rotating_networks: { tell: rotatingV4, times: 3 },
  rotating_ipv6: { tell: rotatingV6, times: 3 },
  slow_drip: { tell: slowDrip, times: 3 },
  ring: { tell: ring, times: 3 },
  click_farm: { tell: clickFarm, times: 2 },
  coupon_reseller: { tell: couponReseller, times: 3 },
  cookie_stuffing: { tell: cookieStuffing, times: 3 },
  refunded_sales: { tell: refunding, times: 3 },
});
