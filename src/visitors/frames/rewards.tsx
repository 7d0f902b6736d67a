import { amountOf } from "../../ledger/records/earned-reward";
import { amountFieldsOf } from "../../ledger/records/reward-fields";
import { kindNames } from "../../ledger/records/reward-kinds";
import { Rich } from "../../lib/html";
import { dayIn, fill, type Texts } from "../../texts/text";
import { CopyIcon, GiftIcon } from "./icons";
import type { Me } from "./me";

type Reward = Me["rewards"][number];
type RewardsProps = { me: Me | null; texts: Texts; language: string; level: number };

/** The fields of each kind's amount. The script formats them like `amountOf`. */
const AMOUNTS = JSON.stringify(
  Object.fromEntries(kindNames.map((kind) => [kind, amountFieldsOf(kind)]).filter(([, fields]) => fields?.length)),
);

const short = (address: string) => `${address.slice(0, 8)}…${address.slice(-6)}`;

/** The participant's rewards. The script creates its items from the template. */
export function Rewards({ me, texts, language, level }: RewardsProps) {
  const shown = me?.rewards ?? [];
  return (
    <div class="panel-rewards" data-rewards data-amounts={AMOUNTS} hidden={shown.length === 0 && !me?.limit}>
      {/* biome-ignore lint/a11y/useSemanticElements: the level depends on the page around it. */}
      <div class="panel-label" role="heading" aria-level={level}>
        {texts.your_rewards}
      </div>
      <ul data-list="rewards">
        {shown.map((reward) => (
          <RewardItem reward={reward} texts={texts} language={language} />
        ))}
      </ul>
      {me?.wallet && (
        <p class="panel-left">
          <a href={me.wallet.path}>{me.wallet.address === null ? texts.wallet_missing : texts.wallet_known}</a>
          {me.wallet.address !== null && <span dir="ltr">: {short(me.wallet.address)}</span>}
        </p>
      )}
      <p class="panel-left" data-limit hidden={!me?.limit}>
        {me?.limit && texts[`limit_${me.limit}`]}
      </p>
      <template data-item="rewards">
        <RewardItem reward={null} texts={texts} language={language} />
      </template>
    </div>
  );
}

function RewardItem({ reward, texts, language }: { reward: Reward | null; texts: Texts; language: string }) {
  const words = reward && told(reward, texts, language);
  const message = reward?.custom_message;
  const redirect = reward?.redirect_url;
  const last = reward?.coupon && reward.coupon_last_day;
  const validity = last && fill(texts.coupon_valid, { day: dayIn(language, new Date(last)) });
  return (
    <li class="panel-reward">
      <span class="panel-badge small">
        <GiftIcon />
      </span>
      <div>
        <p class="panel-why" data-reward="why">
          {reward && (reward.role === "invited" ? texts.reward_invited : texts.reward_referrer)}
        </p>
        <p data-reward="words" hidden={!words}>
          {words}
        </p>
        <div class="panel-message" data-reward="message" hidden={!message}>
          {message && <Rich text={message} />}
        </div>
        <p class="panel-coupon" data-reward="coupon" hidden={!reward?.coupon}>
          <code data-reward="code" dir="ltr">
            {reward?.coupon}
          </code>
          <button class="panel-quiet" type="button" data-copy-coupon hidden>
            <CopyIcon />
            <span data-copy-label>{texts.copy}</span>
          </button>
        </p>
        <p class="panel-why" data-reward="validity" hidden={!validity}>
          {validity}
        </p>
        <a
          class="panel-button small"
          href={redirect ?? undefined}
          target="_blank"
          rel="noopener noreferrer"
          data-reward="redirect"
          hidden={!redirect}
        >
          <span>{texts.reward_redirect}</span>
        </a>
      </div>
    </li>
  );
}

/** What to say about a reward besides its value: what it is worth, and why the participant does not have it yet. */
function told(reward: Reward, texts: Texts, language: string): string | null {
  const amount = amountOf(reward, language);
  const why = whyNot(reward, texts, language);
  const end = reward.expires_at && fill(texts.reward_expires, { day: dayIn(language, new Date(reward.expires_at)) });
  const ending = (words: string) => (end ? `${words} ${end}` : words);
  if (amount === null) return why ?? (reward.status === "pending" ? ending(texts.reward_waiting) : null);
  if (why !== null) return `${amount} · ${why}`;
  if (reward.status === "pending") return ending(fill(texts.reward_owed, { amount }));
  return ending(fill(reward.type === "credit" ? texts.reward_credit : texts.reward_paid, { amount }));
}

/** Why a reward is held or lost. Does not reveal what the review found, because that would help cheaters. */
function whyNot(
  { why, confirm_email, status, held_until, expired_amount, amount }: Reward,
  texts: Texts,
  language: string,
): string | null {
  if (status === "expired") return expired_amount < (amount ?? 0) ? texts.reward_rest_expired : texts.reward_expired;
  if (why === "days" && held_until !== null)
    return fill(texts.reward_held, { day: dayIn(language, new Date(held_until)) });
  if (confirm_email) return texts.reward_confirm;
  return why === null ? null : texts[WHYS[why]];
}

const WHYS = {
  days: "reward_unapproved",
  approval: "reward_unapproved",
  review: "reward_checking",
  not_counted: "reward_not_counted",
  gone: "reward_revoked",
} as const satisfies Record<NonNullable<Reward["why"]>, keyof Texts>;
