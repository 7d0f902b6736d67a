import type { CampaignStatus } from "../ledger/records/lifecycle";
import { dayIn, fill, type Texts } from "../texts/text";

type Closed = { status: CampaignStatus; starts_at: string | null };

/** The text that visitors see while a campaign is not live. Empty if it is live. */
export function closedWords({ status, starts_at }: Closed, texts: Texts, language: string) {
  switch (status) {
    case "live":
      return { title: "", text: "" };
    case "draft":
      return { title: texts.closed_draft, text: texts.closed_draft_text };
    case "scheduled": {
      const day = dayIn(language, new Date(starts_at ?? 0));
      return { title: texts.closed_scheduled, text: fill(texts.closed_scheduled_text, { day }) };
    }
    case "paused":
      return { title: texts.closed_paused, text: texts.closed_paused_text };
    case "ended":
    case "archived":
      return { title: texts.closed_ended, text: texts.closed_ended_text };
  }
}
