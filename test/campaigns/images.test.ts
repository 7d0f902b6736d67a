import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { sweepImages } from "../../src/campaigns/images/image";
import { openDb } from "../../src/lib/db";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";
import { colleagueOf, leadsTo, signedIn } from "../support/session";

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const four = (n: number) => n.toString(16).padStart(8, "0");
/** The header of a PNG of this size, and this many bytes. */
const png = (width = 2, height = 2, size = 64) => {
  const bytes = new Uint8Array(Math.max(size, 33));
  bytes.set(bytesOf(`89504e470d0a1a0a0000000d49484452${four(width)}${four(height)}0806000000`));
  return bytes;
};
const GIF = bytesOf(`47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b`);
const JPG = bytesOf(`ffd8ffe000104a46494600010100000100010000ffc00011080010001003012200021101031101ffd9`);
const WEBP = bytesOf(`524946461a000000574542505650384c0d0000002f00000010071011118888fe0700`);
const file = (bytes: Uint8Array<ArrayBuffer>, name = "x.png", type = "image/png") => new File([bytes], name, { type });
const asScript = { headers: { Accept: "application/json" } };

type Uploader = Awaited<ReturnType<typeof signedIn>>;
const upload = async (by: Pick<Uploader, "submit">, bytes: Uint8Array<ArrayBuffer>) => {
  const answer = await by.submit("/images", { file: file(bytes) }, asScript);
  return {
    ...answer,
    url: String(JSON.parse(answer.text).url ?? ""),
    path: new URL(JSON.parse(answer.text).url ?? "https://none.test/").pathname,
  };
};

