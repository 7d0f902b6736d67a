import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { type Api, openApi } from "../../demo/api.ts";
import type { Values } from "../../packages/zapier/src/platform.ts";
import * as samples from "../../packages/zapier/src/samples.ts";
import { root } from "../../scripts/root.ts";
import { newAccount } from "./support/packed.ts";
import { servedProduct } from "./support/product.ts";
import { suspected } from "./support/suspects.ts";
import { zapier } from "./support/zapier.ts";

const require = createRequire(import.meta.url);
const { Validator } = createRequire(require.resolve("zapier-platform-schema"))("jsonschema");

const { app, run, errors } = await zapier();
let local: Awaited<ReturnType<typeof servedProduct>>;
let authData: { url: string; api_key: string };
let api: Api;
let brand: { id: number };
before(async () => {
  local = await servedProduct();
  authData = { url: `${local.url}/`, api_key: await newAccount(local.url) };
  api = openApi(local.url).as({ "X-API-Key": authData.api_key });
  brand = await api.post("/brands", { url: "acme.example" });
});
after(async () => {
  await local.stop();
});

const { triggers, creates, searches } = app;
type Method = Parameters<typeof run>[0];
const ask = (method: Method, inputData: Values = {}, more: object = {}) =>
  run(method, { authData, inputData, meta: { zap: { id: "1" } }, ...more }) as Promise<Values & { id: number }>;
const act = (name: string, inputData: Values) => ask(creates[name]?.operation.perform ?? assert.fail(name), inputData);
const trigger = (name: keyof typeof triggers) => triggers[name] ?? assert.fail(name);
/** A hook trigger's operation. */
const hook = (name: string) => {
  const { operation } = (triggers as Record<string, unknown>)[name] as { operation: Values };
  return operation as Record<"perform" | "performList" | "performSubscribe" | "performUnsubscribe", Method>;
};

async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

const newCampaign = (name: string) =>
  api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name, num_signups: 1000 });

