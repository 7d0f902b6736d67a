import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { drawShareImage, HEIGHT, type ShareImage, versionOf, WIDTH } from "../src/visitors/share-images/share-image";
import { app } from "../src/whole-app";
import { newCampaign } from "./support/campaign";
import { scripts } from "./support/payloads";

const plain: ShareImage = {
  by: "",
  title: "Invite your friends",
  name: "Acme",
  domain: "acme.com",
  action: "Get my link",
  background: "#ffffff",
  ink: "#111827",
  accent: "#4f46e5",
  on_accent: "#ffffff",
};
const draw = (change: Partial<ShareImage> = {}) =>
  drawShareImage({ env, origin: "https://referrals.test" }, { ...plain, ...change });

/** A PNG as a strict reader sees it: every chunk whole, in order, and the pixels as colors. */
function read(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  expect([...file.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks: Record<string, Uint8Array> = {};
  let at = 8;
  while (at < file.length) {
    const length = view.getUint32(at);
    chunks[new TextDecoder().decode(file.slice(at + 4, at + 8))] = file.slice(at + 8, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc(file.slice(at + 4, at + 8 + length)));
    at += 12 + length;
  }
  const { IHDR = file, PLTE = file, IDAT = file } = chunks;
  expect(Object.keys(chunks)).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  const header = new DataView(IHDR.buffer, IHDR.byteOffset);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const rows = inflateSync(IDAT);
  expect(rows.length).toBe((width + 1) * height);
  const color = (x: number, y: number) => {
    const index = rows[y * (width + 1) + 1 + x] ?? 0;
    return `#${[...PLTE.slice(index * 3, index * 3 + 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  return { width, height, color };
}

/** The checksum as the format's own specification writes it. */
function crc(bytes: Uint8Array) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

async function get(path: string, headers: Record<string, string> = {}) {
  const ctx = createExecutionContext();
  const answer = await app.fetch(new Request(`https://referrals.test${path}`, { headers }), env, ctx);
  const file = new Uint8Array(await answer.arrayBuffer());
  await waitOnExecutionContext(ctx);
  return { status: answer.status, headers: answer.headers, file };
}

describe("a share image", () => {
  it("is a PNG of 1200 by 630 in the campaign's colors", async () => {
    const { width, height, color } = read(await draw({ background: "#0b1020", accent: "#34d399" }));
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect([color(2, 2), color(110, 82), color(1100, 176)]).toEqual(["#0b1020", "#34d399", "#34d399"]);
  });

  it("says what the campaign says: another title, another picture", async () => {
    const pictures = await Promise.all(["One", "Two", "Two friends"].map((title) => draw({ title })));
    expect(new Set(pictures.map((file) => [...file].join())).size).toBe(3);
    expect(await draw({ title: "One" })).toEqual(pictures[0]);
  });

  it("names the brand where the font has no letters for the title", async () => {
    const named = await draw({ title: "Acme" });
    for (const title of ["夏のキャンペーン", "مرحبا", "שלום", "", "   ", "🎉🎉"])
      expect(await draw({ title }), title).toEqual(named);
    expect(await draw({ title: "Party 🎉" })).toEqual(await draw({ title: "Party" }));
  });

  it("names the inviter where the font has their letters", async () => {
    const [nobody, ada, zoe] = await Promise.all(
      ["", "Ada invites you.", "Zoë invites you."].map((by) => draw({ by })),
    );
    expect(ada).not.toEqual(nobody);
    expect(zoe).not.toEqual(ada);
    expect(await draw({ by: "Zoe\u0308 invites you." })).toEqual(zoe);
    for (const by of ["夏子 invites you.", "مريم invites you.", "🎉"]) expect(await draw({ by }), by).toEqual(nobody);
  });

  it("keeps the inviter, the title, and the button apart", async () => {
    const { color } = read(await draw({ by: "Åg invites you.", title: "Wonderful ".repeat(30) }));
    const isFree = (y: number) =>
      Array.from({ length: 500 }, (_, i) => color(90 + i, y)).every((one) => one === "#ffffff");
    for (const y of [136, 184, 488]) expect(isFree(y), `${y}`).toBe(true);
  });

  it.each([
    "W".repeat(200),
    "a ".repeat(100),
    "…",
    "\u0301\u0301",
    "\ud83d\ude00",
    "__proto__ constructor",
    "x\n\ty",
    ...scripts,
  ])("can be drawn of %j", async (text) => {
    const { width } = read(await draw({ by: text, title: text, domain: text, action: text }));
    expect(width).toBe(WIDTH);
  });

  it("leaves its margins free, however long the title is", async () => {
    const { color } = read(await draw({ by: "Adelheid ".repeat(30), title: "Wonderful ".repeat(30) }));
    for (let y = 0; y < 630; y += 3)
      for (const x of [10, 40, 70, 840]) expect(color(x, y), `${x} ${y}`).toBe("#ffffff");
  });

  it("is kept for good under the version that names it, and shortly otherwise", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const path = `/p/${campaign.brand.slug}/campaign/${campaign.id}`;
    const page = new TextDecoder().decode((await get(path)).file);
    const address = /og:image" content="https:\/\/referrals\.test([^"]+)"/.exec(page)?.[1] ?? "";
    const image = await get(address);
    expect(image.headers.get("Content-Type")).toBe("image/png");
    expect(image.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    read(image.file);
    const unnamed = await get(`${path}/share.png`);
    expect(unnamed.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(unnamed.file).toEqual(image.file);

    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { header_title: "Something else" });
    const changed = await get(address);
    expect(changed.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(changed.file).not.toEqual(image.file);
  });

  it("names the inviter of a link, for minutes, under the page's own rule for names", async () => {
    const campaign = await newCampaign({ publish: "public", reward_type: 5, reward_invited: true, cash_value: 10 });
    const path = `/p/${campaign.brand.slug}/campaign/${campaign.id}`;
    const joined = async (name: string) => (await campaign.signUp(`${crypto.randomUUID()}@example.com`, { name })).data;
    const [ada, unnamed] = [await joined("Ada Lovelace"), await joined("https://spam.example")];
    const addressIn = async (code: string) => {
      const page = new TextDecoder().decode((await get(`${path}?ref=${code}`)).file);
      return (/og:image" content="https:\/\/referrals\.test([^"]+)"/.exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
    };
    const plain = await get(await addressIn(""));
    const named = await addressIn(ada.referral_code);
    expect(named).toContain(`&ref=${ada.referral_code}`);
    const image = await get(named);
    expect(image.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(image.file).not.toEqual(plain.file);
    expect(await addressIn(unnamed.referral_code)).not.toContain("ref=");
    const other = await newCampaign({ publish: "public" });
    const stranger = (await other.signUp(`${crypto.randomUUID()}@example.com`, { name: "Eve Stranger" })).data;
    for (const code of ["Ada", "%00", unnamed.referral_code, stranger.referral_code])
      expect((await get(`${path}/share.png?ref=${code}`)).file, code).toEqual(plain.file);
    const twice = await get(`${path}/share.png?ref=Ada&ref=${ada.referral_code}`);
    expect(twice.file).toEqual(image.file);
  });

  it("has a version of everything that it shows", async () => {
    const versions = await Promise.all(
      Object.keys(plain).map((field) => versionOf({ ...plain, [field]: field === "title" ? "x" : "#123456" })),
    );
    expect(new Set([...versions, await versionOf(plain)]).size).toBe(versions.length + 1);
  });
});
