import type { Child } from "hono/jsx";
import { Badge, Card, count } from "../ui/parts";
import type { Concern } from "./home";

const SHOWN = 6;

type Told = { badge: [tone: "warn" | "bad" | "plain", label: string]; text: Child; href: string; action: string };

function told(concern: Concern): Told {
  switch (concern.kind) {
    case "webhook_off":
      return {
        badge: ["bad", "Switched off"],
        text: `The webhook to ${concern.host} failed for days and gets no events any more.`,
        href: `/webhooks/${concern.id}`,
        action: "See why",
      };
    case "webhook_failing":
      return {
        badge: ["warn", "Failing"],
        text: `The webhook to ${concern.host} does not take what we send.`,
        href: `/webhooks/${concern.id}`,
        action: "See why",
      };
    case "coupons_out":
      return {
        badge: concern.waiting > 0 ? ["bad", "No coupons"] : ["warn", "No coupons"],
        text: outText(concern),
        href: `/campaigns/${concern.campaign.id}/coupons`,
        action: "Upload codes",
      };
    case "coupons_low":
      return {
        badge: ["warn", "Coupons low"],
        text: `${concern.campaign.name} has ${count(concern.available)} ${concern.available === 1 ? "code" : "codes"} left.`,
        href: `/campaigns/${concern.campaign.id}/coupons`,
        action: "Upload codes",
      };
    case "owed":
      return {
        badge: ["plain", "To be paid"],
        text: `${concern.campaign.name} has rewards to pay out.`,
        href: `/rewards?campaign_id=${concern.campaign.id}&status=pending`,
        action: "Review payouts",
      };
  }
}

function outText({ campaign, waiting, is_new }: Extract<Concern, { kind: "coupons_out" }>) {
  const what = `${campaign.name} gives coupons and has ${is_new ? "none yet" : "none left"}`;
  return waiting > 0 ? `${what}: ${count(waiting)} ${waiting === 1 ? "reward waits" : "rewards wait"}.` : `${what}.`;
}

const UNVERIFIED: Told = {
  badge: ["warn", "Not verified"],
  text: "We do not know yet that your mail address is yours. The link is in the mail that we sent.",
  href: "/account",
  action: "Send it again",
};

/** Where mails do not leave the machine, the link is on it. */
const UNVERIFIED_HERE: Told = {
  ...UNVERIFIED,
  text: "We do not know yet that your mail address is yours. Mails stay on this machine: the link is in one of them.",
  href: "/dev/mail",
  action: "Open the mails",
};

type Props = { concerns: Concern[]; isVerified: boolean; areMailsHere: boolean };

/** What needs attention, each with the way to where it is mended. */
export const Concerns = ({ concerns, isVerified, areMailsHere }: Props) => {
  const all = [...(isVerified ? [] : [areMailsHere ? UNVERIFIED_HERE : UNVERIFIED]), ...concerns.map(told)];
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
