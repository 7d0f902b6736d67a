import { env } from "cloudflare:workers";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { unguarded } from "../../src/lib/csv";
import { recipientHash } from "../../src/outbox/emails/recipient";
import { mailboxHash } from "../../src/participants/mailbox-hash";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { formulas } from "../support/payloads";
import { populate } from "../support/population";
import { browserOf, colleagueOf, type Fields, leadsTo, signedIn } from "../support/session";
import { workOf } from "../support/work";

/** A campaign with its owner signed in. */
async function aCampaign(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  return { ...campaign, ...(await browserOf(campaign.owner)) };
}

/** The ids of a page's participants, in order. */
const idsIn = (text: string) =>
  [...text.matchAll(/class="person" href="\/participants\/(\d+)"/g)].map((m) => Number(m[1]));

const nextIn = (text: string) => /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

describe("the list of participants", () => {
  it("finds people by the start of their email, campaign, status, inviter, and reward", async () => {
    const campaign = await aCampaign({ reward_type: 3, num_signups: 1 });
    const other = await newCampaign({}, campaign.owner);
    const mark = crypto.randomUUID().slice(0, 8);
    const ada = (await campaign.signUp(`${mark}.ada@example.com`)).data;
    const bob = (await campaign.refer(ada.referral_code, `${mark}.bob@example.com`)).data.participant;
    const eve = (await campaign.signUp(`x${mark}@example.com`)).data;
    const dan = (await other.signUp(`${mark}.ada@example.com`)).data;
    await campaign.owner.patch(`/api/v1/participants/${eve.id}`, { status: "blocked" });
    const find = async (query: string, path = "/participants") => idsIn((await campaign.page(`${path}?${query}`)).text);
    const all = [dan.id, eve.id, bob.id, ada.id];
    expect(await find("")).toEqual(all);
    expect(await find(`q=${mark}.A`)).toEqual([dan.id, ada.id]);
    expect(await find(`q=${mark}`)).toEqual([dan.id, ada.id, bob.id]);
    expect(await find(`q=${mark}&campaign_id=${campaign.id}`)).toEqual([ada.id, bob.id]);
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { name: "Adá Þorsson" });
    await campaign.owner.patch(`/api/v1/participants/${dan.id}`, { name: "THORSSON Dan" });
    expect(await find("name=thorsson")).toEqual([dan.id, ada.id]);
    expect(await find("name=THORSSON+ada")).toEqual([ada.id]);
    expect(await find(`name=thorsson&campaign_id=${other.id}`)).toEqual([dan.id]);
    expect(await find(`name=thorsson&q=${mark}&rewarded=yes`)).toEqual([ada.id]);
    expect(await find("name=thorsson&sort=referrals", `/campaigns/${campaign.id}/participants`)).toEqual([ada.id]);
    expect((await campaign.page("/participants/export?name=thorsson")).text.match(/Þorsson|THORSSON/g)).toHaveLength(2);
    expect(await find(`campaign_id=${campaign.id}`)).toEqual([eve.id, bob.id, ada.id]);
    expect(await find("status=blocked")).toEqual([eve.id]);
    expect(await find("status=active")).toEqual([dan.id, bob.id, ada.id]);
    expect(await find(`invited_by=${ada.id}`)).toEqual([bob.id]);
    expect(await find("rewarded=yes")).toEqual([ada.id]);
    expect(await find(`campaign_id=${campaign.id}&sort=referrals`)).toEqual([ada.id]);
    expect(await find("", `/campaigns/${campaign.id}/participants`)).toEqual([eve.id, bob.id, ada.id]);
    expect(await find("sort=referrals&rewarded=yes", `/campaigns/${campaign.id}/participants`)).toEqual([ada.id]);
  });

  it("names each row's brand in lists and search results, once there are several", async () => {
    const one = await aCampaign({ name: "Refer a friend", reward_type: 2 });
    const grace = await one.signUp("grace@example.com", { name: "Grace" });
    await one.refer(grace.data.referral_code, "friend@example.com");
    const cells = async (path: string) => {
      const { text } = await one.page(path);
      return text.split(`Refer a friend</a><div class="quiet">${one.brand.domain}<`).length - 1;
    };
    const lists = ["/participants", "/rewards", "/events"];
    for (const path of lists) expect(await cells(path), path).toBe(0);
    const url = `https://${crypto.randomUUID()}.example.com`;
    const brand = (await one.owner.post("/api/v1/brands", { url })).data;
    await one.owner.post("/api/v1/campaigns", { brand_id: brand.id, name: "Refer a friend" });
    for (const path of lists) expect(await cells(path), path).toBeGreaterThan(0);
    const { text } = await one.page(`/search?${new URLSearchParams({ q: "grace@exa" })}`);
    expect(text).toContain(`Refer a friend · ${one.brand.domain}`);
  });

  it("names a campaign's brand where one is chosen, because an agency's campaigns share their names", async () => {
    const one = await aCampaign({ name: "Refer a friend" });
    const url = `https://${crypto.randomUUID()}.example.com`;
    const brand = (await one.owner.post("/api/v1/brands", { url })).data;
    const two = (await one.owner.post("/api/v1/campaigns", { brand_id: brand.id, name: "Refer a friend" })).data;
    for (const path of ["/participants", "/rewards"]) {
      const { text } = await one.page(`${path}?campaign_id=${two.id}`);
      expect(text, path).toContain(`>Refer a friend · ${one.brand.domain}</option>`);
      expect(text.split(`Refer a friend · ${brand.domain}`), path).toHaveLength(3);
    }
  });

  it("ignores invalid filters", async () => {
    const campaign = await aCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    for (const query of [
      "after=x",
      "campaign_id=-1",
      "status=odd",
      "sort=odd&invited_by=%00",
      "q=&status=",
      "after=1e9",
    ]) {
      const page = await campaign.page(`/participants?${query}`);
      expect([query, page.status, idsIn(page.text)]).toEqual([query, 200, [id]]);
    }
  });

  it("shows no participant of another account, whatever the query", async () => {
    const theirs = await newCampaign({ reward_type: 3 });
    const ada = (await theirs.signUp(someone())).data;
    const bob = (await theirs.refer(ada.referral_code, someone())).data.participant;
    await theirs.owner.patch(`/api/v1/participants/${bob.id}`, { status: "blocked" });
    const me = await aCampaign();
    const queries = [
      "",
      `campaign_id=${theirs.id}`,
      `q=${ada.email}`,
      `q=${ada.email}&campaign_id=${theirs.id}`,
      `invited_by=${ada.id}`,
      "status=blocked",
      `campaign_id=${theirs.id}&sort=referrals`,
      `after=${bob.id + 1}`,
    ];
    for (const query of queries) {
      expect([query, idsIn((await me.page(`/participants?${query}`)).text)]).toEqual([query, []]);
      expect((await me.page(`/participants/export?${query}`)).text).not.toContain("@");
    }
    for (const path of [
      `/participants/${ada.id}`,
      `/campaigns/${theirs.id}/participants`,
      `/campaigns/${theirs.id}/participants/export`,
      `/campaigns/${theirs.id}/participants/new`,
      "/participants/x",
      "/campaigns/x/participants",
    ])
      expect([path, (await me.page(path)).status]).toEqual([path, 404]);
    const id = ada.id;
    expect((await me.submit(`/participants/${id}`, { name: "X" })).status).toBe(404);
    expect((await me.submit(`/participants/${id}/status`, { status: "blocked" })).status).toBe(404);
    expect((await me.submit(`/participants/${id}/erase`)).status).toBe(404);
    await me.submit("/participants/status", { "@lists": "ids", ids: id, status: "blocked" });
    expect((await theirs.owner.get(`/api/v1/participants/${id}`)).data.status).toBe("active");
    expect((await me.submit(`/campaigns/${theirs.id}/participants/new`, { email: someone(), name: "X" })).status).toBe(
      404,
    );
  });

  it.each([
    ["the account", (_: number) => "/participants"],
    ["a campaign", (id: number) => `/campaigns/${id}/participants`],
    ["the ranking", (id: number) => `/campaigns/${id}/participants?sort=referrals`],
    ["a search", (_: number) => "/participants?q=seed-"],
    ["a search in a campaign", (id: number) => `/participants?q=seed-&campaign_id=${id}`],
    ["those blocked", (_: number) => "/participants?status=blocked"],
  ])("pages through %s without missing a participant", async (_, pathOf) => {
    const campaign = await aCampaign();
    const other = await newCampaign({}, campaign.owner);
    await populate(campaign, 120);
    await populate(other, 30);
    await env.DB.prepare(
      "UPDATE participants SET status = 'blocked' WHERE member_id = ? AND id % 5 <> 0 AND referral_count = 0",
    )
      .bind(campaign.owner.id)
      .run();
    // Ties across a page boundary.
    await env.DB.prepare(
      "UPDATE participants SET referral_count = 1, click_count = 0 WHERE campaign_id = ? AND status = 'active'",
    )
      .bind(campaign.id)
      .run();
    await env.DB.prepare(
      "UPDATE participants SET status = 'active', referral_count = 1 + id % 2 WHERE campaign_id = ? AND id % 3 = 0",
    )
      .bind(campaign.id)
      .run();
    const whole = idsIn((await campaign.page(pathOf(campaign.id))).text);
    const seen: number[] = [];
    for (let path: string | undefined = pathOf(campaign.id); path; ) {
      const { text } = await campaign.page(path);
      seen.push(...idsIn(text));
      path = nextIn(text);
    }
    const sql = pathOf(0).includes("blocked")
      ? "member_id = ?1 AND status = 'blocked'"
      : pathOf(0).includes("sort")
        ? "campaign_id = ?2 AND status = 'active' AND referral_count > 0"
        : pathOf(0).includes("campaign")
          ? "campaign_id = ?2"
          : "member_id = ?1";
    const { results } = await env.DB.prepare(`SELECT id FROM participants WHERE ?1 + ?2 > 0 AND ${sql}`)
      .bind(campaign.owner.id, campaign.id)
      .all<{ id: number }>();
    expect(whole.length).toBe(50);
    expect(seen.length).toBe(new Set(seen).size);
    expect([...seen].sort((a, b) => a - b)).toEqual(results.map((row) => row.id).sort((a, b) => a - b));
  });

  it("costs the same at two thousand and at twenty thousand people, on the first page and on a late one", async () => {
    const few = await costsAt(2_000);
    const many = await costsAt(20_000);
    for (const [i, [query, work]] of many.entries()) {
      expect([query, work.d1_calls]).toEqual([query, 2]);
      expect(work.rows_read, query).toBeLessThan((few[i]?.[1].rows_read ?? 0) + 10);
      expect(work.rows_read, query).toBeLessThan(250);
    }
  });

  it("reads two thousand people for a rare filter, shows that, and continues from there", async () => {
    const campaign = await aCampaign();
    const first = (await campaign.signUp(someone())).data;
    await populate(campaign, 2_500);
    await env.DB.prepare("UPDATE participants SET status = 'active' WHERE campaign_id = ?").bind(campaign.id).run();
    await env.DB.prepare(
      "INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, date_earned, earn_event) VALUES (? * 64, ?, ?, ?, 'referrer', 3, 'fulfilled', 0, 'x')",
    )
      .bind(first.id, campaign.owner.id, campaign.id, first.id)
      .run();
    const page = await campaign.page("/participants?rewarded=yes");
    expect(idsIn(page.text)).toEqual([]);
    expect(page.text).toContain("Search further");
    const further = await campaign.page(nextIn(page.text) ?? "");
    expect(idsIn(further.text)).toEqual([first.id]);
    expect(nextIn(further.text)).toBeUndefined();
    expect((await campaign.page("/participants/export?rewarded=yes")).text).toContain(first.email);
  });
});

