import { env } from "cloudflare:workers";
import { memberLink } from "../../src/accounts/account-link";
import { participantLinkToken } from "../../src/auth/token";
import { unsubscribeUrl } from "../../src/delivery/email/unsubscribe-link";
import { recipientHash } from "../../src/outbox/emails/recipient";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { call, newDomain, newMember } from "./client";

/** An account with one of everything, created through the API, and its ids by their names in the OpenAPI document. */
export async function fullAccount() {
  const member = await newMember();
  const post = async (path: string, body?: unknown) => {
    const answer = await member.post(path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer.data;
  };
  const email = () => `person-${crypto.randomUUID()}@example.com`;

  const { id: brandId, slug } = await post("/api/v1/brands", { url: newDomain() });
  const { id: domainId } = await post(`/api/v1/brands/${brandId}/domains`, { hostname: `refer.${newDomain()}` });
  const campaign = {
    brand_id: brandId,
    name: "Launch",
    reward_type: 1,
    reward_invited: true,
    allow_email: true,
    widget: { own_words: true },
  };
  const { id: campaignId } = await post("/api/v1/campaigns", campaign);
  const { id: openId } = await post("/api/v1/campaigns", { brand_id: brandId, name: "Open to all", publish: "public" });
  const line = await post("/api/v1/campaigns", { brand_id: brandId, name: "In line", waitlist_enabled: true });
  await post(`/api/v1/campaigns/${campaignId}/coupons`, { codes: ["SAVE-1", "SAVE-2", "SAVE-3", "SAVE-4"] });
  await post(`/api/v1/campaigns/${campaignId}/coupons`, { codes: ["MORE-1", "MORE-2"] });
  const referrer = await post("/api/v1/signups", { campaign_id: campaignId, email: email(), name: "Ada" });
  const referral = { referral_code: referrer.referral_code, email: email(), name: "Grace" };
  const { reward } = await post("/api/v1/signups/referral", referral);
  const { coupons } = (await member.get(`/api/v1/campaigns/${campaignId}/coupons?status=available`)).data;
  const { uploads } = (await member.get(`/api/v1/campaigns/${campaignId}/coupon-uploads`)).data;
  const { id: webhookId } = await post("/api/v1/webhooks", {
    link: "https://hooks.acme.com/in",
    campaign_id: campaignId,
  });
  const { id: deliveryId } = await post(`/api/v1/webhooks/${webhookId}/test`);
  const { id: hookId } = await post("/api/v1/zapier/hooks", { hookUrl: "https://hooks.zapier.com/hooks/1" });
  const { id: keyId } = await post("/api/v1/members/api-key");
  const named = await post("/api/v1/keys", { name: "Shop", scopes: ["read"] });
  const publishable = await post("/api/v1/keys", {
    name: "Site",
    kind: "publishable",
    allowed_origins: ["https://acme.com"],
  });
  const contest = { contest_name: "Giveaway", start_date: "2026-01-01", end_date: "2126-01-01" };
  await member.put(`/api/v1/campaigns/${campaignId}/contest`, contest);
  await member.put(`/api/v1/campaigns/${campaignId}/lander`, { template_id: 1 });
  const joined = await call("POST", "/api/widget/signup", { campaign_id: campaignId, email: email(), name: "Alan" });

  await env.DB.prepare(
    "INSERT INTO authenticators (member_id, secret, date_added, date_confirmed) VALUES (?, '-', 1, 1)",
  )
    .bind(member.id)
    .run();
  await env.DB.prepare(
    `INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, credit_cents, date_earned, earn_event)
     VALUES (?1 * 64 + 63, ?2, ?3, ?1, 'referrer', 6, 'fulfilled', 1000, 1, 'evt')`,
  )
    .bind(referrer.id, member.id, campaignId)
    .run();
  await env.DB.prepare("UPDATE campaign_stats SET rewards_fulfilled = rewards_fulfilled + 1 WHERE campaign_id = ?")
    .bind(campaignId)
    .run();
  const image = `${crypto.randomUUID().slice(0, 22)}.png`;
  await env.DB.prepare("INSERT INTO images (key, member_id, type, bytes, date_added) VALUES (?, ?, 'image/png', 4, ?)")
    .bind(image, member.id, Date.now())
    .run();

  const participantId = referrer.id;
  const statusToken = await participantLinkToken(env, { id: participantId, campaign_id: campaignId }, new Date());
  const lastPart = (url: string) => url.split("/").at(-1) ?? "";
  const issued = {
    origin: "",
    member: { id: member.id, email: member.email, password_hash: "none" },
    issued: new Date(),
  };
  const unwanted = await unsubscribeUrl(env, "", member.id, await recipientHash(env, member.id, email()), new Date());
  const rule = { role: "referrer", title: `Sales ${crypto.randomUUID()}`, reward: { reward_type: 5, percent: 10 } };
  const { id: ruleId } = await post(`/api/v1/campaigns/${campaignId}/rules`, rule);
  const sale = { campaign_id: campaignId, referral_code: referrer.referral_code, amount: 1000 };
  const { conversion, rewards } = await post("/api/v1/conversions", {
    ...sale,
    conversion_id: `order-${crypto.randomUUID()}`,
  });
  const { payout } = await post("/api/v1/payouts", { reward_ids: [rewards[0].id], reference: "Transfer" });
  await post("/api/v1/conversions", { ...sale, conversion_id: `order-${crypto.randomUUID()}` });

  const { items } = (await member.get(`/api/v1/events?campaign_id=${campaignId}&limit=1`)).data;
  const { decisions } = (await member.get(`/api/v1/decisions?campaign_id=${campaignId}&after=0&limit=1`)).data;
  const importId = await env.DB.prepare(
    "INSERT INTO imports (campaign_id, key, is_told, first_id, last_id, date_added) VALUES (?, ?, 0, 1, 1, 1) RETURNING id",
  )
    .bind(campaignId, `evt_${crypto.randomUUID()}`)
    .first<number>("id");
  const reviewId = participantId * 2 + 1;
  await env.DB.prepare(
    `INSERT INTO reviews (id, member_id, campaign_id, referrer_id, participant_id, score, reasons, version, is_holding, event, date_opened)
     VALUES (?1 * 2 + 1, ?2, ?3, ?1, ?1, 700, '[]', 1, 0, 'evt', 1)`,
  )
    .bind(participantId, member.id, campaignId)
    .run();
  await env.DB.prepare(
    "INSERT INTO vetoes (campaign_id, member_id, link, is_on, ending, is_unproven, secret, date_added) VALUES (?, ?, 'https://example.com/', 0, 'hold', 1, '', 1)",
  )
    .bind(campaignId, member.id)
    .run();
  const entryId = await env.DB.prepare(
    "INSERT INTO fraud_entries (member_id, kind, value, action, date_added) VALUES (?, 'country', 'DE', 'allow', 1) RETURNING id",
  )
    .bind(member.id)
    .first<number>("id");
  const { id: importJobId } = await post("/api/v1/imports", {
    campaign_id: campaignId,
    kind: "coupons",
    rows: ["IMPORTED"],
  });
  const { id: exportId } = await post("/api/v1/exports", { kind: "participants" });
  const input = await post(`/api/v1/campaigns/${campaignId}/inputs`, { kind: "stripe", secret: "whsec_test" });
  const inPaths: Record<string, string | number> = {
    memberId: member.id,
    brandId,
    domainId,
    campaignId,
    participantId,
    rewardId: reward.id,
    couponId: coupons[0].id,
    ruleId,
    conversionId: conversion.id,
    decisionId: decisions[0].id,
    payoutId: payout.id,
    inputId: input.id,
    reviewId,
    entryId: entryId ?? 0,
    inputKey: lastPart(input.url),
    uploadId: uploads[1].id,
    importId: importId ?? 0,
    "/api/v1/imports/{importId}": importJobId,
    "/api/v1/imports/{importId}/undo": importJobId,
    exportId,
    webhookId,
    deliveryId,
    eventId: items[0].id,
    code: referrer.referral_code,
    slug,
    key: image,
    id: openId,
    "/api/v1/campaigns/{campaignId}/releases": line.id,
    "/campaigns/{campaignId}/waitlist": line.id,
    "/status/{token}": statusToken,
    "/status/{token}/wallet": statusToken,
    "/confirm/{token}": await confirmationToken(
      env,
      { campaign_id: campaignId, participant_id: participantId },
      new Date(),
    ),
    "/unsubscribe/{token}": lastPart(unwanted),
    "/verify/{token}": lastPart(await memberLink(env, "verify", issued)),
    "/reset-password/{token}": lastPart(await memberLink(env, "reset-password", issued)),
    "/api/v1/members/api-keys/{id}": keyId,
    keyId: named.id,
    "/api/v1/zapier/hooks/{id}": hookId,
  };
  const inFields: Record<string, string | number> = {
    brand_id: brandId,
    url_id: brandId,
    campaign_id: campaignId,
    participant_id: participantId,
    referrer_id: participantId,
    invited_by: participantId,
    referral_code: referrer.referral_code,
    code: referrer.referral_code,
  };
  const participantToken: string = joined.data.participant_token;
  return {
    member,
    inFields,
    credentials: {
      apiKey: { "X-API-Key": member.key },
      publishableKey: { "X-API-Key": publishable.key, Origin: "https://acme.com" },
      participantToken: { Authorization: `Bearer ${participantToken}` },
      operatorToken: { Authorization: "Bearer test-operator-token" },
    } as Record<string, Record<string, string>>,
    /** The path with this account's ids in it. */
    path: (template: string) =>
      template.replace(/\{(\w+)\}/g, (_, name) => {
        const value = inPaths[template] ?? inPaths[name];
        if (value === undefined) throw new Error(`Give fullAccount() an id for {${name}} in ${template}.`);
        return String(value);
      }),
  };
}
export type FullAccount = Awaited<ReturnType<typeof fullAccount>>;
