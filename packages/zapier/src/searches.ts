import { call, filled } from "./api.ts";
import { anyCampaign, email, externalId, outputFields } from "./fields.ts";
import type { Bundle, Values, Z } from "./platform.ts";
import { campaignSample, participantSample } from "./samples.ts";

const PAGE = 100;
/** A Zap waits at most 30 seconds. */
const PAGES_MAX = 10;

async function findParticipant(z: Z, bundle: Bundle) {
  const { campaign_id, email, external_id } = bundle.inputData;
  const wanted = filled({ email, external_id });
  if (Object.keys(wanted).length === 0)
    throw new z.errors.HaltedError("Enter an email address or an external ID to search for.");
  const params = { ...wanted, campaign_id, limit: PAGE };
  return (await call<{ participants: Values[] }>(z, bundle, "participants", { params })).participants;
}

/** The campaigns whose name has these words, exact matches first. */
async function findCampaign(z: Z, bundle: Bundle) {
  const name = String(bundle.inputData.name).trim().toLowerCase();
  const found: (Values & { name: string })[] = [];
  for (let page = 1; page <= PAGES_MAX; page++) {
    const params = { brand_id: bundle.inputData.brand_id, limit: PAGE, page };
    const { campaigns } = await call<{ campaigns: typeof found }>(z, bundle, "campaigns", { params });
    found.push(...campaigns.filter((campaign) => campaign.name.toLowerCase().includes(name)));
    if (campaigns.length < PAGE) break;
  }
  return found.sort((a, b) => a.name.length - b.name.length);
}

const [brand] = anyCampaign;

export const searches = {
  participant: {
    key: "participant",
    noun: "Participant",
    display: { label: "Find Participant", description: "Finds a participant by email or external ID." },
    operation: {
      inputFields: [...anyCampaign, email, externalId],
      perform: findParticipant,
      sample: participantSample,
      outputFields: outputFields(participantSample),
    },
  },
  campaign: {
    key: "campaign",
    noun: "Campaign",
    display: { label: "Find Campaign", description: "Finds a campaign by its name." },
    operation: {
      inputFields: [brand, { key: "name", label: "Name", type: "string", required: true }],
      perform: findCampaign,
      sample: campaignSample,
      outputFields: outputFields(campaignSample),
    },
  },
};

export const searchOrCreates = {
  participant: {
    key: "participant",
    display: {
      label: "Find or Add Participant",
      description: "Finds a participant by email or external ID, or adds them.",
    },
    search: "participant",
    create: "participant",
  },
};
