import type { IconName } from "../../lib/icon";
import { TEST_MODE } from "./band";

/** A page of the menu. `words` are other names for it, which the search finds, too. */
type Entry = readonly [path: string, label: string, icon: IconName, words: string];
type Group = readonly [name: string | null, entries: readonly Entry[]];

const GROUPS = [
  [null, [["/home", "Home", "house", "dashboard overview start"]]],
  [
    "Program",
    [
      ["/campaigns", "Campaigns", "megaphone", "programs list"],
      ["/participants", "Participants", "users", "people referrers friends"],
      ["/rewards", "Rewards", "gift", "earned pending approve"],
      ["/reviews", "Reviews", "triangle-alert", "fraud suspicious approve deny"],
      ["/brands", "Brands", "store", "websites clients"],
      ["/images", "Images", "image", "logo upload pictures"],
    ],
  ],
  [
    "Developers",
    [
      ["/events", "Events", "activity", "log stream payload json replay developers"],
      ["/webhooks", "Webhooks", "webhook", "events deliveries endpoint"],
      ["/api-keys", "API keys", "key-round", "token secret developers"],
      [TEST_MODE, "Test mode", "flask-conical", "sandbox emails"],
      ["/docs", "Documentation", "book-open", "guides help"],
    ],
  ],
  [
    "Account",
    [
      ["/team", "Team", "user-round", "members roles invite colleague"],
      ["/plan", "Plan", "credit-card", "billing limits usage"],
      ["/audit", "Audit log", "scroll-text", "history changes who"],
    ],
  ],
] as const satisfies readonly Group[];

/** The menu in groups. The first group has no name. */
export const menu: readonly Group[] = GROUPS;

/** The entry of the menu that a page belongs to. */
export type Section = (typeof GROUPS)[number][1][number][0] | "/account" | "/search" | null;
