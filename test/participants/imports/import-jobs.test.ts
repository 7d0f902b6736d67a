import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { runJobs } from "../../../src/cron";
import { newCampaign, someCodes, someone } from "../../support/campaign";
import { newMember, type TestMember } from "../../support/client";

const finished = (owner: TestMember, id: number) =>
  vi.waitFor(async () => {
    const { data } = await owner.get(`/api/v1/imports/${id}`);
    expect(data.status).toBe("done");
    return data;
  });

/** A file of a referrer, their friend, and rows of all kinds. */
function aFile() {
  const [ada, grace, linus] = [someone(), someone(), someone()];
  const lines = [
    "Kontakt,Rufname,Werber,Plan",
    `${ada},Ada,,gold`,
    `${grace},Grace,${ada},`,
    `${grace},Grace again,,`,
    "nobody,Nobody,,",
    `${linus},Linus,${linus},`,
  ];
  const mapping = { Kontakt: "email", Rufname: "name", Werber: "invited_by" };
  return { csv: lines.join("\n"), mapping, ada, grace, linus };
}

describe("an import over the API", () => {
  it("previews without storing, imports by itself, reports rows without their data, and can be undone", async () => {
    const { id: campaign_id, owner, stats } = await newCampaign();
    const { csv, mapping, grace, ada } = aFile();
    const preview = await owner.post("/api/v1/imports", { campaign_id, csv, mapping, dry_run: true });
    expect(preview).toMatchObject({ status: 200, data: { id: null, status: "preview", rows: 5, rows_done: 0 } });
    expect(preview.data.counts).toEqual({ add: 3, twice: 1, invalid: 1 });
    expect(preview.data.columns).toContainEqual({ name: "Kontakt", holds: "email" });
    expect((await owner.get("/api/v1/imports")).data).toMatchObject({ imports: [], pagination: { total: 0 } });
    expect((await stats()).total_participants).toBe(0);

    const begun = await owner.post("/api/v1/imports", { campaign_id, csv, mapping });
    expect(begun).toMatchObject({ status: 202, data: { kind: "participants", rows: 5 } });
    const done = await finished(owner, begun.data.id);
    expect(done).toMatchObject({ rows_done: 5, counts: { added: 3, attributed: 1, invalid: 1 }, kept: null });
    expect(done.problems.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome])).toEqual([
      [3, "attributed"],
      [5, "invalid"],
      [6, "added"],
    ]);
    expect(JSON.stringify(done)).not.toContain("@");
    const people = (await owner.get(`/api/v1/participants?campaign_id=${campaign_id}&after=0`)).data.participants;
    const inviter = people.find(({ email }: { email: string }) => email === ada);
    expect(inviter).toMatchObject({ name: "Ada", referral_count: 1 });
    expect(people.find(({ email }: { email: string }) => email === grace).invited_by).toBe(inviter.id);
    const left = "SELECT count(*) AS n FROM import_parts WHERE import_id = ? AND rows IS NOT NULL";
    expect(await env.DB.prepare(left).bind(begun.data.id).first("n")).toBe(0);

    // Grace joined with the second of her rows, and the first then made her Ada's friend: both have later activity.
    const undone = await owner.post(`/api/v1/imports/${begun.data.id}/undo`, {});
    expect(undone).toMatchObject({ status: 200, data: { status: "undone", kept: 2 } });
    expect((await owner.get(`/api/v1/participants?campaign_id=${campaign_id}`)).data.participants).toHaveLength(2);
    expect((await owner.post(`/api/v1/imports/${begun.data.id}/undo`, {})).status).toBe(409);
    const stranger = await newMember();
    for (const answer of [
      await stranger.get(`/api/v1/imports/${begun.data.id}`),
      await stranger.post(`/api/v1/imports/${begun.data.id}/undo`, {}),
      await stranger.post("/api/v1/imports", { campaign_id, csv, mapping }),
      await stranger.post("/api/v1/imports", { campaign_id, csv, mapping, dry_run: true }),
    ])
      expect(answer.status).toBe(404);
  });

  it("resumes after an interruption, and adds nobody twice", async () => {
    const { id: campaign_id, owner, stats } = await newCampaign();
    const rows = Array.from({ length: 1500 }, () => ({ email: someone() }));
    const begun = await owner.post("/api/v1/imports", { campaign_id, rows });
    await finished(owner, begun.data.id);
    // As if the run had died before it recorded the second part.
    const part = rows
      .slice(0, 1000)
      .map(({ email }, n) => JSON.stringify([n + 2, email, "", "", "", "", "", "", "", "", ""]));
    await env.DB.batch([
      env.DB.prepare("UPDATE import_jobs SET status = 'running', leased_until = ?2 WHERE id = ?1").bind(
        begun.data.id,
        Date.now() + 60_000,
      ),
      env.DB.prepare("UPDATE import_parts SET rows = ?2 WHERE import_id = ?1 AND part = 0").bind(
        begun.data.id,
        part.join("\n"),
      ),
    ]);
    await runJobs(env);
    expect((await owner.get(`/api/v1/imports/${begun.data.id}`)).data.status).toBe("running");
    expect((await owner.post(`/api/v1/imports/${begun.data.id}/undo`, {})).status).toBe(409);
    // `endJob` forgot the token; a new import of the same rows finds everyone there.
    await env.DB.prepare("UPDATE import_jobs SET leased_until = NULL, token = NULL WHERE id = ?")
      .bind(begun.data.id)
      .run();
    const again = await owner.post("/api/v1/imports", { campaign_id, rows });
    expect((await finished(owner, again.data.id)).counts).toEqual({ known: 1500 });
    expect((await stats()).total_participants).toBe(1500);
  });

  it("adds codes at once, and its undo removes unused ones", async () => {
    const campaign = await newCampaign({ reward_type: 1, num_signups: 1 });
    const { id: campaign_id, owner } = campaign;
    const codes = someCodes(3);
    await campaign.upload([codes[0]]);
    const sent = { campaign_id, kind: "coupons", rows: [...codes, codes[1], "", 12345] };
    const preview = await owner.post("/api/v1/imports", { ...sent, dry_run: true });
    expect(preview.data).toMatchObject({ status: "preview", counts: { add: 3, duplicates: 2, invalid: 1 } });
    const done = await owner.post("/api/v1/imports", sent);
    expect(done).toMatchObject({
      status: 202,
      data: { status: "done", counts: { added: 3, duplicates: 2, invalid: 1 } },
    });
    expect(done.data.problems).toEqual([{ line: 5, outcome: "invalid", message: "is not a code" }]);
    expect((await owner.get(`/api/v1/imports/${done.data.id}`)).data).toEqual(done.data);
    const csv = `code,used\n${someCodes(1)[0]},no\n${someCodes(1)[0]},yes`;
    const table = await owner.post("/api/v1/imports", { campaign_id, kind: "coupons", csv });
    expect(table.data.counts).toMatchObject({ added: 1, used: 1 });

    const referrer = (await campaign.signUp(someone())).data;
    await campaign.refer(referrer.referral_code, someone());
    const friend = (await campaign.signUp(someone())).data;
    await campaign.refer(friend.referral_code, someone());
    const undone = await owner.post(`/api/v1/imports/${done.data.id}/undo`, {});
    expect(undone).toMatchObject({ status: 200, data: { status: "undone", kept: 1 } });
    expect((await owner.get(`/api/v1/campaigns/${campaign_id}/coupons`)).data).toMatchObject({
      available: 1,
      assigned: 2,
    });
  });

  it("refuses unreadable input with a reason", async () => {
    const { id: campaign_id, owner } = await newCampaign();
    for (const [sent, why] of [
      [{}, "csv"],
      [{ csv: "email\na@b.co", rows: [{ email: "a@b.co" }] }, "csv"],
      [{ csv: "name\nAda" }, "column of email addresses"],
      [{ csv: "email\na@b.co", mapping: { Mail: "email" } }, "Mail"],
      [{ rows: ["a@b.co"] }, "objects"],
      [{ kind: "coupons", rows: ["x"], mapping: { a: "email" } }, "only for participants"],
    ] as const) {
      const answer = await owner.post("/api/v1/imports", { campaign_id, ...sent });
      expect([answer.status, answer.text.includes(why)]).toEqual([400, true]);
    }
  });
});