async function costsAt(people: number) {
  const campaign = await aCampaign();
  await populate(campaign, people);
  // Later participants of another campaign come before the matching ones.
  await populate(await newCampaign({}, campaign.owner), people);
  const late = (
    await env.DB.prepare("SELECT id FROM participants WHERE campaign_id = ? ORDER BY id LIMIT 1 OFFSET 500")
      .bind(campaign.id)
      .first<{ id: number }>()
  )?.id;
  const costs: [string, Awaited<ReturnType<typeof workOf>>][] = [];
  for (const query of [
    "",
    `after=${late}`,
    `campaign_id=${campaign.id}`,
    `campaign_id=${campaign.id}&sort=referrals`,
    "q=seed-",
    "status=blocked",
  ])
    costs.push([query.replace(/\d+/g, ""), await workOf(() => campaign.page(`/participants?${query}`))]);
  return costs;
}

/** A formula at the start of a cell, also for a spreadsheet that splits at semicolons or tabs. */
const RUN = /(?:^|[;\t])[ \u00a0\u3000]*[=+\-@\t\r＝＋－＠]/;

describe("an export", () => {
  it("is the filtered list as CSV, without formulas", async () => {
    const campaign = await aCampaign();
    const email = someone();
    const { id } = (await campaign.signUp(email, { name: '=cmd|"/c calc"', metadata: { a: 1 }, external_id: "+1" }))
      .data;
    await campaign.signUp(someone());
    const file = await campaign.page(`/participants/export?q=${email}`);
    expect(file.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(file.headers.get("Content-Disposition")).toContain("attachment");
    const [head, row, end, ...more] = file.text.split("\r\n");
    expect(head).toMatch(/^\uFEFF?id,email,name,campaign_id/);
    expect(row).toMatch(new RegExp(`^${id},${email},"'=cmd`));
    expect(row).toContain("'+1");
    expect(row).toMatch(/\d{4}-\d\d-\d\dT[\d:.]+Z/);
    expect([end, more]).toEqual(["", []]);
  });

  it("is safe in a spreadsheet, whatever people entered into any field", async () => {
    const campaign = await aCampaign();
    for (const text of formulas)
      expect(
        (await campaign.signUp(someone(), { name: text, external_id: text, metadata: { [text]: text } })).status,
      ).toBe(201);
    const { text } = await campaign.page("/participants/export");
    const { data } = Papa.parse<string[]>(text.trim());
    expect(data.length).toBe(formulas.length + 1);
    for (const cell of data.flat()) expect(cell).not.toMatch(RUN);
    for (const typed of formulas) expect(data.flat().map(unguarded), typed).toContain(typed.trim());
  });

  it("can be imported again unchanged, whatever people entered", async () => {
    const campaign = await aCampaign();
    const names = new Map(formulas.map((name) => [someone(), name.trim()]));
    for (const [email, name] of names) await campaign.signUp(email, { name, external_id: name });
    const { text } = await campaign.page(`/campaigns/${campaign.id}/participants/export`);
    const other = await newCampaign({}, campaign.owner);
    const path = `/campaigns/${other.id}/import`;
    const page = await campaign.submit(path, { file: new File([text], "participants.csv", { type: "text/csv" }) });
    const field = (name: string) =>
      Papa.parse<string[]>(
        `"${(new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "")
          .replaceAll("&quot;", '""')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&")}"`,
      ).data[0]?.[0] ?? "";
    await campaign.submit(`${path}/run`, { token: field("token"), rows: field("rows") });
    const { participants } = (await campaign.owner.get(`/api/v1/participants?campaign_id=${other.id}&limit=100`)).data;
    expect(
      new Map(participants.map(({ email, name }: { email: string; name: string }) => [email, name] as const)),
    ).toEqual(names);
    for (const { name, external_id } of participants) expect(external_id).toBe(name);
  });

  it("contains every participant, in slices", async () => {
    const campaign = await aCampaign();
    await populate(campaign, 2_345);
    const { text } = await campaign.page(`/campaigns/${campaign.id}/participants/export`);
    const ids = text
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => Number(line.split(",")[0]));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(2_345);
  });
});

