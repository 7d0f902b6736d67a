/** What a participant may learn of a review: one of these, and never the reason's code. */
export const kindClasses = ["mailbox", "network", "pace", "purchase", "rules"] as const;
export type KindClass = (typeof kindClasses)[number];

/** The version of weights and rules. It is kept with every review. */
export const ENGINE_VERSION = 3;

type Reason = {
  message: string;
  kind: KindClass;
  /** What is left of the weight once the friend confirmed their email address. Not given: all of it. */
  proven?: number;
  /** Nobody is asked to confirm their address where this was found: it would prove nothing. */
  is_beyond_proof?: true;
};

/** Why something looks like fraud. `message` is for the member. Weights depend on how much was seen, up to the table in docs/fraud.md. */
export const reasons = {
  same_mailbox: {
    message: "The mailbox of an earlier friend, in another spelling.",
    kind: "mailbox",
    is_beyond_proof: true,
  },
  disposable_mailbox: { message: "A disposable email address.", kind: "mailbox" },
  numbered_mailboxes: { message: "Email addresses of friends differ in their digits only.", kind: "mailbox" },
  generated_mailboxes: { message: "Email addresses of several friends look generated.", kind: "mailbox" },
  one_private_domain: {
    message: "Several friends have mailboxes at one private domain.",
    kind: "mailbox",
  },
  one_address: { message: "Several friends came from one IP address that is no shared network.", kind: "network" },
  one_network: { message: "Several friends came from neighboring IP addresses.", kind: "network" },
  inviters_address: { message: "The friend came from the inviter's IP address.", kind: "network" },
  one_device_here: { message: "One device at one IP address signed up several times.", kind: "network" },
  one_device: { message: "More friends have the same kind of device than chance explains.", kind: "network" },
  ring: { message: "Participants of one network invite each other.", kind: "network", is_beyond_proof: true },
  data_center: {
    message: "The address belongs to a data center, not to a home or a phone.",
    kind: "network",
    proven: 0.5,
  },
  data_centers: { message: "Most of the inviter's friends come from data centers.", kind: "network", proven: 0.5 },
  foreign_languages: { message: "Languages of several friends' browsers do not fit their countries.", kind: "network" },
  inviters_name: { message: "The friend's email address has the inviter's own name.", kind: "mailbox" },
  relay_mailboxes: { message: "Several friends hide their addresses, on one kind of device.", kind: "mailbox" },
  many_countries: { message: "Hardly two friends came from the same country.", kind: "network" },
  in_a_row: { message: "Friends that have something in common signed up in a row.", kind: "pace", proven: 0.5 },
  even_pace: { message: "Friends sign up at an even pace, as by a program.", kind: "pace", proven: 0.5 },
  hasty_forms: { message: "Several forms were filled in equally fast.", kind: "pace" },
  even_forms: { message: "Several forms took about the same time, as by a program.", kind: "pace" },
  never_back: { message: "None of the earlier friends shared their own link since.", kind: "pace" },
  erased_friends: { message: "Several earlier friends were erased.", kind: "rules" },
  rewards_elsewhere: {
    message: "The friend's mailbox collected rewards in several of your other campaigns.",
    kind: "rules",
    is_beyond_proof: true,
  },
  like_held: { message: "Earlier friends of this inviter are held.", kind: "rules" },
  hidden_clicks: { message: "Clicks on the link came from hidden frames or images.", kind: "purchase" },
  unasked_clicks: { message: "Most clicks on the link came without anybody clicking.", kind: "purchase" },
  coupon_sites: { message: "Clicks on the link came from coupon sites.", kind: "purchase" },
  code_without_clicks: { message: "Many sales came by the code, and hardly any clicks by the link.", kind: "purchase" },
  refunds: { message: "Most of the sales were refunded.", kind: "purchase" },
  on_block_list: { message: "An entry of your block list fits.", kind: "rules", is_beyond_proof: true },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

/** A reason that was found: its weight, and the earlier friends that it concerns, too. */
export type Found = {
  code: ReasonCode;
  weight: number;
  with: number[];
  /** What people's verdicts multiplied the weight by, if they did. */
  factor?: number;
};

/** Every reason multiplies what is left of the trust: none is needed, and none is enough unless it is strong. */
export const scoreOf = (found: { weight: number }[]) =>
  1 - found.reduce((trust, { weight }) => trust * (1 - weight), 1);

/** What a reason means. Codes of a later release read as unknown. */
export const wordsOf = (code: string): Reason =>
  Object.hasOwn(reasons, code) ? reasons[code as ReasonCode] : { message: "Unknown.", kind: "rules" };
