import { useCallback, useEffect, useState } from "react";
import { ask, type Channel, type ReferralError, SOCIAL_TYPES } from "./referral-api.js";

/** A form field besides name and email. A `consent` is a checkbox about the page at `url`. */
export type FormField = {
  key: string;
  type: "text" | "phone" | "select" | "checkbox" | "consent";
  label: string;
  required: boolean;
  options: string[];
  url: string | null;
};

/** A campaign's public data. */
export type Campaign = {
  campaign_id: number;
  campaign_name: string;
  brand_name: string;
  brand_logo_url: string | null;
  /** Visitors can join only while it is `live`. */
  status: "draft" | "scheduled" | "live" | "paused" | "ended" | "archived";
  goal: { type: "signup" | "visit"; target: number };
  /** The rewards of friends (`invited`) and of participants who reach their goal. */
  reward: {
    type: string;
    invited: boolean;
    title: string | null;
    image_url: string | null;
    cash_value: number | null;
    credit_value: number | null;
    currency: string;
    [field: string]: unknown;
  };
  widget: {
    fields: FormField[];
    terms_url: string | null;
    share_messages: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
};

export type CampaignState = {
  /** Null until it has loaded, and on the server. */
  campaign: Campaign | null;
  /** The form's questions besides name and email. */
  fields: FormField[];
  error: ReferralError | null;
  /** The campaign's message for a channel, with the participant's first name. Empty if the campaign has none of its own. */
  messageFor(channel: Channel, name?: string | null): string;
};

/** The campaign's texts and questions, for your own form and share buttons. */
export function useCampaign({ campaign: id, baseUrl }: { campaign: number | string; baseUrl: string }): CampaignState {
  const [{ campaign, error }, setState] = useState<Pick<CampaignState, "campaign" | "error">>({
    campaign: null,
    error: null,
  });
  useEffect(() => {
    let isOver = false;
    const keep = (state: Pick<CampaignState, "campaign" | "error">) => {
      if (!isOver) setState(state);
    };
    ask<Campaign>(baseUrl, `config?campaign_id=${id}`).then(
      (campaign) => keep({ campaign, error: null }),
      (error) => keep({ campaign: null, error }),
    );
    return () => {
      isOver = true;
    };
  }, [id, baseUrl]);

  const messageFor = useCallback(
    (channel: Channel, name?: string | null) => {
      const messages = campaign?.widget.share_messages ?? {};
      const values: Record<string, string | null | undefined> = {
        name: name?.split(" ")[0],
        brand: campaign?.brand_name,
        campaign: campaign?.campaign_name,
        reward: campaign?.reward.title,
      };
      const message = messages[SOCIAL_TYPES[channel]] ?? messages[SOCIAL_TYPES.link] ?? "";
      return message.replace(/\{(name|brand|campaign|reward)\}/g, (_, key: string) => values[key] ?? "");
    },
    [campaign],
  );

  return { campaign, fields: campaign?.widget.fields ?? [], error, messageFor };
}