describe("a participant's page", () => {
  it("shows the API's data about the participant, their referrals, and their deliveries and emails", async () => {
    const campaign = await aCampaign({ reward_type: 1, num_signups: 1 });
    await campaign.upload(someCodes(2));
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/people" });
    const ada = (await campaign.signUp(someone(), { name: "Ada" })).data;
    const bob = (await campaign.refer(ada.referral_code, someone(), { name: "Bob" })).data.participant;
    const eve = (await campaign.refer(bob.referral_code, someone(), { name: "Eve" })).data.participant;
    const { data } = await campaign.owner.get(`/api/v1/participants/${bob.id}`);
    const page = await campaign.page(`/participants/${bob.id}`);
    expect(page.status).toBe(200);
    for (const text of [
      data.email,
      data.share_url,
      data.rewards[0].coupon,
      "hooks.example.com/people",
      "Referred",
      "Referred by",
    ])
      expect(page.text).toContain(text);
    for (const friend of [ada, eve]) expect(page.text).toContain(`href="/participants/${friend.id}"`);
    expect(page.text.match(/participant\.signup<\/a>/g)).toHaveLength(1);
    expect(page.text.match(/reward\.fulfilled<\/a>/g)).toHaveLength(1);
    expect((await campaign.page(`/participants/${eve.id}`)).text).toContain(`href="/participants/${ada.id}"`);
  });

  it("costs three calls and the same at a hundred and at ten thousand people", async () => {
    const at = async (people: number) => {
      const campaign = await aCampaign();
      const ada = (await campaign.signUp(someone())).data;
      await populate(campaign, people);
      await env.DB.prepare("UPDATE participants SET invited_by = ? WHERE campaign_id = ? AND id > ?")
        .bind(ada.id, campaign.id, ada.id)
        .run();
      return workOf(() => campaign.page(`/participants/${ada.id}`));
    };
    const [few, many] = [await at(100), await at(10_000)];
    expect(many).toEqual(few);
    expect(many.d1_calls).toBe(3);
    expect(many.rows_read).toBeLessThan(150);
  });

  it("changes the name, external id, and metadata, and keeps the input beside errors", async () => {
    const campaign = await aCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    const path = `/participants/${id}`;
    const email = someone();
    const done = await campaign.submit(path, { name: "Ada", email, external_id: "", metadata: '{"a": [1]}' });
    expect(leadsTo(done)).toBe(`${path}?done=saved`);
    expect((await campaign.owner.get(`/api/v1${path}`)).data).toMatchObject({
      name: "Ada",
      email,
      external_id: null,
      metadata: { a: [1] },
    });
    for (const metadata of ["{a", "[1]", "7", JSON.stringify({ a: "x".repeat(4000) })]) {
      const refused = await campaign.submit(path, { name: "Typed", external_id: "", metadata });
      expect([metadata, refused.status]).toEqual([metadata, 400]);
      expect(refused.text).toMatch(/id="field-metadata-problem"/);
      expect(refused.text).toContain("Typed");
    }
    for (const wrong of ["", "no address"]) {
      const { status, text } = await campaign.submit(path, { name: "Typed", email: wrong });
      expect([wrong, status, /id="field-email-problem"/.test(text)]).toEqual([wrong, 400, true]);
    }
    expect((await campaign.owner.get(`/api/v1${path}`)).data.name).toBe("Ada");
  });

  it("sets a checkout code, refuses a taken one, and removes it", async () => {
    const campaign = await aCampaign();
    const [ada, eve] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const save = (id: number, checkout_code: string) =>
      campaign.submit(`/participants/${id}`, { name: "Ada", external_id: "", metadata: "", checkout_code });
    expect(leadsTo(await save(ada.id, "ADA10"))).toBe(`/participants/${ada.id}?done=saved`);
    expect((await campaign.page(`/participants/${ada.id}`)).text).toContain("Checkout code: <code>ADA10</code>");
    const taken = await save(eve.id, "ada10");
    expect([taken.status, taken.text.includes('id="field-checkout_code-problem"')]).toEqual([400, true]);
    expect(taken.text).toContain('value="ada10"');
    expect((await save(eve.id, "a b")).status).toBe(400);
    expect((await save(ada.id, "")).status).toBe(303);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.checkout_code).toBeNull();
  });

  it("blocks, activates, and erases the participant", async () => {
    const campaign = await aCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    const status = async () => (await campaign.owner.get(`/api/v1/participants/${id}`)).data?.status;
    await campaign.submit(`/participants/${id}/status`, { status: "blocked" });
    expect(await status()).toBe("blocked");
    await campaign.submit(`/participants/${id}/status`, { status: "active" });
    expect(await status()).toBe("active");
    expect((await campaign.submit(`/participants/${id}/status`, { status: "erased" })).status).toBe(400);
    expect(leadsTo(await campaign.submit(`/participants/${id}/erase`))).toBe("/participants?done=erased");
    expect((await campaign.submit(`/participants/${id}/erase`)).status).toBe(404);
    expect((await campaign.page(`/participants/${id}`)).status).toBe(404);
  });

  it("does not email participants who are blocked, unsubscribed, or cannot be reached, and says why", async () => {
    const campaign = await aCampaign();
    const { id: memberId } = campaign.owner;
    const email = someone();
    const { id } = (await campaign.signUp(email)).data;
    const button = `action="/participants/${id}/email"`;
    const mails = async () =>
      (await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE participant_id = ?").bind(id).first("n")) ?? 0;
    const before = await mails();
    const suppress = env.DB.prepare("INSERT INTO suppressions (member_id, email_hash, date) VALUES (?, ?, 0)");
    const block = env.DB.prepare(
      "INSERT INTO blocked_mailboxes (mailbox, reason, until, date) VALUES (?, 'hard_bounce', ?, 0)",
    );
    const mailbox = await mailboxHash(env, email);
    const cases = [
      [
        "blocked",
        "This participant is blocked",
        () => campaign.submit(`/participants/${id}/status`, { status: "blocked" }),
        () => campaign.submit(`/participants/${id}/status`, { status: "active" }),
      ],
      [
        "unsubscribed",
        "This participant unsubscribed",
        async () => suppress.bind(memberId, await recipientHash(env, memberId, email)).run(),
        () => env.DB.prepare("DELETE FROM suppressions WHERE member_id = ?").bind(memberId).run(),
      ],
      [
        "unreachable",
        "We send no email to this address",
        () => block.bind(mailbox, null).run(),
        () => env.DB.prepare("UPDATE blocked_mailboxes SET until = 1 WHERE mailbox = ?").bind(mailbox).run(),
      ],
    ] as const;
    for (const [refusal, said, begin, end] of cases) {
      expect((await campaign.page(`/participants/${id}`)).text, refusal).toContain(button);
      await begin();
      const { text } = await campaign.page(`/participants/${id}`);
      expect(text, refusal).not.toContain(button);
      expect(text, refusal).toContain(said);
      const path = leadsTo(await campaign.submit(`/participants/${id}/email`));
      expect(path).toBe(`/participants/${id}?done=mail_${refusal}`);
      expect((await campaign.page(path ?? "")).text).toContain(`class="notice warn" role="status">Not sent. ${said}`);
      await end();
    }
    expect(await mails()).toBe(before);
    expect((await campaign.page(`/participants/${id}`)).text).toContain(button);
    await campaign.submit(`/participants/${id}/erase`);
    expect((await campaign.submit(`/participants/${id}/email`)).status).toBe(404);
  });

  it("emails the participant's link again, three times a day, and shows webhook deliveries", async () => {
    const campaign = await aCampaign();
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/in" });
    const { id } = (await campaign.signUp(someone())).data;
    await env.DB.prepare("UPDATE deliveries SET status = 'delivered', attempts = ? WHERE campaign_id = ?")
      .bind(
        JSON.stringify([{ at: new Date().toISOString(), status_code: 200, error: null, duration_ms: 1 }]),
        campaign.id,
      )
      .run();
    for (const done of ["mail_sent", "mail_sent", "mail_sent", "mail_limit"])
      expect((await campaign.submit(`/participants/${id}/email`)).headers.get("Location")).toContain(`done=${done}`);
    expect((await campaign.page(`/participants/${id}?done=mail_limit`)).text).toContain("Not sent: this participant");
    const { results } = await env.DB.prepare("SELECT kind FROM mails WHERE participant_id = ?").bind(id).all();
    expect(results.filter(({ kind }) => kind === "magic_link")).toHaveLength(3);
    const { text } = await campaign.page(`/participants/${id}`);
    expect(text).toContain("Webhook delivered: participant.signup to hooks.example.com");
    expect((await (await signedIn()).submit(`/participants/${id}/email`)).status).toBe(404);
    await campaign.submit(`/participants/${id}/status`, { status: "blocked" });
    expect((await campaign.page(`/participants/${id}`)).text).not.toContain(`/participants/${id}/email`);
    await campaign.submit(`/campaigns/${campaign.id}/participants/status`, {
      "@lists": "ids",
      ids: id,
      status: "active",
    });
    expect((await campaign.page("/audit")).text).toContain("Activated 1 participant<");
  });

  it("has no forms for a viewer, and refuses the viewer's", async () => {
    const campaign = await aCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    const victor = await colleagueOf(campaign.owner, "viewer");
    for (const path of ["/participants", `/participants/${id}`, `/campaigns/${campaign.id}/participants`]) {
      const page = await victor.page(path);
      expect(page.status).toBe(200);
      expect(page.text.replace(/action="\/sign-out"|method="post" action="\/sign-out"/g, "")).not.toMatch(
        /method="post"/,
      );
    }
    for (const path of [
      `/participants/${id}`,
      `/participants/${id}/status`,
      `/participants/${id}/erase`,
      "/participants/status",
    ])
      expect((await victor.submit(path, { status: "blocked" })).status).toBe(403);
    expect((await victor.page(`/campaigns/${campaign.id}/participants/new`)).status).toBe(403);
  });
});