const rowsOf = async (owner: TestMember, url: string) =>
  (await owner.get(new URL(url).pathname)).text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("an export over the API", () => {
  it("is a file of the list with its filters, safe for spreadsheets", async () => {
    const { id: campaign_id, owner, signUp } = await newCampaign();
    const ada = (await signUp(someone(), { name: "=HYPERLINK(1)", metadata: { plan: "gold" } })).data;
    const grace = (await signUp(someone())).data;
    await owner.patch(`/api/v1/participants/${grace.id}`, { status: "blocked" });
    const csv = await owner.post("/api/v1/exports", { kind: "participants", filters: { campaign_id } });
    expect(csv).toMatchObject({ status: 201, data: { kind: "participants", format: "csv", status: "ready" } });
    const path = new URL(csv.data.file_url).pathname;
    const file = await owner.get(path);
    expect(file.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const [head, first, second, rest] = file.text.replace("\uFEFF", "").split("\r\n");
    expect(head).toMatch(/^id,campaign_id,email,name/);
    expect(first).toContain(`${ada.id},${campaign_id},${ada.email},'=HYPERLINK(1)`);
    expect(first).toContain('"{""plan"":""gold""}"');
    expect([second?.startsWith(`${grace.id},`), rest]).toEqual([true, ""]);

    const filters = { campaign_id, status: "blocked" };
    const json = await owner.post("/api/v1/exports", { kind: "participants", format: "jsonl", filters });
    const rows = await rowsOf(owner, json.data.file_url);
    expect(rows).toEqual([
      (await owner.get(`/api/v1/participants?status=blocked&campaign_id=${campaign_id}`)).data.participants[0],
    ]);
    for (const kind of ["rewards", "conversions", "coupons"]) {
      const made = await owner.post("/api/v1/exports", { kind, format: "jsonl", filters: { campaign_id } });
      expect(await rowsOf(owner, made.data.file_url)).toEqual([]);
    }
    expect((await owner.get("/api/v1/exports?limit=2")).data).toMatchObject({ pagination: { total: 5 } });
    const stranger = await newMember();
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post("/api/v1/exports", { kind: "participants", filters: { campaign_id } })).status).toBe(
      404,
    );

    await env.DB.prepare("UPDATE exports SET date_added = 1 WHERE id = ?").bind(csv.data.id).run();
    expect((await owner.get(path)).status).toBe(404);
    await runJobs(env);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM exports WHERE id = ?").bind(csv.data.id).first("n")).toBe(0);
  });

  it("has every row of a long list once", async () => {
    const { id: campaign_id, owner } = await newCampaign();
    for (let n = 0; n < 2; n++)
      await owner.post("/api/v1/signups/batch", {
        campaign_id,
        signups: Array.from({ length: 600 }, () => ({ email: someone(), name: "Many" })),
      });
    const made = await owner.post("/api/v1/exports", {
      kind: "participants",
      format: "jsonl",
      filters: { campaign_id },
    });
    const rows = await rowsOf(owner, made.data.file_url);
    expect(new Set(rows.map(({ id }: { id: number }) => id)).size).toBe(1200);
    expect(rows).toHaveLength(1200);
  });

  it("refuses unknown filters of the list", async () => {
    const { owner } = await newCampaign();
    for (const filters of [{ sort: "x" }, { page: 3 }, { campaign_id: "x" }, { updated_since: "0.0.0.0" }])
      expect(await owner.post("/api/v1/exports", { kind: "participants", filters })).toMatchObject({ status: 400 });
    expect(await owner.post("/api/v1/exports", { kind: "coupons" })).toMatchObject({ status: 400 });
  });
});
