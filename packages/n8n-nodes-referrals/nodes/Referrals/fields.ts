import type { INodeProperties } from "n8n-workflow";

type Where = { resource: string[]; operation: string[] };
type More = Partial<INodeProperties>;

const on = (resource: string, ...operation: string[]): Where => ({ resource: [resource], operation });
const shown = (show: Where) => ({ displayOptions: { show } });

/** A field that is sent under this name, unless it is empty. */
const sent = (type: "body" | "query", property: string, value?: string) => ({
  routing: { send: { type, property, value: value ?? "={{$value === '' ? undefined : $value}}" } },
});

const text = (displayName: string, name: string, more: More): INodeProperties => ({
  displayName,
  name,
  type: "string",
  default: "",
  ...more,
});

const campaign = (show: Where, more: More): INodeProperties => ({
  displayName: "Campaign Name or ID",
  name: "campaignId",
  type: "options",
  typeOptions: { loadOptionsMethod: "getCampaigns" },
  default: "",
  description:
    'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
  ...shown(show),
  ...more,
});

const person = on("participant", "upsert", "refer");
const inBody = (property: string) => sent("body", property);
const inQuery = (property: string) => sent("query", property);
const metadata: INodeProperties = {
  displayName: "Metadata",
  name: "metadata",
  type: "json",
  default: "{}",
  description: "Anything else to store, as JSON",
  ...sent("body", "metadata", "={{typeof $value === 'string' ? JSON.parse($value) : $value}}"),
};

const more = (show: Where, options: INodeProperties[]): INodeProperties => ({
  displayName: "Additional Fields",
  name: "additionalFields",
  type: "collection",
  placeholder: "Add Field",
  default: {},
  ...shown(show),
  options,
});

export const fields: INodeProperties[] = [
  campaign(on("participant", "upsert"), { required: true, ...inBody("campaign_id") }),
  text("Referral Code", "referralCode", {
    required: true,
    description: "From the link that they came with. It also determines the campaign.",
    ...shown(on("participant", "refer")),
    ...inBody("referral_code"),
  }),
  text("Email", "email", { required: true, placeholder: "name@email.com", ...shown(person), ...inBody("email") }),
  text("Name", "name", { required: true, ...shown(person), ...inBody("name") }),
  more(person, [
    text("External ID", "externalId", { description: "Their ID in your own system", ...inBody("external_id") }),
    metadata,
  ]),

  text("Participant ID", "participantId", { required: true, ...shown(on("participant", "get")) }),
  more(on("participant", "getAll"), [
    { ...campaign(on("participant"), inQuery("campaign_id")), displayOptions: undefined },
    text("Email", "email", { placeholder: "name@email.com", ...inQuery("email") }),
    text("External ID", "externalId", inQuery("external_id")),
  ]),

  campaign(on("conversion", "create"), { required: true, ...inBody("campaign_id") }),
  text("Conversion ID", "conversionId", {
    required: true,
    description: "Your own ID, like the order number. It counts once however often it is sent.",
    ...shown(on("conversion", "create")),
    ...inBody("conversion_id"),
  }),
  more(on("conversion", "create"), [
    {
      displayName: "Amount",
      name: "amount",
      type: "number",
      default: 0,
      description: "In the currency's smallest unit: 1999 is $19.99",
      ...inBody("amount"),
    },
    text("Checkout Code", "checkoutCode", { description: "What the buyer typed", ...inBody("checkout_code") }),
    text("Currency", "currency", { placeholder: "USD", ...inBody("currency") }),
    text("Email", "email", { placeholder: "name@email.com", description: "The buyer's", ...inBody("email") }),
    text("Event Name", "eventName", { placeholder: "purchase", ...inBody("event_name") }),
    text("External ID", "externalId", { description: "The buyer's ID in your system", ...inBody("external_id") }),
    metadata,
    text("Referral Code", "referralCode", {
      description: "Of the link that the buyer came with",
      ...inBody("referral_code"),
    }),
  ]),

  campaign(on("coupon", "upload"), { required: true }),
  text("Codes", "codes", {
    required: true,
    typeOptions: { rows: 5 },
    description: "One per line",
    ...shown(on("coupon", "upload")),
    ...sent("body", "codes", "={{$value.split(/[\\n,]/).map((code) => code.trim()).filter((code) => code)}}"),
  }),

  {
    displayName: "Review ID",
    name: "reviewId",
    type: "number",
    required: true,
    default: 0,
    ...shown(on("review", "decide")),
  },
  {
    displayName: "Verdict",
    name: "verdict",
    type: "options",
    options: ["Approve", "Deny", "Reopen"].map((name) => ({ name, value: name.toLowerCase() })),
    default: "approve",
    description: "A decision can be reopened for five minutes",
    ...shown(on("review", "decide")),
    ...inBody("verdict"),
  },
  more(on("review", "decide"), [
    text("Note", "note", { description: "Why, for your records", ...inBody("note") }),
    {
      displayName: "Scope",
      name: "scope",
      type: "options",
      options: [
        { name: "All of Its Referrer", value: "all_of_referrer" },
        { name: "This Review", value: "this" },
      ],
      default: "this",
      ...inBody("scope"),
    },
  ]),
  {
    displayName: "State",
    name: "state",
    type: "options",
    options: ["Approved", "Denied", "Open"].map((name) => ({ name, value: name.toLowerCase() })),
    default: "open",
    ...shown(on("review", "getAll")),
    ...inQuery("state"),
  },
  {
    displayName: "Status",
    name: "status",
    type: "options",
    options: ["Expired", "Fulfilled", "Held", "Pending", "Revoked"].map((name) => ({
      name,
      value: name.toLowerCase(),
    })),
    default: "pending",
    ...shown(on("reward", "getAll")),
    ...inQuery("status"),
  },
  {
    displayName: "Reward ID",
    name: "rewardId",
    type: "number",
    required: true,
    default: 0,
    ...shown(on("reward", "markPaid")),
    ...sent("body", "ids", "={{[$value]}}"),
  },
  {
    displayName: "Action",
    name: "action",
    type: "hidden",
    default: "fulfill",
    ...shown(on("reward", "markPaid")),
    ...inBody("action"),
  },
  text("Note", "note", {
    description: "How it was paid, for your records",
    ...shown(on("reward", "markPaid")),
    ...inBody("note"),
  }),
];