describe("several people at once", () => {
  it("are blocked and activated together, in all their campaigns, and the totals follow", async () => {
    const campaign = await aCampaign();
    const other = await newCampaign({}, campaign.owner);
    const people = [
      (await campaign.signUp(someone())).data.id,
      (await campaign.signUp(someone())).data.id,
      (await other.signUp(someone())).data.id,
    ];
    const done = await campaign.submit("/participants/status?status=active", {
      "@lists": "ids",
      ids: people,
      status: "blocked",
    });
    expect(leadsTo(done)).toBe("/participants?status=active&done=blocked");
    expect(idsIn((await campaign.page("/participants?status=blocked")).text).sort()).toEqual([...people].sort());
    expect((await campaign.page(`/campaigns/${campaign.id}/participants`)).text).toContain("2 blocked");
    await campaign.submit(`/campaigns/${campaign.id}/participants/status`, {
      "@lists": "ids",
      ids: people[0] ?? 0,
      status: "active",
    });
    expect(idsIn((await campaign.page("/participants?status=blocked")).text)).not.toContain(people[0]);
  });

  it("are a 404 for another account's campaign, and unchanged for participants of another campaign", async () => {
    const [campaign, strangers] = [await aCampaign(), await aCampaign()];
    const other = await newCampaign({}, campaign.owner);
    const [theirs, mine] = [(await strangers.signUp(someone())).data.id, (await other.signUp(someone())).data.id];
    const path = (id: number) => `/campaigns/${id}/participants/status`;
    for (const fields of [{ ids: theirs }, { ids: mine }]) {
      const sent = { "@lists": "ids", status: "blocked", ...fields };
      expect((await campaign.submit(path(strangers.id), sent)).status).toBe(404);
      expect((await campaign.submit(path(campaign.id), sent)).status).toBe(303);
    }
    for (const [owner, id] of [
      [strangers.owner, theirs],
      [campaign.owner, mine],
    ] as const)
      expect((await owner.get(`/api/v1/participants/${id}`)).data.status).toBe("active");
  });

  it("are at least one, and at most a hundred", async () => {
    const campaign = await aCampaign();
    const { id } = (await campaign.signUp(someone())).data;
    const { id: other } = (await campaign.signUp(someone())).data;
    for (const path of ["/participants", `/campaigns/${campaign.id}/participants`]) {
      const choose = (fields: Fields) =>
        campaign.submit(`${path}/status?status=active`, { "@lists": "ids", ...fields });
      const none = await choose({ status: "blocked" });
      expect([none.status, none.text.includes("Select at least one participant.")]).toEqual([400, true]);
      const ids = [id, ...Array.from({ length: 100 }, (_, i) => i + 1_000_000_000)];
      const many = await choose({ ids, status: "blocked" });
      expect([many.status, many.text.includes("You can change at most 100 participants at a time.")]).toEqual([
        400,
        true,
      ]);
      expect(idsIn(many.text)).toEqual([other, id]);
      expect([...many.text.matchAll(/<input[^>]*name="ids"[^>]*checked[^>]*>/g)].join()).toContain(`value="${id}"`);
      expect(many.text).not.toMatch(new RegExp(`value="${other}"[^>]*checked`));
      expect((await choose({ ids: "x", status: "odd" })).status).toBe(400);
    }
    expect((await campaign.owner.get(`/api/v1/participants/${id}`)).data.status).toBe("active");
  });
});

