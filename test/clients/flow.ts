import { createClient, createConfig } from "./hey/client";
import {
  createApiKey,
  createBrand,
  createCampaign,
  createMember,
  createReferralSignup,
  createSignup,
  createToken,
  getParticipant,
  listParticipants,
} from "./hey/sdk.gen";

/** Signs a friend up by a referral code, with a generated client, and returns what the client saw. */
export async function play(baseUrl: string) {
  const client = createClient(createConfig({ baseUrl, throwOnError: true }));
  const account = { email: `ada-${crypto.randomUUID()}@example.com`, password: "correct horse battery" };
  await createMember({ client, body: { ...account, name: "Ada" }, throwOnError: true });
  const token = await createToken({ client, body: account, throwOnError: true });
  client.setConfig({ auth: ({ type }) => (type === "http" ? token.data.data.token : undefined) });
  const key = await createApiKey({ client, throwOnError: true });
  client.setConfig({ auth: ({ type }) => (type === "apiKey" ? key.data.data.api_key : undefined) });

  const brand = await createBrand({ client, body: { url: "acme.example" }, throwOnError: true });
  const campaign = await createCampaign({
    client,
    body: { brand_id: brand.data.data.id, name: "Bring a friend", reward_type: 3 },
    throwOnError: true,
  });
  const campaign_id = campaign.data.data.id;
  const grace = await createSignup({
    client,
    body: { campaign_id, email: "grace@example.com", name: "Grace", metadata: { plan: "pro" } },
    throwOnError: true,
  });
  const { referral_code } = grace.data.data;
  const body = { referral_code, email: "linus@example.com", name: "Linus" };
  const first = await createReferralSignup({ client, body, throwOnError: true });
  const again = await createReferralSignup({ client, body, throwOnError: true });
  const { data: linus } = first.data;
  const refused = await createSignup({
    client,
    body: { campaign_id, email: "grace@example.com", name: "Grace" },
    throwOnError: false,
  });
  const listed = await listParticipants({ client, query: { campaign_id, limit: 1 }, throwOnError: true });
  const referrer = await getParticipant({ client, path: { participantId: grace.data.data.id }, throwOnError: true });
  return {
    // The compiler knows by `attributed` that there is a participant.
    friend: linus.attributed ? linus.participant.email : null,
    again: again.data.data.attributed,
    refused: refused.error?.code,
    listed: listed.data.data.participants.map(({ email }) => email),
    total: listed.data.data.pagination.total,
    metadata: referrer.data.data.metadata,
    rewards: referrer.data.data.rewards.map(({ type, status }) => [type, status]),
  };
}