describe("the Zapier app", () => {
  it("matches Zapier's schema, and has the versions of its package", async () => {
    assert.deepEqual(await errors(), []);
    const own = JSON.parse(readFileSync(join(root, "packages/zapier/package.json"), "utf8"));
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    assert.deepEqual([app.version, app.platformVersion], [own.version, own.dependencies["zapier-platform-core"]]);
    assert.equal(devDependencies["zapier-platform-schema"], app.platformVersion);
    assert.equal(devDependencies.typescript, own.devDependencies.typescript);
  });

  it("has samples in the format of the OpenAPI document", async () => {
    const document = await (await fetch(`${local.url}/api/v1/openapi.json`)).json();
    const { components } = document;
    const ofEvents = Object.entries(samples.eventSamples).map(([type, sample]) => {
      const { schema, example } = document.webhooks[type].post.requestBody.content["application/json"];
      return [sample, schema, example] as const;
    });
    const answer = (path: string, method: string, status: number) => {
      const { schema, example } =
        document.paths[`/api/v1/${path}`][method].responses[status].content["application/json"];
      return [schema, example.data] as const;
    };
    const [, conversion] = answer("conversions", "post", 201);
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const [, rewards] = answer("rewards", "get", 200);
    const ofAnswers = [
      [samples.participantSample, ref("Participant"), answer("signups", "post", 201)[1]],
      [samples.rewardSample, ref("Reward"), rewards.rewards[0]],
      [samples.conversionSample, ref("Conversion"), conversion.conversion],
      [samples.reviewSample, ref("Review"), answer("reviews/{reviewId}", "post", 200)[1]],
      [samples.couponsSample, {}, answer("campaigns/{campaignId}/coupons", "post", 201)[1]],
    ] as const;
    // Fields that only some events have.
    const optional = ["needs_confirmation", "release_id", "expiring"];
    const same = (sample: unknown, example: unknown, at: string) => {
      if (typeof sample !== "object" || typeof example !== "object" || !sample || !example) return;
      if (at.endsWith("/metadata") || Array.isArray(sample)) return;
      const keys = (of: object) =>
        Object.keys(of)
          .filter((key) => !optional.includes(key))
          .sort();
      assert.deepEqual(keys(sample), keys(example), at);
      for (const [key, value] of Object.entries(sample)) same(value, (example as Values)[key], `${at}/${key}`);
    };
    for (const [sample, schema, example] of [...ofEvents, ...ofAnswers]) {
      const { errors } = new Validator().validate(sample, { id: "https://document.example/", ...schema, components });
      const where = `packages/zapier/src/samples.ts, ${JSON.stringify(schema)}`;
      assert.deepEqual(errors.map(String), [], where);
      same(sample, example, where);
    }
  });

  it("connects with a valid key, at any spelling of the URL, and otherwise explains the problem", async () => {
    const test = app.authentication.test;
    for (const url of [local.url, `${local.url}/`, ` ${local.url}/api/v1/ `, `${local.url}/v1`])
      assert.match(JSON.stringify(await run(test, { authData: { ...authData, url } })), /"email":"ada-/);
    const label = await ask(app.authentication.connectionLabel, { member: { email: "ada@example.com" } });
    assert.equal(label, `ada@example.com (${new URL(local.url).host})`);

    let answers: [status: number, body: string, headers?: object][] = [];
    const server = await serving((_, response) => {
      const [status, body, headers = {}] = answers.shift() ?? [500, ""];
      response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
    });
    const fails = (authData: object, expected: RegExp) =>
      assert.rejects(run(test, { authData } as object), (error: Error) => {
        assert.match(`${error.name}: ${error.message}`, expected);
        return true;
      });
    await fails({ ...authData, api_key: "ref_wrong" }, /^ExpiredAuthError: .*Reconnect with a valid API key/s);
    await fails({ ...authData, url: "referrals" }, /^AppError: .*"Enter the URL of your installation/s);
    const at = { url: server.url, api_key: "k" };
    const failure = (code: string) => JSON.stringify({ success: false, error: "Not now.", code });
    answers = [
      [503, failure("overloaded"), { "Retry-After": "7" }],
      [409, failure("idempotency_in_progress")],
      [403, failure("scope_missing")],
      [308, "{}", { Location: "https://elsewhere.example/" }],
      [200, "<html>", { "Content-Type": "text/html" }],
      [200, "{}"],
    ];
    await fails(at, /^ThrottledError: .*Not now.*"delay":7/s);
    await fails(at, /^ThrottledError: .*"delay":60/s);
    await fails(at, /^AppError: .*Not now.*"scope_missing","status":403/s);
    await fails(at, /^AppError: .*redirects to https:\/\/elsewhere\.example\//s);
    await fails(at, /^AppError: .*but it is not the referral platform/s);
    await fails(at, /^AppError: .*but it is not the referral platform/s);
    server.stop();
    await fails(at, /^AppError: .*No response from http/s);
  });

  it("gets a signup through its hook in its list's format, until it unsubscribes", async () => {
    const { id } = await newCampaign("Hooks");
    const elsewhere = await newCampaign("Elsewhere");
    const arrived: unknown[] = [];
    let heard = Promise.withResolvers<void>();
    const receiver = await serving(async (request, response) => {
      arrived.push(JSON.parse(await text(request)));
      response.end();
      heard.resolve();
    });
    const operation = hook("participant_joined");
    const targetUrl = `${receiver.url}/hooks/standard/1/2/`;
    assert.deepEqual(await ask(operation.performList, { campaign_id: id }), []);
    const subscribeData = await ask(operation.performSubscribe, { campaign_id: String(id) }, { targetUrl });
    await act("participant", { campaign_id: elsewhere.id, email: "nobody@example.com" });
    const grace = await act("participant", { campaign_id: id, email: "grace@example.com", name: "Grace" });
    await heard.promise;
    const [event, ...rest] = (await ask(operation.perform, {}, { cleanedRequest: arrived[0] })) as unknown as Values[];
    assert.deepEqual([event, rest, arrived.length], [arrived[0], [], 1]);
    assert.equal((event as { data?: Values }).data?.participant_id, grace.id);
    assert.deepEqual(await ask(operation.performList, { campaign_id: id }), [event]);
    const all = (await ask(operation.performList, { campaign_id: "" })) as unknown as Values[];
    assert.deepEqual([all.length, all[0]], [2, event]);
    assert.deepEqual(Object.keys(event ?? {}).sort(), Object.keys(samples.eventSamples["participant.signup"]).sort());

    // The dashboard's test arrives at the same hook.
    heard = Promise.withResolvers();
    await api.post(`/webhooks/${subscribeData.id}/test`, {});
    await heard.promise;
    assert.deepEqual(await ask(operation.perform, {}, { cleanedRequest: arrived[1] }), []);
    for (let twice = 0; twice < 2; twice++)
      assert.equal((await ask(operation.performUnsubscribe, {}, { subscribeData })).id, subscribeData.id);
    assert.deepEqual((await api.get<{ webhooks: unknown[] }>("/webhooks")).webhooks, []);
    receiver.stop();
  });

  it("has a trigger for each named event, which can be subscribed to", async () => {
    const named = Object.entries(triggers).filter(([key]) => key !== "brand" && key !== "campaign");
    const types = new Set<string>();
    for (const [key] of named) {
      const { performSubscribe, performUnsubscribe } = hook(key);
      const subscribeData = await ask(performSubscribe, { campaign_id: "" }, { targetUrl: "http://127.0.0.1:1/" });
      const { events } = await api.get<{ events: string[] }>(`/webhooks/${subscribeData.id}`);
      types.add(events.join());
      await ask(performUnsubscribe, {}, { subscribeData });
    }
    assert.deepEqual([...types], Object.keys(samples.eventSamples));
  });

  it("adds, updates, and finds participants, and credits the referrer of a code", async () => {
    const { id } = await newCampaign("People and places");
    const who = { brand_id: brand.id, campaign_id: String(id), email: "ann@example.com", metadata: { plan: "pro" } };
    const ann = await act("participant", { ...who, external_id: "crm-1" });
    assert.deepEqual([ann.name, ann.metadata, ann.external_id], ["ann", { plan: "pro" }, "crm-1"]);
    const again = await act("participant", { ...who, name: "Ann", external_id: "", metadata: {} });
    assert.deepEqual(
      [again.id, again.name, again.metadata, again.external_id],
      [ann.id, "Ann", { plan: "pro" }, "crm-1"],
    );

    const friend = { referral_code: ann.referral_code, email: "bob@example.com", name: "Bob" };
    const bob = await act("referred_participant", friend);
    assert.deepEqual([bob.invited_by, bob.campaign_id, bob.email], [ann.id, id, "bob@example.com"]);
    assert.equal((await act("referred_participant", friend)).id, bob.id);

    const find = async (inputData: Values) =>
      ((await ask(searches.participant.operation.perform, inputData)) as unknown as Values[]).map((one) => one.id);
    assert.deepEqual(await find({ email: "ann@example.com", external_id: "" }), [ann.id]);
    assert.deepEqual(await find({ campaign_id: id, external_id: "crm-1" }), [ann.id]);
    assert.deepEqual(await find({ email: "carol@example.com" }), []);
    await assert.rejects(find({ email: "" }), { name: "HaltedError" });
    await assert.rejects(find({ campaign_id: 999_999_999, email: "a@b.example" }), /not_found/);
    await assert.rejects(act("participant", { ...who, email: "nobody" }), /AppError|email/);

    const longer = await newCampaign("People and places of Rome");
    const campaigns = (await ask(searches.campaign.operation.perform, { name: " people AND " })) as unknown as Values[];
    assert.deepEqual(
      campaigns.map((one) => one.id),
      [id, longer.id],
    );
    const choices = async (key: "brand" | "campaign", inputData: Values, page = 0) =>
      ((await ask(trigger(key).operation.perform, inputData, { meta: { page } })) as unknown as Values[]).map(
        (one) => one.id,
      );
    assert.ok((await choices("brand", {})).includes(brand.id));
    assert.ok((await choices("campaign", { brand_id: brand.id })).includes(id));
    assert.deepEqual(await choices("campaign", { brand_id: 999_999_999 }), []);
    assert.ok((await choices("campaign", { brand_id: "" })).includes(longer.id));
    assert.deepEqual(await choices("campaign", {}, 1), []);
  });

  it("decides a review once, and can undo the decision", async () => {
    const { id } = await newCampaign("Faked");
    const review = await suspected(local.url, api, id);
    for (let twice = 0; twice < 2; twice++)
      assert.equal((await act("review", { review_id: String(review.id), verdict: "deny", scope: "" })).state, "denied");
    await assert.rejects(act("review", { review_id: review.id, verdict: "approve" }), /conflict/);
    assert.equal((await act("review", { review_id: review.id, verdict: "reopen" })).state, "open");
  });

  it("records a conversion once, marks its reward paid once, and uploads codes", async () => {
    const { id } = await newCampaign("Sales");
    await api.post(`/campaigns/${id}/rules`, { role: "referrer", reward: { reward_type: 5, percent: 10 } });
    const ada = await act("participant", { campaign_id: id, email: "ada@example.com" });
    const order = { campaign_id: id, referral_code: ada.referral_code, conversion_id: "o-1", amount: "10000" };
    const sale = await act("conversion", order);
    const [reward] = sale.rewards as { id: number; status: string }[];
    assert.deepEqual([sale.conversion_id, sale.amount, reward?.status], ["o-1", 10_000, "pending"]);
    // A Zapier retry gets the first response, rewards included.
    assert.deepEqual(await act("conversion", order), sale);
    const other = await ask(creates.conversion?.operation.perform ?? assert.fail(), order, {
      meta: { zap: { id: "2" } },
    });
    assert.deepEqual([other.id, other.duplicate], [sale.id, true]);
    assert.equal(
      ((await ask(hook("reward_pending").performList, { campaign_id: id })) as unknown as unknown[]).length,
      1,
    );

    for (let twice = 0; twice < 2; twice++)
      assert.equal((await act("reward_paid", { reward_id: reward?.id, note: "" })).status, "fulfilled");
    await assert.rejects(act("reward_paid", { reward_id: 999_999_999 }), /AppError|conflict|not/);

    const summary = await act("coupon_codes", { campaign_id: id, codes: [" A-1\nA-2", "A-3,A-1", ""] });
    assert.deepEqual([summary.added, summary.duplicates], [3, 1]);
    await assert.rejects(act("coupon_codes", { campaign_id: id, codes: [] }), { name: "HaltedError" });
  });
});