describe("adding a participant by hand", () => {
  it("is a normal signup, even through a friend's link", async () => {
    const campaign = await aCampaign();
    const path = `/campaigns/${campaign.id}/participants/new`;
    const added = await campaign.submit(path, { email: someone(), name: "Ada", referral_code: "", external_id: "" });
    const id = Number(/participants\/(\d+)\?done=added/.exec(leadsTo(added) ?? "")?.[1]);
    const ada = (await campaign.owner.get(`/api/v1/participants/${id}`)).data;
    expect(await campaign.events("participant.signup")).toHaveLength(1);
    const friend = await campaign.submit(path, { email: someone(), name: "Bob", referral_code: ada.share_url });
    expect(leadsTo(friend)).toMatch(/done=added$/);
    expect((await campaign.owner.get(`/api/v1/participants/${id}`)).data.referral_count).toBe(1);
  });

  it("shows errors beside the field", async () => {
    const campaign = await aCampaign();
    const other = await newCampaign({}, campaign.owner);
    const ada = (await campaign.signUp(someone())).data;
    const elsewhere = (await other.signUp(someone())).data;
    const path = `/campaigns/${campaign.id}/participants/new`;
    const bad: [string, Record<string, string>][] = [
      ["email", { email: "nonsense", name: "A" }],
      ["email", { email: ada.email, name: "A" }],
      ["email", { email: ada.email, name: "A", referral_code: ada.referral_code }],
      ["name", { email: someone(), name: "" }],
      ["referral_code", { email: someone(), name: "A", referral_code: "nonsense" }],
      ["referral_code", { email: someone(), name: "A", referral_code: elsewhere.referral_code }],
    ];
    for (const [field, fields] of bad) {
      const answer = await campaign.submit(path, fields);
      expect([fields, answer.status]).toEqual([fields, 400]);
      expect(answer.text).toContain(`id="field-${field}-problem"`);
    }
    expect((await campaign.stats()).total_participants).toBe(1);
  });
});

describe("an account without participants", () => {
  it("has pages that explain how people join", async () => {
    const ada = await signedIn();
    expect((await ada.page("/participants")).text).toContain("No participants yet");
    expect((await ada.page("/participants/export")).text.trim().split("\r\n")).toHaveLength(1);
  });
});
