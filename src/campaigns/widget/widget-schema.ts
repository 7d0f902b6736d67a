import { z } from "zod";
import { SocialType, SocialTypeIn } from "../../ledger/records/participant-schema";
import { socialTypes } from "../../ledger/records/referral-code";
import { Flag, integer, line, WebUrl } from "../../lib/fields";
import { richText } from "../../lib/richtext";
import { background, kinds, oneOf, side, wholeNumber } from "../../lib/settings";
import { languages } from "../../texts/languages";
import { FormFields, ShownField } from "../form-field";

const { color, count, flag, font, image, moment, text } = kinds;

const TEXTS_MAX = 100;

const pixels = (min: number, max: number) => ({
  in: integer(min, max).nullable(),
  out: z.int().nullable().meta({ description: "In pixels. Null: adapts to the available space." }),
});

const TurnstileKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "must be a Cloudflare Turnstile key")
  .nullable();

const fields = {
  placement: oneOf(
    { id: "WidgetPlacement", description: "Where the widget appears." },
    "embed",
    "popup",
    "floating",
    "topbar",
  ),
  template_id: wholeNumber(1, 100),
  font_family: font,
  color: color,
  header_title: text,
  header_font_color: color,
  header_description_color: color,
  header_background_type: background,
  description: text,
  body_text: text,
  text_color: color,
  field_label_1: text,
  field_label_2: text,
  button_text: text,
  button_color: color,
  join_button_text: text,
  success_message: text,
  banner_image_url: image,
  left_image: image,
  background_type: background,
  background_color: color,
  background_image: image,
  popup_button_text: text,
  popup_button_color: color,
  popup_button_position: oneOf(
    { id: "WidgetButtonPosition", description: "The corner of the launcher button." },
    "bottom-right",
    "bottom-left",
  ),
  popup_button_offset: {
    in: integer(0, 400).meta({
      description:
        "Pixels between the launcher button and the bottom of the window, such as to leave room for a chat button.",
    }),
    out: z.int(),
  },
  widget_width: pixels(120, 4000),
  widget_height: pixels(80, 4000),
  socials_allowed: {
    in: z
      .array(SocialTypeIn)
      .max(20)
      .transform((types) => [...new Set(types)])
      .meta({
        type: "array",
        items: { type: "integer", enum: [...socialTypes], minimum: 1, maximum: socialTypes.length },
        description: "Social types offered for sharing. Empty: all.",
      }),
    out: z.array(SocialType),
  },
  share_messages: {
    in: z.record(z.string().regex(/^([1-9]|1[0-2])$/, "must be a social type"), line(500)).meta({
      type: "object",
      additionalProperties: { type: "string", maxLength: 500 },
      description:
        "Share messages by social type, replacing `texts.share_message`. Placeholders: `{name}` is the participant's short name; `{brand}`, `{campaign}`, and `{reward}` (the friend's reward) also work. The link follows the message. The object is replaced as a whole.",
      example: { "5": "{name} here: join {brand} and get {reward}" },
    }),
    out: z.record(z.string(), z.string()),
  },
  fields: {
    in: FormFields.meta({
      description:
        "Form fields besides name and email. The answers appear in the participant's `metadata`, in webhooks, and in exports.",
    }),
    out: z.array(ShownField),
  },
  terms_url: {
    in: WebUrl.nullable().meta({ description: "A link to your terms, below the form's button." }),
    out: z.string().nullable(),
  },
  own_words: {
    in: Flag.meta({ description: "Whether participants can choose a custom word for their link, like `/t/42/rita`." }),
    out: z.boolean(),
  },
  stats_on: flag,
  stats_start_participants: count,
  stats_start_shares: count,
  stats_start_clicks: count,
  stats_start_impressions: count,
  leaderboard_on: {
    in: Flag.nullable().meta({
      description: "Whether visitors see the leaderboard, with shortened names. Null: only if the campaign is public.",
    }),
    out: z.boolean().nullable(),
  },
  allow_countdown: flag,
  countdown_end: moment,
  language: {
    in: z
      .string()
      .regex(/^(auto|[a-z]{2,3}(-[A-Za-z0-9]{1,8})*)$/, 'must be "auto" or a language tag like en or pt-BR')
      .max(35)
      .meta({
        description: `The widget's language: a language tag, or \`auto\` for each visitor's own language (from \`Accept-Language\`; emails use the language at signup). Texts exist for ${Object.keys(languages).join(", ")}. \`de-x-formal\` is German with Sie, and \`pt\` is Brazilian. Other languages use English unless \`texts\` provides them. Unset texts use this language.`,
        examples: ["auto", "de"],
      }),
    out: z.string(),
  },
  texts: {
    in: z
      .record(z.string().regex(/^[a-z][a-z0-9_.-]{0,59}$/), richText(1000))
      .refine((texts) => Object.keys(texts).length <= TEXTS_MAX, `must have at most ${TEXTS_MAX} entries`)
      .meta({
        description: "Replacements for the widget's other default texts, by name. The object is replaced as a whole.",
      }),
    out: z.record(z.string(), z.string()),
  },
  turnstile_site_key: {
    in: TurnstileKey.meta({
      description: "If both Turnstile keys are set, visitors to the widget and the hosted pages must pass Turnstile.",
    }),
    out: z.string().nullable(),
  },
  block_disposable: {
    in: Flag.meta({ description: "Whether disposable email addresses are blocked." }),
    out: z.boolean(),
  },
};