describe("an uploaded image", () => {
  it("is public, served with the type of its bytes, and cached forever", async () => {
    const ada = await signedIn();
    for (const [bytes, type] of [
      [png(), "image/png"],
      [GIF, "image/gif"],
      [JPG, "image/jpeg"],
      [WEBP, "image/webp"],
    ] as const) {
      const { status, path } = await upload(ada, bytes);
      expect(status, type).toBe(201);
      const { headers, status: got } = await call("GET", path);
      expect(got).toBe(200);
      expect(headers.get("Content-Type")).toBe(type);
      expect(headers.get("Cache-Control")).toContain("immutable");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Content-Security-Policy")).toContain("sandbox");
    }
    expect((await ada.page("/images")).text.match(/class="card"><img/g)).toHaveLength(4);
  });

  it("is refused if it is not an image, too large, or has too many pixels, whatever its name", async () => {
    const ada = await signedIn();
    const text = (value: string) => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;
    const bad = [
      text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
      text("<!doctype html><script>alert(1)</script>"),
      text("GIF8"),
      png().slice(0, 14),
      JPG.slice(0, 20),
      WEBP.slice(0, 18),
      png(8001, 2),
      png(0, 0),
      png(2, 2, 2 * 1024 * 1024 + 1),
    ];
    for (const bytes of bad) expect((await upload(ada, bytes)).status).toBe(400);
    for (const fields of [{}, { file: "text" }]) expect((await ada.submit("/images", fields)).status).toBe(400);
    const broken = { headers: { "Content-Type": "multipart/form-data; boundary=x" } };
    expect((await ada.submit("/images", {}, broken)).status).toBe(400);
    expect((await env.IMAGES.list()).objects.filter(({ size }) => size > 2 * 1024 * 1024)).toEqual([]);
  });

  it("can be deleted by its account only", async () => {
    const ada = await signedIn();
    const eve = await signedIn();
    const viewer = await colleagueOf(ada.member, "viewer");
    const { path } = await upload(ada, png());
    expect((await eve.submit(`${path}/delete`)).status).toBe(404);
    expect((await eve.page("/images")).text).not.toContain(path);
    expect((await viewer.submit(`${path}/delete`)).status).toBe(403);
    expect((await viewer.submit("/images", { file: file(png()) })).status).toBe(403);
    expect((await call("GET", path)).status).toBe(200);
    expect(leadsTo(await ada.submit(`${path}/delete`))).toBe("/images?done=deleted");
    expect((await ada.submit(`${path}/delete`)).status).toBe(404);
    expect((await call("GET", path)).status).toBe(404);
    expect(await env.IMAGES.get(path.slice("/images/".length))).toBeNull();
  });

  it("counts toward an account's limits of 200 images and 100 MB", async () => {
    const ada = await signedIn();
    const row = (key: string, bytes: number) =>
      env.DB.prepare("INSERT INTO images (key, member_id, type, bytes, date_added) VALUES (?, ?, 'image/png', ?, 1)")
        .bind(key, ada.member.id, bytes)
        .run();
    for (let i = 0; i < 199; i++) await row(`${ada.member.id}-${i}`, 1);
    expect((await upload(ada, png())).status).toBe(201);
    const full = await upload(ada, png());
    expect(full.status).toBe(400);
    expect(JSON.parse(full.text).error).toContain("image limit");
    const bob = await signedIn();
    await env.DB.prepare(
      "INSERT INTO images (key, member_id, type, bytes, date_added) VALUES (?, ?, 'image/png', ?, 1)",
    )
      .bind(`${bob.member.id}-big`, bob.member.id, 100 * 1024 * 1024)
      .run();
    expect((await upload(bob, png())).status).toBe(400);
  });

  it("replaces a URL in an editor, without any script", async () => {
    const campaign = await newCampaign();
    const ada = await colleagueOf(campaign.owner, "editor");
    const path = `/campaigns/${campaign.id}/lander`;
    const sent = { background_type: "image", background_image: "", "@file.background_image": file(png()) };
    expect(leadsTo(await ada.submit(`${path}/publish`, sent))).toBe(`${path}?done=published`);
    const { background_image } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/lander`)).data;
    expect(background_image).toMatch(/^https:\/\/referrals\.test\/images\/[\w-]{22}\.2x2\.png$/);
    expect((await call("GET", new URL(background_image).pathname)).status).toBe(200);
    const text = { ...sent, "@file.background_image": new File(["no image"], "x.png", { type: "image/png" }) };
    expect(await ada.submit(path, text)).toMatchObject({
      status: 400,
      text: expect.stringContaining("The file is not a PNG"),
    });
  });

  it("is a reward's picture, without any script", async () => {
    const campaign = await newCampaign({ reward_type: 2 });
    const ada = await colleagueOf(campaign.owner, "editor");
    const path = `/campaigns/${campaign.id}/rewards`;
    const sent = { reward_type: "2", "reward.image_url": "", "@file.reward.image_url": file(png()) };
    expect(leadsTo(await ada.submit(path, sent))).toBe(`${path}?done=saved`);
    const { reward } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}`)).data;
    expect(reward).toMatchObject({ image_url: expect.stringMatching(/\/images\/[\w-]{22}\.2x2\.png$/) });
    const text = { ...sent, "@file.reward.image_url": new File(["no image"], "x.png", { type: "image/png" }) };
    expect(await ada.submit(path, text)).toMatchObject({
      status: 400,
      text: expect.stringContaining("The file is not a PNG"),
    });
  });

  it("can have an http URL on this machine only", async () => {
    const campaign = await newCampaign();
    const put = async (background_image: string) =>
      (await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { background_image })).status;
    const key = "A".repeat(22);
    expect(await put(`http://127.0.0.1:8787/images/${key}.png`)).toBe(200);
    expect(await put(`http://localhost:8787/images/${key}.png`)).toBe(200);
    expect(await put(`http://example.com/images/${key}.png`)).toBe(400);
    expect(await put(`http://localhost:8787/other/${key}.png`)).toBe(400);
  });

  it.each([
    ["is a wordmark", png(480, 120), false],
    ["is nearly square", png(240, 120), true],
  ])("has the brand's name beside it unless it %s", async (_, logo, isNamed) => {
    const campaign = await newCampaign({ publish: "public" });
    const ada = await colleagueOf(campaign.owner, "editor");
    const { url } = await upload(ada, logo);
    await campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, { name: "Figs & Co", logo_url: url });
    for (const page of [`/p/${campaign.brand.slug}`, `/p/${campaign.brand.slug}/campaign/${campaign.id}`]) {
      const mark = /<a class="brand".*?<\/a>/s.exec((await call("GET", page)).text)?.[0];
      expect(mark).toContain(isNamed ? `src="${url}" alt=""/>` : `src="${url}" alt="Figs &amp; Co"/></a>`);
      expect(mark?.includes(">Figs &amp; Co<"), page).toBe(isNamed);
    }
    // The dashboard's square is too small for a word.
    const row = /<a class="brand-name".*?<\/a>/s.exec((await ada.page("/brands")).text)?.[0];
    expect(row).toContain("Figs &amp; Co");
    expect(row?.includes("<img")).toBe(isNamed);
  });

  it("also works with an earlier release's key, which has no size", async () => {
    const campaign = await newCampaign();
    const [ada, key] = [await signedIn(), `${"k".repeat(22)}.png`];
    await env.IMAGES.put(key, png());
    await env.DB.prepare(
      "INSERT INTO images (key, member_id, type, bytes, date_added) VALUES (?, ?, 'image/png', 64, 1)",
    )
      .bind(key, ada.member.id)
      .run();
    expect((await call("GET", `/images/${key}`)).status).toBe(200);
    const logo_url = `http://localhost:8787/images/${key}`;
    expect((await campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, { logo_url })).status).toBe(200);
  });

  it("is deleted within two hours after its account", async () => {
    const ada = await signedIn();
    const bob = await signedIn();
    const [{ path }, kept] = [await upload(ada, png()), await upload(bob, png())];
    const key = path.slice("/images/".length);
    await env.DB.prepare("DELETE FROM members WHERE id = ?").bind(ada.member.id).run();
    const sweepAt = (moment: number) =>
      sweepImages({ db: openDb(env.DB, "first-primary"), env, now: () => new Date(moment) });
    const now = Date.now();
    for (let minute = 0; minute < 64; minute++) await sweepAt(now - minute * 60_000);
    expect(await env.IMAGES.head(key), "what is young may be on its way").not.toBeNull();
    for (let minute = 61; minute < 125; minute++) await sweepAt(now + minute * 60_000);
    expect(await env.IMAGES.head(key)).toBeNull();
    expect(await env.IMAGES.head(kept.path.slice("/images/".length))).not.toBeNull();
  });
});
