import { isGift } from "../../../drizzle/schema";
import type { PageContext } from "../../auth/page-session";
import { campaignLabel } from "../../campaigns/campaign-choice";
import { inMajorUnits } from "../../lib/currency";
import { moneyIn } from "../../texts/text";
import { Email } from "../ui/email";
import type { Form } from "../ui/form";
import { Badge, Card, Copy, count, Head, Stat, Stats, Table, Time } from "../ui/parts";
import { kindWords, RewardBadge, RewardWords } from "../ui/reward-words";
import { StatusBadge } from "./participant-columns";
import { type Ancestor, BROUGHT_SHOWN, type Person } from "./participant-detail";
import { Edit, Erase } from "./participant-edit";
import { Channels, Sent } from "./participant-sent";

const nameOf = ({ name, email }: { name: string | null; email: string | null }) =>
  name || email || "Erased participant";

export const PersonBody = ({ c, person, form }: { c: PageContext; person: Person; form: Form<unknown> }) => {
  const { details } = person;
  const mayChange = c.var.session.role !== "viewer";
  return (
    <>
      <Head
        crumbs={[
          [`/campaigns/${details.campaign_id}`, person.campaign_name],
          [`/campaigns/${details.campaign_id}/participants`, "Participants"],
        ]}
        title={nameOf(details)}
        about={
          <>
            {details.name && (
              <>
                <Email of={details.email} /> ·{" "}
              </>
            )}
            <a href={`/campaigns/${details.campaign_id}/participants`}>
              {campaignLabel({ name: person.campaign_name, brand_name: person.brand_name })}
            </a>{" "}
            <StatusBadge status={details.status} />
            {person.confirmation === "waiting" && <Badge tone="warn">email not confirmed</Badge>}
          </>
        }
      >
        {mayChange && details.status === "active" && (
          <a class="button" href={`/participants/${details.id}/reward`}>
            Give a reward
          </a>
        )}
        {mayChange && <StatusButtons person={person} />}
      </Head>
      <Stats>
        <Stat label="Referrals" value={details.referral_count} />
        <Stat label="Clicks" value={details.click_count} />
        <Stat label="Channels" value={details.share_count} />
        <Stat label="Rewards" value={details.total_rewards} />
        {person.balances.map(({ balance, currency }) => (
          <Stat label="Store credit left" value={moneyIn("en", inMajorUnits(balance, currency), currency)} />
        ))}
        <Stat label="Rank" value={person.rank ?? "–"} />
      </Stats>
      <Card title="Share link">
        <Copy value={details.share_url} label="the link" />
        {details.checkout_code && (
          <p>
            Checkout code: <code>{details.checkout_code}</code>
          </p>
        )}
        {details.wallet_address && (
          <p>
            Wallet: <code>{details.wallet_address}</code>
          </p>
        )}
        {details.aliases.length > 0 && (
          <p class="quiet">
            Codes from another product: {details.aliases.join(", ")}. Old links with these codes still count.
          </p>
        )}
      </Card>
      <div class="halves">
        <Tree person={person} mayChange={mayChange} />
        <Timeline person={person} />
      </div>
      <Rewards person={person} />
      <div class="halves">
        <Channels person={person} />
        <Sent person={person} mayChange={mayChange} />
      </div>
      {mayChange && <Edit person={person} form={form} />}
      {mayChange && <Erase person={person} />}
    </>
  );
};

const StatusButtons = ({ person: { details } }: { person: Person }) => (
  <form method="post" action={`/participants/${details.id}/status`} class="inline">
    {details.status !== "active" && (
      <button type="submit" name="status" value="active" class="button">
        Activate
      </button>
    )}
    {details.status !== "blocked" && (
      <button type="submit" name="status" value="blocked" class="button danger">
        Block
      </button>
    )}
  </form>
);

const Someone = ({ of }: { of: Ancestor }) =>
  of.email === null ? (
    <span class="quiet">An erased participant</span>
  ) : (
    <a href={`/participants/${of.id}`}>{of.name || <Email of={of.email} />}</a>
  );

/** Two generations up, one down. */
const Tree = ({
  person: { details, ancestors, brought, hasBroughtMore },
  mayChange,
}: {
  person: Person;
  mayChange: boolean;
}) => {
  const below = (
    <li>
      <strong>{nameOf(details)}</strong>
      {brought.length > 0 && (
        <ul>
          {brought.map((friend) => (
            <li>
              <Someone of={friend} /> {friend.status !== "active" && <StatusBadge status={friend.status} />}{" "}
              {friend.referral_count > 0 && <span class="quiet">referred {count(friend.referral_count)}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
  const tree = ancestors.reduceRight(
    (inner, ancestor) => (
      <li>
        <Someone of={ancestor} />
        <ul>{inner}</ul>
      </li>
    ),
    below,
  );
  return (
    <Card
      title="Referral tree"
      actions={mayChange && <a href={`/participants/${details.id}/referrer`}>Change the referrer</a>}
    >
      <ul class="tree" tabindex={0}>
        {tree}
      </ul>
      {ancestors.length === 0 && brought.length === 0 && <p class="quiet">No referrer and no referrals yet.</p>}
      {hasBroughtMore && (
        <p>
          The newest {BROUGHT_SHOWN} are shown. <a href={`/participants?invited_by=${details.id}`}>Show all</a>
        </p>
      )}
    </Card>
  );
};

const Timeline = ({ person: { timeline } }: { person: Person }) => (
  <Card title="Timeline">
    <ol class="timeline" tabindex={0}>
      {timeline.map(({ at, what, person }) => (
        <li>
          <Time at={at} />
          <span>
            {what} {person && <a href={`/participants/${person.id}`}>{person.name}</a>}
          </span>
        </li>
      ))}
    </ol>
  </Card>
);

/** Why they got no reward, and what would change that. */
const WhyNot = ({ whys }: Pick<Person, "whys">) => (
  <ul class="decisions">
    {whys.map(({ said, change, href }) => (
      <li>
        <p class="rule-sentence">{said}</p>
        {change && <p class="quiet">{href ? <a href={href}>{change}</a> : change}</p>}
      </li>
    ))}
  </ul>
);

const Rewards = ({ person: { details, whys, hasConversions } }: { person: Person }) => (
  <Card
    title="Rewards"
    actions={
      <>
        {hasConversions && (
          <a href={`/campaigns/${details.campaign_id}/conversions?participant_id=${details.id}`}>Their conversions</a>
        )}{" "}
        <a href={`/campaigns/${details.campaign_id}/decisions?participant_id=${details.id}`}>Every decision</a>
      </>
    }
  >
    {whys.length > 0 && <WhyNot whys={whys} />}
    {details.rewards.length === 0 ? (
      whys.length === 0 && <p class="quiet">None yet.</p>
    ) : (
      <Table label="Rewards" columns={["Reward", "For", "Status", "Earned", "Given"]}>
        {details.rewards.map((reward) => (
          <tr>
            <td>
              <a class="person" href={`/rewards/${reward.id}`}>
                {kindWords[reward.type].name}: <RewardWords reward={reward} />
              </a>
            </td>
            <td>
              {isGift(reward)
                ? "Given manually"
                : reward.role === "referrer"
                  ? "Bringing friends"
                  : "Joining through a friend"}
            </td>
            <td>
              <RewardBadge status={reward.status} />
            </td>
            <td>
              <Time at={reward.date_earned} />
            </td>
            <td>{reward.date_fulfilled ? <Time at={reward.date_fulfilled} /> : <span class="quiet">not yet</span>}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);
