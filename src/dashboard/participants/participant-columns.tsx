import { CampaignLink } from "../ui/campaign-link";
import { Email } from "../ui/email";
import type { ListColumn } from "../ui/list-columns";
import { Badge, count, Time } from "../ui/parts";
import type { PeopleQuery } from "./participant-forms";
import type { Listed } from "./participant-list-store";

/** Columns that only the file has, created per participant. */
export type Filed = Listed & { share_url: string; aliases: string | null };

export const StatusBadge = ({ status }: { status: string }) => (
  <Badge tone={status === "active" ? "good" : status === "pending" ? "warn" : "bad"}>{status}</Badge>
);

/** The list of participants, on the page and as a file. */
export const participantColumns: (ListColumn<Listed, NonNullable<PeopleQuery["sort"]>, Filed> & { about: string })[] = [
  { name: "id", about: "the participant's ID", value: ({ id }) => id },
  {
    name: "email",
    about: "email address",
    value: ({ email }) => email,
    page: {
      at: 1,
      heading: "Participant",
      cell: ({ id, name, email }) => (
        <>
          <a class="person" href={`/participants/${id}`}>
            {name || <Email of={email} />}
          </a>
          {name && (
            <div class="quiet">
              <Email of={email} />
            </div>
          )}
        </>
      ),
    },
  },
  { name: "name", about: "name", value: ({ name }) => name },
  { name: "campaign_id", about: "the campaign's ID", value: ({ campaign_id }) => campaign_id },
  {
    name: "campaign",
    about: "the campaign's name",
    value: ({ campaign_name }) => campaign_name,
    page: {
      at: 2,
      heading: "Campaign",
      cell: ({ campaign_id, campaign_name }) => (
        <CampaignLink id={campaign_id} name={campaign_name} tab="/participants" />
      ),
    },
  },
  { name: "brand", about: "the brand's name", value: ({ brand_name }) => brand_name },
  {
    name: "status",
    about: "active, pending, or blocked",
    value: ({ status }) => status,
    page: { at: 5, heading: "Status", cell: ({ status }) => <StatusBadge status={status} /> },
  },
  {
    name: "date_signedup",
    about: "signup time, ISO 8601 in UTC",
    value: ({ date_signedup }) => date_signedup,
    page: {
      at: 6,
      heading: "Signed up",
      sort: { down: "newest" },
      cell: ({ date_signedup }) => <Time at={date_signedup} />,
    },
  },
  {
    name: "referral_count",
    about: "friends who signed up through their links",
    value: ({ referral_count }) => referral_count,
    page: {
      at: 3,
      heading: "Referrals",
      isNumber: true,
      sort: { down: "referrals" },
      cell: ({ referral_count }) => count(referral_count),
    },
  },
  {
    name: "click_count",
    about: "clicks on those links",
    value: ({ click_count }) => click_count,
    page: { at: 4, heading: "Clicks", isNumber: true, cell: ({ click_count }) => count(click_count) },
  },
  {
    name: "share_count",
    about: "channels shared on, including the direct link once it was copied, sent, or clicked",
    value: ({ share_count }) => share_count,
  },
  { name: "invited_by", about: "ID of their referrer", value: ({ invited_by }) => invited_by },
  {
    name: "invited_social",
    about: "channel of the referral: 1 Facebook, 2 X, 3 LinkedIn, 4 email, 5 WhatsApp, 6 direct",
    value: ({ invited_social }) => invited_social,
  },
  { name: "share_url", about: "share link", value: ({ share_url }) => share_url },
  { name: "referral_url", about: "page of the signup", value: ({ referral_url }) => referral_url },
  { name: "external_id", about: "your own ID for the participant", value: ({ external_id }) => external_id },
  {
    name: "metadata",
    about: "your own data, as JSON",
    value: ({ metadata }) => (metadata === null ? null : JSON.stringify(metadata)),
  },
  { name: "aliases", about: "their referral codes from other products", value: ({ aliases }) => aliases },
  { name: "checkout_code", about: "what friends type at checkout", value: ({ checkout_code }) => checkout_code },
];
