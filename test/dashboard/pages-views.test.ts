import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { type Browser, browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { workOf } from "../support/work";

const VIEW = {
  list: "rewards",
  path: "/rewards",
  query: "status=pending&reward_type=5",
  name: "Owed in cash",
  "@flags": "is_shared",
};

/** The id of the view in a redirect. */
const openedBy = (answer: Parameters<typeof leadsTo>[0]) =>
  Number(new URL(leadsTo(answer) ?? "", "https://referrals.test").searchParams.get("view"));
const save = async (me: Pick<Browser, "submit">, more: object = {}) => {
  const answer = await me.submit("/views", { ...VIEW, ...more });
  expect(answer.status, answer.text.slice(0, 300)).toBe(303);
  return openedBy(answer);
};
const viewsIn = (text: string) =>
  [...(/<nav aria-label="Saved views">(.*?)<\/nav>/s.exec(text)?.[1] ?? "").matchAll(/<a [^>]*>([^<]*)/g)].map(
    ([, name]) => name,
  );

describe("a saved view", () => {
  it("is offered for filters, named, opened, changed, and deleted", async () => {
    const me = await signedIn();
    expect((await me.page("/rewards")).text).not.toContain("Save view");
    expect((await me.page("/rewards?status=pending")).text).toContain("Save view");
    const saved = await me.submit("/views", { ...VIEW, name: " Owed <b>in cash</b> " });
    const id = openedBy(saved);
    const to = `/rewards?reward_type=5&status=pending&view=${id}`;
    expect(leadsTo(saved)).toBe(`${to}&done=view_saved`);
    const { text } = await me.page(to);
    expect(text).toContain("Owed &lt;b&gt;in cash&lt;/b&gt;");
    expect(viewsIn(text)).toEqual(["All", "Owed &lt;b&gt;in cash&lt;/b&gt;"]);
    expect(text).not.toContain("Save view");
    expect(text).toContain("Edit view");

    const edited = await me.page(`/rewards?status=revoked&view=${id}`);
    expect(edited.text).toContain("Update view");
    expect(edited.text).toContain("Save view");
    const update = await me.submit(`/views/${id}/query`, { path: "/rewards", query: "status=revoked&page=3&odd=1" });
    expect(leadsTo(update)).toBe(`/rewards?status=revoked&view=${id}&done=view_saved`);
    expect((await me.submit(`/views/${id}`, { path: "/rewards", name: "Lost", "@flags": "is_shared" })).status).toBe(
      303,
    );
    expect(viewsIn((await me.page("/rewards")).text)).toEqual(["All", "Lost"]);
    expect(leadsTo(await me.submit(`/views/${id}/delete`, { path: "/rewards" }))).toBe("/rewards?done=view_deleted");
    expect(viewsIn((await me.page("/rewards")).text)).toEqual([]);
    expect((await me.submit(`/views/${id}/delete`, { path: "/rewards" })).status).toBe(404);
  });

  it("shows errors beside the name, and belongs to its own list only", async () => {
    const me = await signedIn();
    const nameless = await me.submit("/views", { ...VIEW, name: " \u202e " });
    expect(nameless.status).toBe(400);
    expect(nameless.text).toContain('value="status=pending&amp;reward_type=5"');
    expect((await me.submit("/views", { ...VIEW, name: "x".repeat(61) })).status).toBe(400);
    expect((await me.submit("/views", { ...VIEW, query: "q".repeat(2001) })).status).toBe(400);
    for (const path of ["//evil.example", "/participants", "/rewards?x", "https://evil.example/rewards"])
      expect((await me.submit("/views", { ...VIEW, path })).status, path).toBe(400);
    expect((await me.submit("/views", { ...VIEW, list: "odd" })).status).toBe(400);
    for (const id of ["0", "odd", "99999999999999999"])
      expect((await me.submit(`/views/${id}/delete`, { path: "/rewards" })).status).toBe(404);
    const id = await save(me);
    expect((await me.submit(`/views/${id}/delete`, { path: "//evil.example" })).status).toBe(400);
    expect(viewsIn((await me.page("/rewards")).text)).toHaveLength(2);
  });

  it("is limited to twenty per list, and twenty shared ones", async () => {
    const me = await signedIn();
    const fill = (isShared: number) =>
      env.DB.prepare(
        `INSERT INTO saved_views (account_id, person_id, list, name, query, is_shared, date_added)
          SELECT ?1, ?1, 'rewards', 'View ' || value, 'status=pending', ?2, 1 FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]')`,
      )
        .bind(me.member.id, isShared)
        .run();
    await fill(0);
    await save(me, { name: "The last" });
    const refused = await me.submit("/views", VIEW);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("You have 20 views of this list. Delete one first.");
    await save(me, { list: "campaigns", path: "/campaigns", query: "status=live" });
    await fill(1);
    await save(me, { name: "The last shared", is_shared: true });
    const [own] = (
      await env.DB.prepare("SELECT id FROM saved_views WHERE account_id = ? AND is_shared = 0 AND list = 'rewards'")
        .bind(me.member.id)
        .all()
    ).results;
    const moved = await me.submit(`/views/${own?.id}`, {
      path: "/rewards",
      name: "Moved",
      is_shared: true,
      "@flags": "is_shared",
    });
    expect(moved.text).toContain("The team has 20 shared views of this list.");
    const { text } = await me.page("/rewards");
    expect(viewsIn(text)).toHaveLength(41);
  });

  it("is read together with its list, and costs no more than the visible views", async () => {
    const me = await signedIn();
    const look = () => workOf(() => me.page("/rewards"));
    const before = await look();
    const others = await Promise.all([1, 2, 3].map(() => colleagueOf(me.member, "viewer")));
    for (const colleague of others) for (let n = 0; n < 5; n++) await save(colleague);
    const after = await look();
    expect(after.d1_calls).toBe(before.d1_calls);
    expect(after.rows_read).toBe(before.rows_read);
  });

  it("names a filter that no longer applies, and is shown without it", async () => {
    const campaign = await newCampaign({ name: "Short" });
    const me = await browserOf(campaign.owner);
    const id = await save(me, { query: `campaign_id=${campaign.id}&status=pending` });
    await env.DB.prepare("UPDATE saved_views SET query = query || '&color=red' WHERE id = ?").bind(id).run();
    const path = /href="(\/rewards\?[^"]*view=\d+)"/.exec((await me.page("/rewards")).text)?.[1] ?? "";
    expect((await me.page(path.replaceAll("&amp;", "&"))).text).toContain("was left out: color.");
    await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}`);
    const gone = await me.page(path.replaceAll("&amp;", "&"));
    expect(gone.status).toBe(200);
    expect(gone.text).toContain("were left out: color, campaign id.");
    // Without a view, it is unchanged.
    expect((await me.page(`/rewards?campaign_id=${campaign.id}`)).status).toBe(404);
  });

  it("of any list opens as it was saved", async () => {
    const campaign = await newCampaign({ name: "All lists" });
    const { id } = campaign;
    await campaign.signUp(someone());
    const me = await browserOf(campaign.owner);
    const { data: hook } = await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/all" });
    const lists = {
      participants: ["/participants", "q=ada&sort=newest"],
      campaign_participants: [`/campaigns/${id}/participants`, "sort=referrals&status=active"],
      rewards: ["/rewards", "status=pending"],
      conversions: [`/campaigns/${id}/conversions`, "outcome=credited"],
      decisions: [`/campaigns/${id}/decisions`, "from=2026-01-01&outcome=credited"],
      campaigns: ["/campaigns", "status=live"],
      events: ["/events", "type=participant.signup"],
      deliveries: [`/webhooks/${hook.id}`, "status=failed"],
    };
    for (const [list, [path = "", query = ""]] of Object.entries(lists)) {
      const view = await save(me, { list, path, query, name: `Of ${list}` });
      const { status, text } = await me.page(`${path}?${query}&view=${view}`);
      expect([list, status, viewsIn(text)]).toEqual([list, 200, ["All", `Of ${list}`]]);
      expect(text, list).not.toContain("Update view");
      expect(text, list).not.toContain("left out");
      expect(text, list).toContain(`name="view" value="${view}"`);
    }
  });
});

describe("the audience of a view", () => {
  it("is its creator, and the team if it is shared", async () => {
    const me = await signedIn();
    const [editor, viewer, stranger] = [
      await colleagueOf(me.member, "editor"),
      await colleagueOf(me.member, "viewer"),
      await signedIn(),
    ];
    const own = await save(me, { name: "Mine" });
    const shared = await save(editor, { name: "Ours", is_shared: true });
    await save(viewer, { name: "The viewer's" });
    const seen = async (who: Browser) => viewsIn((await who.page("/rewards")).text);
    expect(await seen(me)).toEqual(["All", "Mine", "Ours"]);
    expect(await seen(editor)).toEqual(["All", "Ours"]);
    expect(await seen(viewer)).toEqual(["All", "Ours", "The viewer&#39;s"]);
    expect(await seen(stranger)).toEqual([]);

    const change = { path: "/rewards", name: "Taken", "@flags": "is_shared" };
    for (const who of [editor, viewer, stranger])
      for (const [path, fields] of [
        [`/views/${own}`, change],
        [`/views/${own}/query`, change],
        [`/views/${own}/delete`, change],
      ] as const)
        expect((await who.submit(path, fields)).status).toBe(404);
    expect((await stranger.submit(`/views/${shared}/delete`, change)).status).toBe(404);
    for (const path of [`/views/${shared}`, `/views/${shared}/query`, `/views/${shared}/delete`])
      expect((await viewer.submit(path, change)).text).toContain("This requires the editor role.");
    expect((await viewer.submit("/views", { ...VIEW, is_shared: true })).text).toContain("editor role");
    const page = (await viewer.page(`/rewards?status=pending&view=${shared}`)).text;
    expect(page).not.toContain("Edit view");
    expect(page).not.toContain("Share with the team");
    expect((await me.submit(`/views/${shared}`, { ...change, is_shared: true })).status).toBe(303);
    expect(await seen(editor)).toEqual(["All", "Taken"]);
    const { text } = await me.page("/audit");
    expect(text).toContain("Shared a saved view");
    expect(text).toContain("Changed a shared view");
    expect(text.match(/saved view|shared view/g)).toHaveLength(2);
  });

  it("excludes members limited to brands, unless it is their own", async () => {
    const campaign = await newCampaign({ name: "Theirs" });
    const me = await browserOf(campaign.owner);
    const limited = await colleagueOf(campaign.owner, "editor");
    const shared = await save(me, { name: "Secret client", is_shared: true });
    await env.DB.prepare("UPDATE memberships SET brand_ids = ? WHERE person_id = ?")
      .bind(JSON.stringify([campaign.brand.id]), limited.member.id)
      .run();
    const own = await save(limited, { name: "My brand" });
    expect(viewsIn((await limited.page("/rewards")).text)).toEqual(["All", "My brand"]);
    const change = { path: "/rewards", name: "Renamed", "@flags": "is_shared" };
    expect((await limited.submit(`/views/${shared}/delete`, change)).status).toBe(404);
    expect((await limited.submit(`/views/${own}`, { ...change, is_shared: true })).text).toContain(
      "You have access to only some brands of this account.",
    );
    expect((await limited.submit(`/views/${own}`, change)).status).toBe(303);
    expect((await limited.submit(`/views/${own}/delete`, change)).status).toBe(303);
  });

  it("excludes everyone after its creator or account is deleted, and the other mode", async () => {
    const me = await signedIn();
    const colleague = await colleagueOf(me.member, "editor");
    await save(me, { name: "Mine" });
    await save(colleague, { name: "Private" });
    await save(colleague, { name: "Left behind", is_shared: true });
    const names = async () =>
      (
        await env.DB.prepare("SELECT name FROM saved_views WHERE account_id = ? ORDER BY id").bind(me.member.id).all()
      ).results.map(({ name }) => name);
    const file = (await me.page("/account/export")).text;
    expect(JSON.parse(file).saved_views.map(({ name }: { name: string }) => name)).toEqual(["Mine", "Left behind"]);

    await me.submit("/test-mode/on");
    expect(viewsIn((await me.page("/rewards")).text)).toEqual([]);
    await save(me, { name: "Of tests" });
    await me.submit("/test-mode/off");
    expect(viewsIn((await me.page("/rewards")).text)).toEqual(["All", "Mine", "Left behind"]);

    expect((await me.submit(`/team/${colleague.member.id}/remove`, {})).status).toBe(303);
    expect(await names()).toEqual(["Mine", "Left behind"]);
    await env.DB.prepare("DELETE FROM members WHERE id = ?").bind(colleague.member.id).run();
    expect(await names()).toEqual(["Mine"]);
  });
});
