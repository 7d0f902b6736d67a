import type { Child } from "hono/jsx";
import { amountOf } from "../../ledger/records/earned-reward";
import type { RewardKind } from "../../ledger/records/reward-kinds";
import type { Reward } from "../../ledger/records/reward-schema";
import { plainText } from "../../lib/richtext";
import { Email } from "./email";
import { Input, TextArea } from "./field";
import type { Form } from "./form";
import { Badge } from "./parts";

type KindWords = {
  name: string;
  choice: string;
  /** Shown instead of a missing value. */
  unset: string;
  /** Shown if a campaign lacks something that its rewards need. */
  missing: string;
  Fields: (props: { form: Form<unknown> }) => Child;
};

/** The dashboard's texts and fields for each kind of reward. */
export const kindWords: Record<RewardKind, KindWords> = {
  coupon: {
    name: "Coupon",
    choice: "Coupon code",
    unset: "Waiting for a coupon code",
    missing: "There are no unused coupon codes. Rewards are still earned and wait for codes.",
    Fields: ({ form }) => (
      <Input
        form={form}
        name="reward.worth_value"
        label="Coupon value in dollars"
        hint="For your reports. Participants do not see it."
        inputmode="decimal"
      />
    ),
  },
  redirect: {
    name: "Link",
    choice: "Link",
    unset: "No URL set",
    missing: "The reward is a link without a URL: participants who earn it get nothing.",
    Fields: ({ form }) => (
      <Input
        form={form}
        name="reward.redirect_url"
        label="URL"
        hint="For example, a download, a secret offer, or a booking form."
        inputmode="url"
        placeholder="https://"
      />
    ),
  },
  message: {
    name: "Message",
    choice: "Message",
    unset: "No message set",
    missing: "The reward is a message without text: participants who earn it get nothing.",
    Fields: ({ form }) => (
      <TextArea
        form={form}
        name="reward.custom_message"
        label="Message text"
        hint="Shown and emailed to participants who earn it. Basic HTML allowed: b, i, a, lists."
        rows={3}
        maxlength={10_000}
      />
    ),
  },
  token: {
    name: "Token",
    choice: "Crypto token",
    unset: "No amount set",
    missing:
      "The reward is a token, but the brand is no longer linked to VNOC. Tokens are still earned and stay pending until you change the reward.",
    Fields: ({ form }) => (
      <>
        <Input form={form} name="reward.token_symbol" label="Symbol" maxlength={20} />
        <Input form={form} name="reward.token_amount" label="Amount" inputmode="decimal" />
        <Input form={form} name="reward.token_address" label="Contract address" maxlength={128} />
        <Input form={form} name="reward.token_chain_id" label="Chain ID" inputmode="numeric" />
      </>
    ),
  },
  cash: {
    name: "Cash",
    choice: "Cash (you pay it out)",
    unset: "No amount set",
    missing: "The reward is cash without an amount: rewards are recorded without one.",
    Fields: ({ form }) => (
      <Input
        form={form}
        name="reward.cash_value"
        label="Amount in dollars"
        hint="Pay it yourself, then mark the reward as paid."
        inputmode="decimal"
        placeholder="10"
      />
    ),
  },
  credit: {
    name: "Store credit",
    choice: "Store credit (they redeem it in your shop)",
    unset: "No amount set",
    missing: "The reward is store credit without an amount: participants who earn it get nothing.",
    Fields: ({ form }) => (
      <Input
        form={form}
        name="reward.credit_value"
        label="Amount"
        hint="In the campaign's currency. Your shop redeems it through the API, in part or in full."
        inputmode="decimal"
        placeholder="10"
      />
    ),
  },
};

const MESSAGE_SHOWN_MAX = 120;
const short = (text: string) => (text.length > MESSAGE_SHOWN_MAX ? `${text.slice(0, MESSAGE_SHOWN_MAX)}…` : text);

export const RewardWords = ({ reward }: { reward: Reward }) => {
  const { type, coupon, redirect_url, custom_message } = reward;
  if (coupon !== null) return <code>{coupon}</code>;
  const words = amountOf(reward, "en") ?? redirect_url ?? short(plainText(custom_message ?? ""));
  return <>{words || kindWords[type].unset}</>;
};

const STATUS = {
  held: ["plain", "Held"],
  pending: ["warn", "Pending"],
  fulfilled: ["good", "Given"],
  revoked: ["plain", "Revoked"],
  expired: ["plain", "Expired"],
} as const;
export const rewardStatusName = (status: Reward["status"]) => STATUS[status][1];

export const RewardBadge = ({ status }: { status: Reward["status"] }) => {
  const [tone, said] = STATUS[status];
  return <Badge tone={tone}>{said}</Badge>;
};

/** A participant, with a link to their page. Erased participants have neither a name nor an email. */
export const Person = ({ id, name, email }: { id: number; name: string | null; email: string | null }) =>
  email === null ? (
    <span class="quiet">Erased (no. {id})</span>
  ) : (
    <>
      <a href={`/participants/${id}`}>{name || <Email of={email} />}</a>
      {name && (
        <div class="quiet">
          <Email of={email} />
        </div>
      )}
    </>
  );
