import { widgetDefaults } from "../../campaigns/widget/widget-schema";
import type { Page } from "../../lib/html";
import type { Person } from "../../participants/confirmations/confirmation";
import { fill, textsOf } from "../../texts/text";
import { Act, card } from "../frames/card";
import { CheckIcon, MailIcon } from "../frames/icons";

/** Asks the visitor to click a button. */
export function askPage({ widget, campaign_name, brand_name, is_joining }: Person, language: string): Page {
  const texts = textsOf(language, widget.texts);
  return card(widget, {
    language,
    title: texts.confirm_title,
    help: fill(is_joining ? texts.confirm_help : texts.confirm_proof_help, { campaign_name, brand_name }),
    icon: <MailIcon />,
    action: <Act words={texts.confirm_button} />,
  });
}

/** A participant who only answered a review had joined before. */
export function thanksPage({ widget, has_joined_by_it }: Person, language: string, statusUrl: string): Page {
  const texts = textsOf(language, widget.texts);
  return card(widget, {
    language,
    title: has_joined_by_it ? texts.confirmed_title : texts.confirmed_proof_title,
    help: has_joined_by_it ? texts.confirmed_help : texts.confirmed_proof_help,
    icon: <CheckIcon />,
    action: (
      <a class="panel-button" href={statusUrl}>
        {texts.confirmed_button}
      </a>
    ),
  });
}

/** The page for an invalid or expired link. */
export function gonePage(language: string): Page {
  const texts = textsOf(language);
  return card(
    { ...widgetDefaults, campaign_id: 0 },
    { language, title: texts.confirm_gone, help: texts.confirm_gone_help, icon: <MailIcon /> },
  );
}
