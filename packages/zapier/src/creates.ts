import { call, filled } from "./api.ts";
import { email, externalId, metadata, name, oneCampaign, outputFields } from "./fields.ts";
import type { Bundle, Field, Perform, Values, Z } from "./platform.ts";
import { conversionSample, couponsSample, participantSample, reviewSample, rewardSample } from "./samples.ts";

type Action = {
  noun: string;
  label: string;
  description: string;
  inputFields: (Field | undefined)[];
  perform: Perform<Values>;
  sample: Values;
};

/** Whole numbers, which arrive as text if they are mapped from another step. */
const WHOLE = ["campaign_id", "participant_id", "amount"];

/** The non-empty fields without the brand, which only narrows the list of campaigns. */
function sentOf({ inputData: { brand_id: _, ...sent } }: Bundle): Values {
  const entries = Object.entries(filled(sent));
  const isNumber = (value: unknown) => typeof value === "string" && /^ *\d+ *$/.test(value);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, WHOLE.includes(key) && isNumber(value) ? Number(value) : value]),
  );
}

/** Without a name, the email is the name. */
const personOf = (bundle: Bundle) => {
  const sent = sentOf(bundle);
  return { ...sent, name: sent.name ?? String(sent.email).split("@")[0] };
};

async function addParticipant(z: Z, bundle: Bundle) {
  return call<Values>(z, bundle, "signups", { method: "POST", params: { upsert: true }, body: personOf(bundle) });
}

async function addReferred(z: Z, bundle: Bundle) {
  const { id } = await call<{ id: number }>(z, bundle, "signups/referral", { method: "POST", body: personOf(bundle) });
  return call<Values>(z, bundle, `participants/${id}`);
}

async function recordConversion(z: Z, bundle: Bundle) {
  const sent = { method: "POST", body: sentOf(bundle), once: "conversion" } as const;
  const { conversion, ...more } = await call<{ conversion: Values } & Values>(z, bundle, "conversions", sent);
  const { rewards, decision, duplicate } = more;
  return { ...conversion, rewards, decision, duplicate };
}

type Outcome = { done: boolean; status: string | null; error: string | null };

async function markPaid(z: Z, bundle: Bundle) {
  const { reward_id, note } = filled(bundle.inputData);
  const body = { ids: [Number(reward_id)], action: "fulfill", ...filled({ note }) };
  const { results } = await call<{ results: Outcome[] }>(z, bundle, "rewards/actions", { method: "POST", body });
  const [outcome] = results;
  // On a retry, it is already paid.
  if (!outcome?.done && outcome?.status !== "fulfilled")
    throw new z.errors.Error(outcome?.error ?? "The reward cannot be marked as paid.", "conflict", 409);
  return call<Values>(z, bundle, `rewards/${Number(reward_id)}`);
}

/** The same decision again changes nothing, so a retry is safe. */
async function decideReview(z: Z, bundle: Bundle) {
  const { review_id, ...decision } = filled(bundle.inputData);
  return call<Values>(z, bundle, `reviews/${Number(review_id)}`, { method: "POST", body: decision });
}

async function uploadCodes(z: Z, bundle: Bundle) {
  const { campaign_id, codes } = bundle.inputData;
  const lines = [codes].flat().flatMap((text) => String(text ?? "").split(/[\n,]/));
  const body = { codes: lines.map((line) => line.trim()).filter(Boolean) };
  if (body.codes.length === 0) throw new z.errors.HaltedError("There are no codes to upload.");
  return call<Values>(z, bundle, `campaigns/${Number(campaign_id)}/coupons`, { method: "POST", body });
}

const actions: Record<string, Action> = {
  participant: {
    noun: "Participant",
    label: "Add or Update Participant",
    description: "Adds a participant to a campaign, or updates the one with this email.",
    inputFields: [...oneCampaign, { ...email, required: true }, name, externalId, metadata],
    perform: addParticipant,
    sample: participantSample,
  },
  referred_participant: {
    noun: "Participant",
    label: "Add Referred Participant",
    description: "Adds a participant who came with a referral code, and credits the referrer.",
    inputFields: [
      {
        key: "referral_code",
        label: "Referral Code",
        type: "string",
        required: true,
        helpText: "From the link that they came with. It also determines the campaign.",
      },
      { ...email, required: true },
      name,
      externalId,
      metadata,
    ],
    perform: addReferred,
    sample: participantSample,
  },
  conversion: {
    noun: "Conversion",
    label: "Record Conversion",
    description: "Records a purchase or another conversion, and gives the rewards that it earns.",
    inputFields: [
      ...oneCampaign,
      {
        key: "conversion_id",
        label: "Conversion ID",
        type: "string",
        required: true,
        helpText: "Your own ID, like the order number. It counts once however often it is sent.",
      },
      { ...email, helpText: "The buyer. Or enter an external ID, a participant ID, or a code." },
      externalId,
      { key: "participant_id", label: "Participant ID", type: "integer" },
      { key: "referral_code", label: "Referral Code", type: "string", helpText: "Of the link the buyer came with." },
      { key: "checkout_code", label: "Checkout Code", type: "string", helpText: "What the buyer typed at checkout." },
      {
        key: "amount",
        label: "Amount",
        type: "integer",
        helpText: "In the currency's smallest unit: 1999 is $19.99.",
      },
      { key: "currency", label: "Currency", type: "string", helpText: "Like USD. Default: the campaign's." },
      { key: "event_name", label: "Event Name", type: "string", helpText: "Default: purchase." },
      { key: "occurred_at", label: "Occurred At", type: "datetime", helpText: "Default: now." },
      metadata,
    ],
    perform: recordConversion,
    sample: conversionSample,
  },
  reward_paid: {
    noun: "Reward",
    label: "Mark Reward Paid",
    description: "Marks a pending reward as fulfilled once you have paid it.",
    inputFields: [
      { key: "reward_id", label: "Reward ID", type: "integer", required: true },
      { key: "note", label: "Note", type: "string", helpText: "How it was paid, for your records." },
    ],
    perform: markPaid,
    sample: rewardSample,
  },
  review: {
    noun: "Review",
    label: "Decide Review",
    description: "Approves or denies a referral that looks like fraud, or undoes the decision for five minutes.",
    inputFields: [
      { key: "review_id", label: "Review ID", type: "integer", required: true },
      {
        key: "verdict",
        label: "Verdict",
        type: "string",
        required: true,
        choices: { approve: "Approve", deny: "Deny", reopen: "Undo the decision" },
      },
      {
        key: "scope",
        label: "Which",
        type: "string",
        choices: { this: "This review", all_of_referrer: "All of this referrer" },
        helpText: "Default: this review.",
      },
      { key: "note", label: "Note", type: "string", helpText: "Why, for your records." },
    ],
    perform: decideReview,
    sample: reviewSample,
  },
  coupon_codes: {
    noun: "Coupon Code",
    label: "Upload Coupon Codes",
    description: "Adds coupon codes to a campaign. Waiting rewards get theirs immediately.",
    inputFields: [
      ...oneCampaign,
      { key: "codes", label: "Codes", type: "text", list: true, required: true, helpText: "One per line." },
    ],
    perform: uploadCodes,
    sample: couponsSample,
  },
};

export const creates = Object.fromEntries(
  Object.entries(actions).map(([key, { noun, label, description, ...operation }]) => [
    key,
    {
      key,
      noun,
      display: { label, description },
      operation: { ...operation, outputFields: outputFields(operation.sample) },
    },
  ]),
);
