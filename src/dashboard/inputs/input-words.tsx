import type { InputKind } from "../../../drizzle/schema/inputs";
import type { InputEvent } from "../../participants/inputs/input-schema";
import { providers } from "../../participants/inputs/providers";
import { Badge } from "../ui/parts";

export const kindOptions = Object.entries(providers).map(([kind, { name }]) => [kind, name] as const);

/**
 * How to set up a provider: where to enter the URL, where to find its secret, and how a payment names the buyer's
 * referrer.
 */
export const guides: Record<InputKind, { steps: string[]; secret: string; who: string; test: string }> = {
  stripe: {
    steps: [
      "In Stripe, open Workbench, Webhooks, and add a destination with this URL.",
      "Select the event types below.",
    ],
    secret: "The destination's signing secret. It starts with whsec_.",
    who: "Set client_reference_id of the Checkout Session, or metadata.referral_code, to the referral code. For later payments of a subscription, set metadata.referral_code of the subscription.",
    test: "Stripe signs test events with a different secret, so create another input for them.",
  },
  shopify: {
    steps: [
      "In Shopify, open Settings, Notifications, Webhooks, and create a webhook with this URL for each topic below, in JSON format.",
    ],
    secret: "Shopify shows it below the list of webhooks. For an app, it is the client secret.",
    who: "Orders from visitors who came through a share link are recognized by its ref parameter. You can also add the cart attribute referral_code.",
    test: "Orders paid with a test gateway are test orders.",
  },
  paddle: {
    steps: [
      "In Paddle, open Developer tools, Notifications, and create a destination with this URL.",
      "Select the event types below.",
    ],
    secret: "The destination's secret key. It starts with pdl_ntfset_.",
    who: "Pass customData with referral_code to the checkout.",
    test: "Paddle's events do not show whether they come from the sandbox, so use another campaign for it.",
  },
  lemonsqueezy: {
    steps: [
      "In Lemon Squeezy, open Settings, Webhooks, and create a webhook with this URL.",
      "Select the event types below.",
    ],
    secret: "Choose a secret of 6 to 40 characters. Enter it there, then here.",
    who: "Add checkout[custom][referral_code] to the checkout's URL.",
    test: "Orders in test mode are test orders.",
  },
};

const statuses = {
  pending: { said: "Pending", tone: "warn" },
  done: { said: "Done", tone: "good" },
  ignored: { said: "Ignored", tone: "plain" },
  failed: { said: "Failed", tone: "bad" },
} as const;

export const EventBadge = ({ status }: Pick<InputEvent, "status">) => (
  <Badge tone={statuses[status].tone}>{statuses[status].said}</Badge>
);

export const actWords = { sale: "Payment", refund: "Refund", link: "Payment ID" } as const;
