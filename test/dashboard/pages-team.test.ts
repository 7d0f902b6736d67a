import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Audit } from "../../src/auth/audited";
import { runJobs } from "../../src/cron";
import { dashboard } from "../../src/pages";
import { bearerOf } from "../support/bearer";
import { call, newDomain, newMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { browser, browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";

const newEmail = () => `person-${crypto.randomUUID()}@example.com`;
const DAY = 86_400_000;
const sqlOf = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run();
const countOf = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .first<number>("n");

/** An owner with a new invitation, and the link in the email. */
async function invitationFor(email: string, role = "editor") {
  const ada = await signedIn();
  const answer = await ada.submit("/team/invitations", { email, role });
  const mails = await mailroom(ada.member).deliver();
  const mail = mails.find(({ to }) => to === email);
  return { ada, answer, mail, path: mail?.text?.match(/\/team\/join\/[\w.-]+/)?.[0] ?? "/none" };
}

describe("inviting a colleague", () => {
  it("sends a link with which the mailbox's owner joins with one button and starts to work", async () => {
    const grace = await signedIn();
    const { ada, answer, mail, path } = await invitationFor(grace.member.email);
    expect(leadsTo(answer)).toBe("/team?done=invited");
    expect(mail?.subject).toBe(`${ada.member.email} invited you to join the team`);
    expect(await grace.page(path)).toMatchObject({ status: 200, text: expect.stringContaining(">Join</button>") });
    expect((await ada.page("/team")).text).toContain(grace.member.email);
    const joined = await grace.submit(path);
    expect(leadsTo(joined)).toBe("/home?done=joined");
    expect((await ada.page("/audit")).text).toContain("Joined the team");
    const { id } = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    expect(id).toBeGreaterThan(0);
    expect((await grace.page("/team")).text).toContain(ada.member.email);
    expect((await grace.submit(path)).status).toBe(303);
    expect((await grace.page(path)).status).toBe(404);
    expect(await countOf("SELECT count(*) AS n FROM memberships WHERE account_id = ?", ada.member.id)).toBe(1);
  });

  it("leads invitees without an account to sign-up, and back to the invitation", async () => {
    const email = newEmail();
    const { ada, path } = await invitationFor(email, "viewer");
    const grace = browser();
    const page = await grace.page(path);
    expect(page.text).toContain(`/sign-up?next=${encodeURIComponent(path)}`);
    const websites = async (url: string) => (await grace.page(url)).text.split('name="website"').length - 1;
    expect(await websites("/sign-up")).toBe(1);
    expect(await websites(`/sign-up?next=${encodeURIComponent(path)}`)).toBe(0);
    expect(leadsTo(await grace.submit(path))).toBe(path);
    const signedUp = await grace.submit(`/sign-up?${new URLSearchParams({ next: path })}`, {
      name: "Grace",
      email,
      password: "correct horse battery",
    });
    expect(leadsTo(signedUp)).toBe(path);
    await grace.submit(path);
    expect((await ada.page("/team")).text).toContain("Grace");
    expect((await grace.submit("/team/invitations", { email: newEmail(), role: "viewer" })).status).toBe(403);
  });

  it("is useless to another mailbox, which sees why", async () => {
    const email = newEmail();
    const { ada, path } = await invitationFor(email);
    const eve = await signedIn();
    expect((await eve.page(path)).text).toContain(`This invitation is for <strong>${email}</strong>`);
    await eve.submit(path);
    expect(await countOf("SELECT count(*) AS n FROM memberships WHERE account_id = ?", ada.member.id)).toBe(0);
    expect(await countOf("SELECT count(*) AS n FROM team_invitations WHERE account_id = ?", ada.member.id)).toBe(1);
  });

  it("ends when it is canceled, after a week, and with a changed link", async () => {
    const grace = await signedIn();
    const { ada, path } = await invitationFor(grace.member.email);
    const other = await invitationFor(newEmail());
    const issued = (Date.now() - 7.1 * DAY).toString(36);
    const id = (await countOf("SELECT id AS n FROM team_invitations WHERE account_id = ?", ada.member.id)) ?? 0;
    const bad = [
      path.slice(0, -1),
      path.replace(/\.[0-9a-z]+\./, `.${issued}.`),
      path.replace(/join\/\d+/, other.path.match(/join\/\d+/)?.[0] ?? ""),
      "/team/join/x",
    ];
    for (const link of bad) {
      expect((await grace.page(link)).status, link).toBe(404);
      await grace.submit(link);
    }
    expect((await other.ada.submit(`/team/invitations/${id}/cancel`)).status).toBe(404);
    expect((await ada.submit(`/team/invitations/${id}/cancel`)).status).toBe(303);
    expect((await ada.submit(`/team/invitations/${id}/cancel`)).status).toBe(404);
    await grace.submit(path);
    expect((await grace.page(path)).status).toBe(404);
    expect(await countOf("SELECT count(*) AS n FROM memberships WHERE person_id = ?", grace.member.id)).toBe(0);
  });

  it("refuses existing members, invalid emails and roles, and more than twenty a day", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "viewer");
    for (const [email, role, field] of [
      [ada.member.email, "editor", "email"],
      [grace.member.email, "editor", "email"],
      ["nobody", "editor", "email"],
      [newEmail(), "admin", "role"],
    ] as const)
      expect(await ada.submit("/team/invitations", { email, role })).toMatchObject({
        status: 400,
        text: expect.stringContaining(`field-${field}-problem`),
      });
    for (let n = 0; n < 20; n++) await ada.submit("/team/invitations", { email: newEmail(), role: "viewer" });
    expect((await ada.submit("/team/invitations", { email: newEmail(), role: "viewer" })).text).toContain(
      "You can send 20 invitations",
    );
    expect(await countOf("SELECT count(*) AS n FROM mails WHERE member_id = ?", ada.member.id)).toBe(20);
  });

  it("is limited to twenty a day, and a team of two hundred, for concurrent requests, too", async () => {
    const [ada, eve] = [await signedIn(), await signedIn()];
    const ask = (who: typeof ada, n: number) =>
      Promise.all(
        Array.from({ length: n }, () => who.submit("/team/invitations", { email: newEmail(), role: "viewer" })),
      );
    expect((await ask(ada, 24)).filter(({ status }) => status === 303)).toHaveLength(20);
    expect(await countOf("SELECT count(*) AS n FROM mails WHERE member_id = ?", ada.member.id)).toBe(20);
    await env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 197)
      INSERT INTO team_invitations (account_id, email, role, date_invited) SELECT ?, n || '@example.com', 'viewer', 1 FROM i`)
      .bind(eve.member.id)
      .run();
    const answers = await ask(eve, 5);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 400)?.text).toContain("A team can have 200 members");
    expect(await countOf("SELECT count(*) AS n FROM team_invitations WHERE account_id = ?", eve.member.id)).toBe(200);
  });

  it("repeated is one invitation with the newer role, and both emails work", async () => {
    const grace = await signedIn();
    const { ada, path } = await invitationFor(grace.member.email, "viewer");
    await ada.submit("/team/invitations", { email: grace.member.email, role: "editor" });
    expect(await countOf("SELECT count(*) AS n FROM team_invitations WHERE account_id = ?", ada.member.id)).toBe(1);
    await grace.submit(path);
    expect(
      await env.DB.prepare("SELECT role FROM memberships WHERE person_id = ?").bind(grace.member.id).first("role"),
    ).toBe("editor");
  });
});

describe("a role", () => {
  it("is changed and removed by owners, but never the account's own member's", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "editor");
    expect((await ada.submit(`/team/${grace.member.id}/role`, { role: "owner" })).status).toBe(303);
    expect((await ada.submit(`/team/${grace.member.id}/role`, { role: "king" })).status).toBe(400);
    for (const act of ["role", "remove"])
      expect((await grace.submit(`/team/${ada.member.id}/${act}`, { role: "viewer" })).status, act).toBe(404);
    expect((await ada.submit("/team/x/remove")).status).toBe(404);
    expect((await ada.submit(`/team/${grace.member.id}/remove`)).status).toBe(303);
    expect((await ada.submit(`/team/${grace.member.id}/remove`)).status).toBe(404);
    const stranger = await signedIn();
    const again = await colleagueOf(ada.member, "editor");
    expect((await stranger.submit(`/team/${again.member.id}/remove`)).status).toBe(404);
  });

  it("that was removed returns the session to the member's own account, and ignores its form", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "owner");
    await ada.submit(`/team/${grace.member.id}/remove`);
    const answer = await grace.submit("/api-keys");
    expect([answer.status, leadsTo(answer)]).toEqual([303, "/home?done=role_over"]);
    for (const member of [ada.member, grace.member])
      expect(await countOf("SELECT count(*) AS n FROM api_keys WHERE member_id = ?", member.id)).toBe(1);
    const page = await grace.page("/team");
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining("account owner") });
    expect(page.text).not.toContain(ada.member.email);
  });

  it.each(["viewer", "editor"] as const)(
    "of a %s sends none of the forms of keys and team, and is shown none",
    async (role) => {
      const ada = await signedIn();
      const victor = await colleagueOf(ada.member, role);
      const other = await colleagueOf(ada.member, "viewer");
      const posts = [
        "/api-keys",
        "/api-keys/1/revoke",
        "/team/invitations",
        "/team/invitations/1/cancel",
        `/team/${other.member.id}/role`,
        `/team/${other.member.id}/remove`,
      ];
      for (const path of posts)
        expect((await victor.submit(path, { email: newEmail(), role: "owner" })).status, path).toBe(403);
      for (const path of ["/team", "/api-keys"]) {
        const { status, text } = await victor.page(path);
        expect(status).toBe(200);
        expect(text.match(/<form[^>]*action="(?!\/sign-out)/g) ?? [], path).toEqual([]);
        expect(text).not.toContain("Create key</button>");
      }
      expect(
        await countOf("SELECT count(*) AS n FROM memberships WHERE account_id = ? AND role = 'owner'", ada.member.id),
      ).toBe(0);
    },
  );
});

describe("switching accounts", () => {
  it("moves the session to another account and back, where permitted", async () => {
    const [ada, eve] = [await signedIn(), await signedIn()];
    const grace = await colleagueOf(ada.member, "viewer");
    const there = await browserOf(grace.member);
    expect((await there.page("/account/switch")).text).toContain(`/account/switch/${ada.member.id}"`);
    expect(leadsTo(await there.submit(`/account/switch/${ada.member.id}`))).toBe("/home?done=switched");
    expect((await there.page("/team")).text).toContain(ada.member.email);
    expect((await there.submit(`/account/switch/${eve.member.id}`)).status).toBe(404);
    expect((await there.submit("/account/switch/x")).status).toBe(404);
    expect((await there.submit(`/account/switch/${grace.member.id}`)).status).toBe(303);
    expect((await there.page("/team")).text).not.toContain(ada.member.email);
  });

  it("is impossible after leaving the account", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "editor");
    expect((await grace.submit(`/account/switch/${ada.member.id}/leave`)).status).toBe(303);
    expect((await grace.submit(`/account/switch/${ada.member.id}/leave`)).status).toBe(404);
    expect(leadsTo(await grace.page("/team"))).toBe(null);
    expect((await grace.page("/team")).text).not.toContain(ada.member.email);
    expect((await grace.submit(`/account/switch/${ada.member.id}`)).status).toBe(404);
  });
});

