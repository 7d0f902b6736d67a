import type { Child } from "hono/jsx";
import { campaignLabel } from "../../campaigns/campaign-choice";
import type { BrandsById } from "../ui/campaign-link";
import { Badge, Card, count } from "../ui/parts";
import type { Concern } from "./home";

const SHOWN = 6;

type Told = { badge: [tone: "warn" | "bad" | "plain", label: string]; text: Child; href: string; action: string };

const labelIn = (brands: BrandsById, { name, brand_id }: { name: string; brand_id: number }) =>
  campaignLabel({ name, brand_name: brands.get(brand_id) });

function told(concern: Concern, brands: BrandsById): Told {
  const campaign = "campaign" in concern ? labelIn(brands, concern.campaign) : "";
  switch (concern.kind) {
    case "webhook_off":
      return {
        badge: ["bad", "Disabled"],
        text: `The webhook to ${concern.host} failed and was disabled.`,
        href: `/webhooks/${concern.id}`,
        action: "See why",
      };
    case "webhook_failing":
      return {
        badge: ["warn", "Failing"],
        text: `The webhook to ${concern.host} is failing.`,
        href: `/webhooks/${concern.id}`,
        action: "See why",
      };
    case "coupons_out":
      return {
        badge: concern.waiting > 0 ? ["bad", "No coupons"] : ["warn", "No coupons"],
        text: outText(campaign, concern),
        href: `/campaigns/${concern.campaign.id}/coupons`,
        action: "Upload codes",
      };
    case "coupons_low":
      return {
        badge: ["warn", "Coupons low"],
        text: `${campaign} has ${count(concern.available)} ${concern.available === 1 ? "code" : "codes"} left.`,
        href: `/campaigns/${concern.campaign.id}/coupons`,
        action: "Upload codes",
      };
    case "in_review":
      return {
        badge: ["warn", "Looks like fraud"],
        text: `${campaign} has referrals or sales waiting for your review.`,
        href: `/reviews?campaign_id=${concern.campaign.id}`,
        action: "Review them",
      };
    case "owed":
      return {
        badge: ["plain", "To be paid"],
        text: `${campaign} has rewards to pay out.`,
        href: `/rewards?campaign_id=${concern.campaign.id}&status=pending`,
        action: "Review payouts",
      };
  }
}

function outText(campaign: string, { waiting, is_new }: Extract<Concern, { kind: "coupons_out" }>) {
  const what = `${campaign} has ${is_new ? "no coupon codes yet" : "no coupon codes left"}`;
  return waiting > 0 ? `${what}: ${count(waiting)} pending ${waiting === 1 ? "reward" : "rewards"}.` : `${what}.`;
}

const UNVERIFIED: Told = {
  badge: ["warn", "Not verified"],
  text: "Verify your email with the link we sent you.",
  href: "/account",
  action: "Resend",
};

/** On a local install, emails do not leave the machine, so the link is on it. */
const UNVERIFIED_HERE: Told = {
  ...UNVERIFIED,
  text: "Verify your email. On a local install, the link is in the test mailbox.",
  href: "/dev/mail",
  action: "Open test mailbox",
};

type Props = { concerns: Concern[]; brands: BrandsById; isVerified: boolean; areMailsHere: boolean };

/** What needs attention, with a link to fix each item. */
export const Concerns = ({ concerns, brands, isVerified, areMailsHere }: Props) => {
  const all = [
    ...(isVerified ? [] : [areMailsHere ? UNVERIFIED_HERE : UNVERIFIED]),
    ...concerns.map((concern) => told(concern, brands)),
  ];
  if (all.length === 0) return null;
  return (
    <Card title="Needs attention">
      <ul class="concerns">
        {all.slice(0, SHOWN).map(({ badge: [tone, label], text, href, action }) => (
          <li>
            <Badge tone={tone}>{label}</Badge>
            <span>{text}</span>
            <a href={href}>{action}</a>
          </li>
        ))}
      </ul>
      {all.length > SHOWN && <p class="quiet">And {count(all.length - SHOWN)} more.</p>}
    </Card>
  );
};
