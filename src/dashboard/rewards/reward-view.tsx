import { isGift } from "../../../drizzle/schema";
import { campaignLabel } from "../../campaigns/campaign-choice";
import { kindFacts } from "../../ledger/records/reward-kinds";
import { isLost, type RewardEntry } from "../../ledger/records/reward-schema";
import { reasonInWords } from "../../participants/transfers/transfer-words";
import { Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { shownAmount } from "../ui/money";
import { Card, Head, Time } from "../ui/parts";
import { kindWords, Person, RewardBadge, RewardWords, rewardStatusName } from "../ui/reward-words";
import { HeldFor } from "./reward-columns";
import type { RewardPage } from "./reward-list";
import { REWARDS } from "./reward-list-view";

type Props = { reward: RewardPage; form: Form<unknown>; mayChange: boolean };

export const RewardView = ({ reward, form, mayChange }: Props) => (
  <>
    <Head
      crumbs={[
        [REWARDS, "Rewards"],
        [`/campaigns/${reward.campaign_id}/rewards`, reward.campaign_name ?? "Campaign"],
      ]}
      title={`${kindWords[reward.type].name} reward`}
      about={
        <>
          <a href={`/campaigns/${reward.campaign_id}/rewards`}>
            {campaignLabel({ name: reward.campaign_name ?? "Campaign", brand_name: reward.brand_name })}
          </a>{" "}
          <RewardBadge status={reward.status} />
        </>
      }
    />
    <div class="halves">
      <About reward={reward} />
      <Card title="Timeline">
        <ol class="timeline">
          {reward.entries.map((entry) => (
            <li>
              <Time at={entry.at} />
              <Step entry={entry} currency={reward.currency} />
            </li>
          ))}
        </ol>
      </Card>
    </div>
    {mayChange && !isLost(reward.status) && <Change reward={reward} form={form} />}
  </>
);

const About = ({ reward }: { reward: RewardPage }) => (
  <Card title="Reward">
    <dl class="facts">
      <dt>Value</dt>
      <dd>
        <RewardWords reward={reward} />
      </dd>
      <dt>For</dt>
      <dd>
        <Person id={reward.participant_id} name={reward.name} email={reward.email} />
      </dd>
      <dt>Earned by</dt>
      <dd>
        {isGift(reward) ? (
          "Nothing: someone on your team gave it manually"
        ) : reward.conversion_id === null ? (
          reward.role === "invited" ? (
            "Joining through a friend"
          ) : (
            "Reaching the campaign's goal"
          )
        ) : (
          <a href={`/campaigns/${reward.campaign_id}/conversions/${reward.conversion_id}`}>A conversion</a>
        )}
      </dd>
      <dt>Status</dt>
      <dd>
        {rewardStatusName(reward.status)}
        <HeldFor reward={reward} />
      </dd>
      {reward.token_state && (
        <>
          <dt>Transfer</dt>
          <dd>
            <a href={`${REWARDS}/transfers`}>{reward.token_state.replace(/^./, (first) => first.toUpperCase())}</a>{" "}
            {reasonInWords(reward.token_reason)}
          </dd>
        </>
      )}
      {reward.expires_at && (
        <>
          <dt>Expires</dt>
          <dd>
            <Time at={reward.expires_at} />, {reward.type === "credit" ? "what is not redeemed" : "unless it is given"}
          </dd>
        </>
      )}
      {reward.status === "expired" && reward.amount !== null && (
        <>
          <dt>Expired</dt>
          <dd>
            {shownAmount(reward.expired_amount, reward.currency)} of {shownAmount(reward.amount, reward.currency)}
          </dd>
        </>
      )}
      {reward.owed_back > 0 && (
        <>
          <dt>Owed back</dt>
          <dd>{shownAmount(reward.owed_back, reward.currency)} was refunded after it was paid.</dd>
        </>
      )}
      {reward.note && (
        <>
          <dt>Note</dt>
          <dd>{reward.note}</dd>
        </>
      )}
    </dl>
  </Card>
);

/** The ledger's own reasons. Every other reason is a person's note. */
const REASONS: Record<string, string> = {
  earned: "Earned",
  "given by hand": "Given manually",
  "in review": "Held for a review",
  "Denied in a review": "Revoked because a review denied the friend",
  "earned again": "Earned again through other friends",
  approved: "Approved",
  released: "No longer held",
  fulfilled: "Given",
  "code assigned": "Given when codes were added",
  revoked: "Revoked",
  refunded: "Reduced by a refund",
  given_back: "Restored because a refund failed or a dispute was won",
  erased: "Revoked because the participant was erased",
  expired: "Expired",
  "payout undone": "Pending again because its payout was undone",
};

const said = ({ to, from, reason }: RewardEntry) => {
  if (Object.hasOwn(REASONS, reason)) return REASONS[reason];
  const step = to === from ? "Approved" : to === "fulfilled" ? "Given" : "Revoked";
  return `${step}: ${reason}`;
};

const OURSELVES = ["hold", "refund", "expiry", "erasure", "review", "veto"];

/** Who did it, unless the product did. */
function actorOf(by: string | null) {
  if (by === null || OURSELVES.includes(by) || by.startsWith("rule ")) return null;
  return by.startsWith("person ") ? "by your team" : `by the API key ${by}…`;
}

const Step = ({ entry, currency }: { entry: RewardEntry; currency: string }) => {
  const actor = actorOf(entry.by);
  return (
    <span>
      {said(entry)} {actor && <span class="quiet">{actor}</span>}
      {entry.amount !== null && entry.amount !== 0 && (
        <span class="quiet">
          {" "}
          {entry.amount > 0 ? "+" : "−"}
          {shownAmount(Math.abs(entry.amount), currency)}
        </span>
      )}
      {entry.from === null && entry.to === "held" && <span class="quiet"> and held</span>}
    </span>
  );
};

const Change = ({ reward, form }: Omit<Props, "mayChange">) => {
  const isHeld = reward.status === "held";
  return (
    <Card title="Change">
      <form method="post" action={`${REWARDS}/${reward.id}`}>
        <Problems form={form} />
        <div class="field">
          <label for="note">Note</label>
          <input
            id="note"
            name="note"
            value={String(form.values.note ?? "")}
            maxlength={1000}
            placeholder="How it was paid, or why it was revoked"
          />
        </div>
        <div class="inline">
          {isHeld && reward.needs_approval && (
            <button type="submit" name="status" value="approved">
              Approve
            </button>
          )}
          {reward.status === "pending" && kindFacts(reward.type).fulfilled !== "by code" && (
            <button type="submit" name="status" value="fulfilled">
              Mark as paid
            </button>
          )}
          <details class="confirm">
            <summary class="button danger">Revoke</summary>
            <div class="card">
              <p>It stays revoked, and its coupon is never reused. Explain why in the note.</p>
              <button type="submit" name="status" value="revoked" class="button danger solid">
                Yes, revoke it
              </button>
            </div>
          </details>
        </div>
      </form>
    </Card>
  );
};