describe("the audit log", () => {
  it("lists each change and its author, newest first, for this account only, without refusals", async () => {
    const [ada, eve] = [await signedIn(), await signedIn()];
    const grace = await colleagueOf(ada.member, "owner");
    await grace.submit("/api-keys");
    await ada.submit("/team/invitations", { email: newEmail(), role: "viewer" });
    await ada.submit("/team/invitations", { email: "nobody", role: "viewer" });
    await eve.submit("/api-keys");
    const { text } = await ada.page("/audit");
    expect(text.indexOf("Invited a team member")).toBeLessThan(text.indexOf("Created an API key"));
    expect(text.match(/Invited a team member/g)).toHaveLength(1);
    expect(text).toContain(grace.member.email);
    expect(text).not.toContain(eve.member.email);
  });

  it("lists API changes with the key or token, but no traffic and no ineffective changes", async () => {
    const ada = await signedIn();
    const { member } = ada;
    const log = async () => (await ada.page("/audit")).text;
    const of = (text: string, said: string) => text.split(said).length - 1;
    const brand = (await member.post("/v1/brands", { url: newDomain() })).data;
    const once = { headers: { "Idempotency-Key": "once" } };
    const made = (await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Spring" }, once)).data;
    const again = await member.post("/api/v1/campaigns", { brand_id: brand.id, name: "Spring" }, once);
    expect(again.data.id).toBe(made.id);
    await member.put(`/api/v1/campaigns/${made.id}/reward`, { custom_message: "Thanks" });
    await member.put(`/api/v1/campaigns/${made.id}/reward`, { cash_value: "lots" });
    await member.put("/api/v1/campaigns/999999999", { name: "Not hers" });
    const grace = { campaign_id: made.id, email: newEmail(), name: "Grace" };
    const { id } = (await member.post("/api/v1/signups", grace)).data;
    await member.patch(`/api/v1/participants/${id}`, { name: "Grace Hopper" });
    await member.post("/api/v1/zapier/auth", {});
    await member.delete(`/api/v1/participants/${id}`);
    const text = await log();
    expect(of(text, `<code>${member.key.slice(0, 10)}…</code>`)).toBe(4);
    for (const said of [
      "Created a brand",
      "Created a campaign",
      "Updated a campaign&#39;s rewards",
      "Erased a participant",
    ])
      expect(of(text, said), said).toBe(1);
    expect(text).toContain(`<a href="/campaigns/${made.id}">Spring</a>`);
    expect(text).toContain(`Participant ${id} (deleted)`);
    for (const pii of [grace.email, "Grace", member.key]) expect(text).not.toContain(pii);

    const headers = await bearerOf(member);
    await call("DELETE", `/api/v1/brands/${brand.id}`, undefined, { headers });
    const after = await log();
    expect(after).toMatch(new RegExp(`via API</span><div class="quiet">${member.email}`));
    expect(of(after, "Deleted a brand and its campaigns")).toBe(1);
    expect((await (await signedIn()).page("/audit")).text).not.toContain("Deleted a brand");
  });

  it("continues after the last entry, and treats any page number as the first", async () => {
    const ada = await signedIn();
    const insert = env.DB.prepare(
      "INSERT INTO audit_entries (account_id, person_id, via, action, path, date) VALUES (?, ?, 'dashboard', 'Created brands', ?, ?)",
    );
    await env.DB.batch(
      Array.from({ length: 60 }, (_, n) => insert.bind(ada.member.id, ada.member.id, `/brands/${n + 1}/x`, Date.now())),
    );
    const first = await ada.page("/audit");
    expect(first.text.match(/Created brands/g)).toHaveLength(50);
    const older = first.text.match(/\/audit\?before=\d+/)?.[0] ?? "";
    const second = await ada.page(older);
    expect(second.text.match(/Created brands/g)).toHaveLength(10);
    for (const before of ["x", "-1", "0", "1.5", "99999999999999999999"])
      expect((await ada.page(`/audit?before=${before}`)).status, before).toBe(200);
  });

  it("contains no token, and outlives a deleted member without their name", async () => {
    const grace = await signedIn();
    const { ada, path } = await invitationFor(grace.member.email);
    await grace.submit(path);
    expect(await countOf("SELECT count(*) AS n FROM audit_entries WHERE path LIKE '%join/%'")).toBe(0);
    await sqlOf("DELETE FROM members WHERE id = ?", grace.member.id);
    const { text } = await ada.page("/audit");
    expect(text).toContain("a former member");
    expect(text).not.toContain(grace.member.email);
  });

  it("is kept for 400 days", async () => {
    const ada = await newMember();
    const insert =
      "INSERT INTO audit_entries (id, account_id, person_id, via, action, path, date) VALUES (?, ?, ?, 'api', 'Created', '/x', ?)";
    await sqlOf(insert, -2, ada.id, ada.id, Date.now() - 401 * DAY);
    await sqlOf(insert, -1, ada.id, ada.id, Date.now() - 399 * DAY);
    await runJobs(env);
    const { results } = await env.DB.prepare("SELECT id FROM audit_entries WHERE account_id = ?").bind(ada.id).all();
    expect(results).toEqual([{ id: -1 }]);
  });

  it("has a label for every form of the dashboard, or a reason why the form leaves no entry", () => {
    const forms = new Map<string, Audit | undefined>();
    for (const { method, path, handler } of dashboard.routes)
      if (!["GET", "ALL"].includes(method)) {
        const { audit } = handler as { audit?: Audit };
        forms.set(`${method} ${path}`, forms.get(`${method} ${path}`) ?? audit);
      }
    expect(forms.size).toBeGreaterThan(50);
    expect([...forms].filter(([, audit]) => audit === undefined)).toEqual([]);
    for (const [form, audit] of forms)
      if (typeof audit === "string") expect(audit, form).toMatch(/^[A-Z][a-z]+ [\w' -]+$/);
      else expect(audit?.unaudited, form).toMatch(/^[A-Z].{10,}\.$/);
  });

  it("names changed objects as the account calls them, and shows which are deleted", async () => {
    const ada = await signedIn();
    const domain = newDomain();
    const { id } = (await ada.member.post("/api/v1/brands", { url: domain })).data;
    const campaign = (await ada.member.post("/api/v1/campaigns", { brand_id: id, name: "Spring & Co" })).data;
    const eve = await newMember();
    const hers = (await eve.post("/api/v1/brands", { url: newDomain() })).data;
    await ada.submit(`/campaigns/${campaign.id}/lander/publish`, {});
    await ada.submit(`/brands/${id}`, { slug: `slug-${id}` });
    await sqlOf(
      "INSERT INTO audit_entries (account_id, person_id, via, action, path, date) VALUES (?, ?, 'dashboard', 'Updated a brand', ?, 0)",
      ada.member.id,
      ada.member.id,
      `/brands/${hers.id}`,
    );
    const { text } = await ada.page("/audit");
    expect(text).toContain(`<a href="/campaigns/${campaign.id}">Spring &amp; Co</a>`);
    expect(text).toContain(`<a href="/brands/${id}">${domain}</a>`);
    expect(text).not.toContain(hers.domain);
    expect(text).toContain(`Brand ${hers.id} (deleted)`);
    await ada.submit(`/brands/${id}/delete`, { domain });
    const after = (await ada.page("/audit")).text;
    expect(after).toContain(`Brand ${id} (deleted)`);
    expect(after).toContain("Deleted a brand and its campaigns");
    expect(after).not.toContain(`href="/brands/${id}"`);
  });

  it("includes the operator's changes to the account, each once", async () => {
    const ada = await signedIn();
    const { id } = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    const operator = { headers: { Authorization: "Bearer test-operator-token" } };
    await call("PUT", `/api/v1/operator/members/${ada.member.id}/plan`, { plan_id: 99 }, operator);
    expect((await ada.page("/audit")).text).not.toContain("The operator");
    await call("PUT", `/api/v1/operator/members/${ada.member.id}/plan`, { plan_id: 2 }, operator);
    await call("PUT", `/api/v1/operator/brands/${id}`, { in_vnoc: true }, operator);
    const { text } = await ada.page("/audit");
    expect(text.match(/The operator/g)).toHaveLength(2);
    for (const said of ["Changed the account&#39;s plan", "Changed a brand&#39;s VNOC link"])
      expect(text).toContain(said);
  });
});
