import type { Reward } from "../../ledger/reward-schema";
import { plainText } from "../../lib/richtext";
import { Badge } from "./parts";

const DOLLARS = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const money = (value: number) => DOLLARS.format(value);

/** What rewards are called, by the number of their type. */
export const typeNames = { 1: "Coupon", 2: "Link", 3: "Message", 4: "Token", 5: "Cash" } as const;

const MESSAGE_SHOWN_MAX = 120;
const short = (text: string) => (text.length > MESSAGE_SHOWN_MAX ? `${text.slice(0, MESSAGE_SHOWN_MAX)}…` : text);

/** What somebody gets by a reward, in few words. */
export const RewardWords = ({ reward }: { reward: Reward }) => {
  switch (reward.type) {
    case "coupon":
      return reward.coupon === null ? <>A coupon, once there is one</> : <code>{reward.coupon}</code>;
    case "cash":
      return <>{reward.cash_value === null ? "Cash, without an amount" : money(reward.cash_value)}</>;
    case "redirect":
      return <>{reward.redirect_url ?? "A link that is not set"}</>;
    case "message":
      return <>{reward.custom_message ? short(plainText(reward.custom_message)) : "A message that is not set"}</>;
    case "token":
      return <>{[reward.token_amount, reward.token_symbol].filter(Boolean).join(" ") || "A token"}</>;
  }
};

const STATUS = {
  pending: ["warn", "Pending"],
  fulfilled: ["good", "Given"],
  revoked: ["plain", "Revoked"],
} as const;
export const rewardStatusName = (status: Reward["status"]) => STATUS[status][1];

export const RewardBadge = ({ status }: { status: Reward["status"] }) => {
  const [tone, said] = STATUS[status];
  return <Badge tone={tone}>{said}</Badge>;
};

/** Somebody of the account's, with the way to his page. Who was erased has neither name nor address. */
export const Person = ({ id, name, email }: { id: number; name: string | null; email: string | null }) =>
  email === null ? (
    <span class="quiet">Erased (no. {id})</span>
  ) : (
    <>
      <a href={`/participants/${id}`}>{name || email}</a>
      {name && <div class="quiet">{email}</div>}
    </>
  );
