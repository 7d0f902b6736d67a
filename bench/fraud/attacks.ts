import { farmer, swappers } from "./farming.ts";
import {
  codeResale,
  hiddenAddresses,
  leaver,
  residentialProxies,
  rotatingCountries,
  secondMailbox,
  splitStars,
  workspaceTags,
} from "./newer-attacks.ts";
import { cookieStuffing, couponReseller, refunding } from "./sale-attacks.ts";
import { catchAll, clickFarm, disposable, ring, rotatingV4, rotatingV6, slowDrip, tags } from "./signup-attacks.ts";
import type { Story } from "./story.ts";

/** The number of attackers of each kind in a full-size story. */
export const attackKinds = (
  knownDisposable: readonly string[],
): Record<string, { tell: (story: Story) => void; times: number }> => ({
  farmer: { tell: farmer, times: 2 },
  swappers: { tell: swappers, times: 2 },
  workspace_tags: { tell: workspaceTags, times: 2 },
  hidden_addresses: { tell: hiddenAddresses, times: 2 },
  residential_proxies: { tell: residentialProxies, times: 2 },
  rotating_countries: { tell: rotatingCountries, times: 2 },
  second_mailbox: { tell: secondMailbox, times: 8 },
  leaver: { tell: leaver, times: 2 },
  split_stars: { tell: splitStars, times: 2 },
  code_resale: { tell: codeResale, times: 2 },
  tags_and_dots: { tell: tags, times: 2 },
  catch_all: { tell: catchAll, times: 2 },
  disposable: { tell: disposable(knownDisposable), times: 2 },
  rotating_networks: { tell: rotatingV4, times: 2 },
  rotating_ipv6: { tell: rotatingV6, times: 2 },
  slow_drip: { tell: slowDrip, times: 2 },
  ring: { tell: ring, times: 2 },
  click_farm: { tell: clickFarm, times: 2 },
  coupon_reseller: { tell: couponReseller, times: 2 },
  cookie_stuffing: { tell: cookieStuffing, times: 2 },
  refunded_sales: { tell: refunding, times: 2 },
});