/** Write-only settings. */
const secrets = {
  turnstile_secret: TurnstileKey.meta({
    description: "The secret key of the same Turnstile widget. Stored encrypted and never returned. Null removes it.",
  }),
};

export const WidgetChange = z
  .object({ ...side(fields, "in"), ...secrets })
  .partial()
  .meta({ id: "WidgetChange", description: "The widget settings to change." });
export type WidgetChange = z.infer<typeof WidgetChange>;

const gate = { turnstile_site_key: true, turnstile_secret: true, block_disposable: true } as const;

/** Signup checks take effect immediately. All other settings can be saved as a draft first. */
export const WidgetGate = WidgetChange.pick(gate);
export const WidgetLooks = WidgetChange.omit(gate);
export type WidgetLooks = z.infer<typeof WidgetLooks>;

export const Widget = z
  .object({ campaign_id: z.int(), ...side(fields, "out"), has_turnstile_secret: z.boolean() })
  .meta({ id: "Widget", description: "The appearance and texts of the widget." });
export type Widget = z.infer<typeof Widget>;

export const widgetDefaults: Omit<Widget, "campaign_id"> = {
  placement: "embed",
  template_id: 1,
  font_family: "system-ui, sans-serif",
  color: "#4f46e5",
  header_title: "Invite your friends, get rewarded",
  header_font_color: "#ffffff",
  header_description_color: "#e0e7ff",
  header_background_type: "color",
  description: "Join now, share your personal link and earn a reward for the friends you refer.",
  body_text: "Enter your details to get your personal link.",
  text_color: "#1f2937",
  field_label_1: "Your name",
  field_label_2: "Your email address",
  button_text: "Get my link",
  button_color: "#4f46e5",
  join_button_text: "Join",
  success_message: "You’re in! Share your link with your friends.",
  banner_image_url: null,
  left_image: null,
  background_type: "color",
  background_color: "#ffffff",
  background_image: null,
  popup_button_text: "Get rewarded",
  popup_button_color: "#4f46e5",
  popup_button_position: "bottom-right",
  popup_button_offset: 20,
  widget_width: null,
  widget_height: null,
  socials_allowed: [],
  share_messages: {},
  own_words: false,
  fields: [],
  terms_url: null,
  stats_on: false,
  stats_start_participants: 0,
  stats_start_shares: 0,
  stats_start_clicks: 0,
  stats_start_impressions: 0,
  leaderboard_on: null,
  allow_countdown: false,
  countdown_end: null,
  language: "en",
  texts: {},
  turnstile_site_key: null,
  block_disposable: true,
  has_turnstile_secret: false,
};
