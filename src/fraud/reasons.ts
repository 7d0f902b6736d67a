/** What a participant may learn about a review: its kind, never the reason's code. */
export const kindClasses = ["mailbox", "network", "pace", "purchase", "rules"] as const;
export type KindClass = (typeof kindClasses)[number];

/** The version of the weights and rules, stored with every review. */
export const ENGINE_VERSION = 3;

type Reason = {
  message: string;
  kind: KindClass;
  /** The share of the weight that remains after the friend confirms their email address. Defaults to all of it. */
  proven?: number;
  /** Confirming an email address would prove nothing here, so the friend is not asked to. */
  is_beyond_proof?: true;
};

/**
 * Why something looks like fraud. `message` is for the member. Weights grow with the evidence, up to the table in
 * docs/fraud.md.
 */
export const reasons = {
  same_mailbox: {
    message: "The mailbox of an earlier friend, spelled differently.",
    kind: "mailbox",
    is_beyond_proof: true,
  },
  disposable_mailbox: { message: "A disposable email address.", kind: "mailbox" },
  numbered_mailboxes: { message: "Several friends' email addresses differ only in their digits.", kind: "mailbox" },
  generated_mailboxes: { message: "Several friends' email addresses look generated.", kind: "mailbox" },
  one_private_domain: {
    message: "Several friends have email addresses at the same private domain.",
    kind: "mailbox",
  },
  one_address: {
    message: "Several friends came from the same IP address, and it is not a shared network.",
    kind: "network",
  },
  one_network: { message: "Several friends came from neighboring IP addresses.", kind: "network" },
  inviters_address: { message: "The friend came from the inviter's IP address.", kind: "network" },
  one_device_here: { message: "The same device signed up several times from the same IP address.", kind: "network" },
  one_device: { message: "More friends use the same kind of device than chance explains.", kind: "network" },
  ring: { message: "Participants in the same network invite each other.", kind: "network", is_beyond_proof: true },
  data_center: {
    message: "The IP address belongs to a data center, not to a home or phone.",
    kind: "network",
    proven: 0.5,
  },
  data_centers: { message: "Most of the inviter's friends come from data centers.", kind: "network", proven: 0.5 },
  foreign_languages: { message: "Several friends' browser languages do not match their countries.", kind: "network" },
  inviters_name: { message: "The friend's email address contains the inviter's name.", kind: "mailbox" },
  relay_mailboxes: {
    message: "Several friends hide their email addresses and use the same kind of device.",
    kind: "mailbox",
  },
  many_countries: { message: "Almost every friend came from a different country.", kind: "network" },
  in_a_row: { message: "Friends with something in common signed up in quick succession.", kind: "pace", proven: 0.5 },
  even_pace: { message: "Friends sign up at regular intervals, like a program.", kind: "pace", proven: 0.5 },
  hasty_forms: { message: "Several forms were filled in unusually fast.", kind: "pace" },
  even_forms: { message: "Several forms took about the same time to fill in, like a program.", kind: "pace" },
  never_back: { message: "None of the earlier friends has shared their own link.", kind: "pace" },
  erased_friends: { message: "Several earlier friends have been erased.", kind: "rules" },
  rewards_elsewhere: {
    message: "The friend's email address collected rewards in several of your other campaigns.",
    kind: "rules",
    is_beyond_proof: true,
  },
  like_held: { message: "Rewards for this inviter's earlier friends are on hold.", kind: "rules" },
  hidden_clicks: { message: "Clicks on the link came from hidden frames or images.", kind: "purchase" },
  unasked_clicks: { message: "Most visits through the link came without a click.", kind: "purchase" },
  coupon_sites: { message: "Clicks on the link came from coupon sites.", kind: "purchase" },
  code_without_clicks: { message: "Many sales used the code, but the link has almost no clicks.", kind: "purchase" },
  refunds: { message: "Most of the sales were refunded.", kind: "purchase" },
  on_block_list: { message: "Matches an entry on your block list.", kind: "rules", is_beyond_proof: true },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

/** A reason that applies: its weight, and the earlier friends it also applies to. */
export type Found = {
  code: ReasonCode;
  weight: number;
  with: number[];
  /** The factor from reviewers' verdicts, if any. */
  factor?: number;
};

/** Every reason reduces the remaining trust. No reason is required, and only a strong one is enough by itself. */
export const scoreOf = (found: { weight: number }[]) =>
  1 - found.reduce((trust, { weight }) => trust * (1 - weight), 1);

/** What a reason means. A code from a later release reads as unknown. */
export const wordsOf = (code: string): Reason =>
  Object.hasOwn(reasons, code) ? reasons[code as ReasonCode] : { message: "Unknown.", kind: "rules" };
