import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { phrased } from "../../src/lib/phrases";
import { fontFor } from "../../src/visitors/share-images/font";
import { lettersOf } from "../../src/visitors/share-images/letters";
import { lettersFromLeft } from "../../src/visitors/share-images/line";
import type { Picture } from "../../src/visitors/share-images/picture";
import { PIXELS_MAX, readPng } from "../../src/visitors/share-images/png-reader";
import { drawShareImage, HEIGHT, type ShareImage, versionOf, WIDTH } from "../../src/visitors/share-images/share-image";
import { fitted } from "../../src/visitors/share-images/wrap";
import { app } from "../../src/whole-app";
import { newCampaign } from "../support/campaign";
import { scripts } from "../support/payloads";
import { signedIn } from "../support/session";

const plain: ShareImage = {
  by: "",
  title: "Invite your friends",
  name: "Acme",
  domain: "acme.com",
  logo: "",
  action: "Get my link",
  direction: "ltr",
  background: "#ffffff",
  ink: "#111827",
  accent: "#4f46e5",
  on_accent: "#ffffff",
};
const draw = (change: Partial<ShareImage> = {}, logo?: Picture) =>
  drawShareImage({ env, origin: "https://referrals.test" }, { ...plain, ...change }, logo);

/** A strictly parsed PNG: complete chunks in order, and the pixels as colors. */
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
  const samples = IHDR[9] === 2 ? 3 : 1;
  expect(Object.keys(chunks)).toEqual(["IHDR", ...(samples === 1 ? ["PLTE"] : []), "IDAT", "IEND"]);
  const header = new DataView(IHDR.buffer, IHDR.byteOffset);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const rows = inflateSync(IDAT);
  const rowBytes = width * samples + 1;
  expect(rows.length).toBe(rowBytes * height);
  const color = (x: number, y: number) => {
    const at = y * rowBytes + 1 + x * samples;
    const index = rows[at] ?? 0;
    const parts = samples === 3 ? rows.slice(at, at + 3) : PLTE.slice(index * 3, index * 3 + 3);
    return `#${[...parts].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
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

  it("changes with the campaign's content", async () => {
    const pictures = await Promise.all(["One", "Two", "Two friends"].map((title) => draw({ title })));
    expect(new Set(pictures.map((file) => [...file].join())).size).toBe(3);
    expect(await draw({ title: "One" })).toEqual(pictures[0]);
  });

  it("shows the brand if the font has no letters for the title", async () => {
    const named = await draw({ title: "Acme" });
    for (const title of ["שלום", "ชวนเพื่อน", "친구", "邀请好友", "ܫܠܡܐ", "", "   ", "🎉🎉"])
      expect(await draw({ title }), title).toEqual(named);
    expect(await draw({ title: "Party 🎉" })).toEqual(await draw({ title: "Party" }));
  });

  it("names the inviter if the font has their letters", async () => {
    const [nobody, ada, zoe] = await Promise.all(
      ["", "Ada invites you.", "Zoë invites you."].map((by) => draw({ by })),
    );
    expect(ada).not.toEqual(nobody);
    expect(zoe).not.toEqual(ada);
    expect(await draw({ by: "Zoe\u0308 invites you." })).toEqual(zoe);
    for (const by of ["ส้ม invites you.", "지수 invites you.", "🎉"]) expect(await draw({ by }), by).toEqual(nobody);
  });

  it.each([
    ["Åg invites you.", "Wonderful ".repeat(30)],
    ["دعوة إليك من مريم.", "شارك رابطك مع أصدقائك واحصل على خصم ".repeat(9)],
    ["夏子さんからの招待です。", "友達を招待してクーポンをもらおう".repeat(12)],
  ])("separates the inviter, the title, and the button: %s", async (by, title) => {
    const { color } = read(await draw({ by, title }));
    const from = /\p{Script=Arab}/u.test(title) ? 610 : 90;
    const isFree = (y: number) =>
      Array.from({ length: 500 }, (_, i) => color(from + i, y)).every((one) => one === "#ffffff");
    for (const y of [136, 186, 489]) expect(isFree(y), `${y}`).toBe(true);
    for (const y of [160, 530]) expect(isFree(y), `${y}`).toBe(false);
  });

  it("is mirrored for right-to-left languages", async () => {
    const text = { title: "A", name: "A", action: "" };
    const left = read(await draw(text));
    const right = read(await draw({ ...text, direction: "rtl" }));
    const inked = (color: typeof left.color, from: number) =>
      Array.from({ length: 90 }, (_, x) => Array.from({ length: 90 }, (_, y) => color(from + x, 270 + y))).filter(
        (column) => column.includes("#111827"),
      ).length;
    expect([left.color(1100, 176), right.color(100, 176)]).toEqual(["#4f46e5", "#4f46e5"]);
    expect(inked(left.color, 84)).toBeGreaterThan(40);
    expect(inked(right.color, 1026)).toBe(inked(left.color, 84));
  });

  it("joins Arabic letters, and sets Latin words among them from left to right", async () => {
    const font = await fontFor(env, "https://referrals.test", ["مرحبا Acme (٥)"]);
    const pathsOf = (text: string) => lettersOf(font, text).map(({ path }) => path);
    expect(pathsOf("بب")).not.toContain(pathsOf("ب")[0]);
    expect(new Set([...pathsOf("ببب"), ...pathsOf("ب")]).size).toBe(4);
    // A lam and an alef, and the same letters with a joiner's opposite between them.
    expect(pathsOf("لا")).not.toEqual(pathsOf("ل\u200cا").filter((path) => path !== ""));
    const placed = (text: string) =>
      lettersFromLeft(font, text, "rtl")
        .map(({ at }) => text.charAt(at))
        .join("");
    expect(placed("رابط Acme (٥) 10%")).toBe("10% )٥( Acme طبار");
  });

  it.each([
    ["友達を招待して、500円クーポンをもらおう！", ["友達を招待して、500円", "クーポンをもらおう！"]],
    ["ご紹介いただいた方とお友達に「プレゼント」", ["ご紹介いただいた方と", "お友達に「プレゼント」"]],
    ["友達を招待して、1,000円分のクーポンを", ["友達を招待して、", "1,000円分のクーポンを"]],
    ["Acme Coffeeの紹介プログラム", ["Acme Coffeeの紹介", "プログラム"]],
  ])("breaks Japanese between words: %s", async (title, lines) => {
    const font = await fontFor(env, "https://referrals.test", [title]);
    expect(fitted(font, title, 730, [[66, 3]]).lines).toEqual(lines);
  });

  it("marks the same places in the title of a page, and leaves its markup alone", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const header_title = '<a href="https://acme.example/紹介特典">友達を招待</a>して、特典 &amp; クーポン';
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "ja", header_title });
    const pages = [`/p/${campaign.brand.slug}/campaign/${campaign.id}`, `/widget/${campaign.id}/embed`];
    const texts = await Promise.all(pages.map(async (path) => new TextDecoder().decode((await get(path)).file)));
    for (const text of texts)
      expect(text).toContain('紹介特典">友達を<wbr>招待</a>して、<wbr>特典<wbr> &amp; <wbr>クーポン</div>');
    expect(phrased("Bring a friend & <b>smile</b>")).toBe("Bring a friend & <b>smile</b>");
  });

  it("loads only the fonts that it draws", async () => {
    const asked: string[] = [];
    const ASSETS = {
      fetch: (url: string) => {
        asked.push(new URL(url).pathname);
        return env.ASSETS.fetch(url);
      },
    };
    const from = { ...env, ASSETS } as unknown as typeof env;
    const plane = (count: number) => String.fromCodePoint(...Array.from({ length: count }, (_, i) => 0x3400 + i * 256));
    await fontFor(from, "https://referrals.test/1", ["Acme"]);
    await fontFor(from, "https://referrals.test/2", ["Acme 友 ا"]);
    await fontFor(from, "https://referrals.test/3", [plane(60)]);
    expect(asked.filter((path) => !/^\/\d\/share-font(\/(53|arabic))?\.json$/.test(path))).toEqual([]);
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
  ])("can be drawn with %j", async (text) => {
    const { width } = read(await draw({ by: text, title: text, domain: text, action: text }));
    expect(width).toBe(WIDTH);
  });

  it("keeps its margins, however long the title is", async () => {
    const { color } = read(await draw({ by: "Adelheid ".repeat(30), title: "Wonderful ".repeat(30) }));
    for (let y = 0; y < 630; y += 3)
      for (const x of [10, 40, 70, 840]) expect(color(x, y), `${x} ${y}`).toBe("#ffffff");
  });

  it("is cached forever under its version, and briefly otherwise", async () => {
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

  it("names the inviter of a link, cached for minutes, under the page's own rule for names", async () => {
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

  it("has the brand's logo in its own colors, instead of the initial", async () => {
    const half = (color: number[]) => Array.from({ length: 50 }, () => color).flat();
    const row = [...half([255, 0, 0, 255]), ...half([0, 0, 255, 128])];
    const logo = { width: 100, height: 34, pixels: Uint8Array.from(Array.from({ length: 34 }, () => row).flat()) };
    const { color } = read(await draw({}, logo));
    // Twice its size, from the margin on, in the middle of the brand's line.
    expect([color(85, 104), color(180, 72), color(188, 136), color(282, 104)]).toEqual([
      "#ff0000",
      "#ff0000",
      "#7f7fff",
      "#7f7fff",
    ]);
    expect([color(83, 104), color(285, 104), color(100, 68), color(100, 140)]).toEqual(Array(4).fill("#ffffff"));
    expect(color(1100, 176)).toBe("#4f46e5");
  });

  it("sets a long line about the inviter smaller, so its end is there", async () => {
    const line = (end: string) => draw({ by: `Friederike D. hat ein Geschenk für dich: 10,00 $ als ${end}.` });
    expect(await line("Guthaben")).not.toEqual(await line("Guthabex"));
  });

  it("has no name beside a logo that contains it", async () => {
    const beside = async (width: number) => {
      const logo = { width, height: 40, pixels: new Uint8Array(width * 40 * 4).fill(255) };
      const { color } = read(await draw({ name: "Figs and Company" }, logo));
      const right = 84 + Math.min(280, (width * 68) / 40) + 10;
      return Array.from({ length: 300 }, (_, x) => color(Math.round(right) + x, 106)).some((one) => one !== "#ffffff");
    };
    expect([await beside(40), await beside(96), await beside(160)]).toEqual([true, true, false]);
  });

  it.each([
    ["white", 255, "#ffffff", "#000000"],
    ["black", 0, "#0b1020", "#ffffff"],
  ])("puts a plate under a %s logo with too little contrast", async (_, part, background, plate) => {
    const opaque = [part, part, part, 255];
    const row = Array.from({ length: 40 }, (_, x) => (x < 20 ? opaque : [0, 0, 0, 0])).flat();
    const logo = { width: 40, height: 30, pixels: Uint8Array.from(Array.from({ length: 30 }, () => row).flat()) };
    const { color } = read(await draw({ background }, logo));
    expect([color(90, 104), color(150, 104), color(60, 104)]).toEqual([
      background === "#ffffff" ? "#ffffff" : "#000000",
      plate,
      background,
    ]);
  });

  it("uses a logo that was uploaded here, and no other website's", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const path = `/p/${campaign.brand.slug}/campaign/${campaign.id}`;
    const picture = encoded({ width: 4, height: 2, type: 2, depth: 8 }, Array(2).fill(Array(12).fill(200)));
    const sent = await (await signedIn()).submit(
      "/images",
      { file: new File([picture], "logo.png", { type: "image/png" }) },
      { headers: { Accept: "application/json" } },
    );
    const imageIn = async () =>
      (
        await get(
          (/og:image" content="https:\/\/referrals\.test([^"]+)"/.exec(
            new TextDecoder().decode((await get(path)).file),
          ) ?? [])[1] ?? "",
        )
      ).file;
    const setLogo = (logo_url: string | null) =>
      campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, { logo_url });
    const plain = await imageIn();
    expect((await setLogo(JSON.parse(sent.text).url)).status).toBe(200);
    const { color } = read(await imageIn());
    expect([color(85, 104), color(91, 104)]).toEqual(["#c8c8c8", "#c8c8c8"]);
    const gone = `https://referrals.test/images/${"x".repeat(22)}.png`;
    for (const elsewhere of ["https://elsewhere.example/logo.png", gone, null]) {
      await setLogo(elsewhere);
      expect(await imageIn(), `${elsewhere}`).toEqual(plain);
    }
  });

  it("has a version that covers everything it shows", async () => {
    const versions = await Promise.all(
      Object.keys(plain).map((field) => versionOf({ ...plain, [field]: field === "title" ? "x" : "#123456" })),
    );
    expect(new Set([...versions, await versionOf(plain)]).size).toBe(versions.length + 1);
  });
});

type Kind = { width: number; height: number; type: number; depth: number; interlace?: number };

/** A chunk of a PNG. */
function chunk(name: string, data: number[] | Uint8Array) {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc(bytes.slice(4, data.length + 8)));
  return bytes;
}

/** A PNG of these rows of bytes. Each row takes the next of the five filters, and the data comes in two chunks. */
function encoded(kind: Kind, rows: number[][], further: Record<string, number[]> = {}, packed = filtered(kind, rows)) {
  const four = (n: number) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
  const { width, height, type, depth, interlace = 0 } = kind;
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", [...four(width), ...four(height), depth, type, 0, 0, interlace]),
    chunk("tEXt", [65, 0, 66]),
    ...Object.entries(further).map(([name, data]) => chunk(name, data)),
    chunk("IDAT", packed.slice(0, 5)),
    chunk("IDAT", packed.slice(5)),
    chunk("IEND", []),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function filtered({ type, depth }: Kind, rows: number[][]) {
  const step = Math.max(1, (depth * ({ 2: 3, 4: 2, 6: 4 }[type] ?? 1)) / 8);
  const all = rows.flatMap((row, y) => {
    const before = (x: number) => row[x - step] ?? 0;
    const above = (x: number) => rows[y - 1]?.[x] ?? 0;
    const corner = (x: number) => rows[y - 1]?.[x - step] ?? 0;
    const paeth = (x: number) => {
      const guess = before(x) + above(x) - corner(x);
      return [before(x), above(x), corner(x)].reduce((a, b) => (Math.abs(guess - b) < Math.abs(guess - a) ? b : a));
    };
    const guesses = [() => 0, before, above, (x: number) => Math.floor((before(x) + above(x)) / 2), paeth];
    return [y % 5, ...row.map((byte, x) => (byte - (guesses[y % 5]?.(x) ?? 0)) & 255)];
  });
  return deflateSync(Uint8Array.from(all));
}

describe("a PNG that was uploaded", () => {
  /** Bytes without a pattern, always the same. */
  const noise = (count: number, seed: number) =>
    Array.from({ length: count }, (_, i) => (i * i * 37 + seed * 101 + i * 11) & 255);
  const size = { width: 9, height: 11 };
  const rows = (count: number) => Array.from({ length: size.height }, (_, y) => noise(count, y));
  const pixelsOf = (kind: Pick<Kind, "type" | "depth">, bytes: number, further?: Record<string, number[]>) => {
    const sent = rows(bytes);
    const pixels = readPng(encoded({ ...size, ...kind }, sent, further))?.pixels ?? [];
    const at = (x: number, y: number) => [...pixels.slice((y * size.width + x) * 4, (y * size.width + x) * 4 + 4)];
    return { at, sent };
  };
  const everywhere = Array.from(
    { length: size.width * size.height },
    (_, i) => [i % size.width, Math.floor(i / size.width)] as const,
  );

  it("is read in every color type and depth, with all five filters", () => {
    const checks: [Pick<Kind, "type" | "depth">, number, (row: number[], x: number) => number[]][] = [
      [{ type: 6, depth: 8 }, 36, (row, x) => row.slice(x * 4, x * 4 + 4)],
      [{ type: 2, depth: 8 }, 27, (row, x) => [...row.slice(x * 3, x * 3 + 3), 255]],
      [{ type: 4, depth: 8 }, 18, (row, x) => [0, 0, 0, 1].map((i) => row[x * 2 + i] ?? 0)],
      [{ type: 0, depth: 8 }, 9, (row, x) => [...Array(3).fill(row[x]), 255]],
      [{ type: 6, depth: 16 }, 72, (row, x) => [0, 2, 4, 6].map((i) => row[x * 8 + i] ?? 0)],
      [{ type: 2, depth: 16 }, 54, (row, x) => [...[0, 2, 4].map((i) => row[x * 6 + i] ?? 0), 255]],
      [
        { type: 0, depth: 4 },
        5,
        (row, x) => [...Array(3).fill((((row[x >> 1] ?? 0) >> (x % 2 ? 0 : 4)) & 15) * 17), 255],
      ],
      [
        { type: 0, depth: 2 },
        3,
        (row, x) => [...Array(3).fill((((row[x >> 2] ?? 0) >> (6 - 2 * (x % 4))) & 3) * 85), 255],
      ],
      [
        { type: 0, depth: 1 },
        2,
        (row, x) => [...Array(3).fill((((row[x >> 3] ?? 0) >> (7 - (x % 8))) & 1) * 255), 255],
      ],
    ];
    for (const [kind, bytes, expected] of checks) {
      const { at, sent } = pixelsOf(kind, bytes);
      for (const [x, y] of everywhere)
        expect(at(x, y), `${JSON.stringify(kind)} ${x} ${y}`).toEqual(expected(sent[y] ?? [], x));
    }
  });

  it("is read with a palette, and with transparent colors", () => {
    const PLTE = noise(768, 3);
    const tRNS = noise(200, 5);
    const { at, sent } = pixelsOf({ type: 3, depth: 8 }, 9, { PLTE, tRNS });
    for (const [x, y] of everywhere) {
      const index = sent[y]?.[x] ?? 0;
      expect(at(x, y)).toEqual([...PLTE.slice(index * 3, index * 3 + 3), tRNS[index] ?? 255]);
    }
    const [first = []] = rows(27);
    const clear = pixelsOf({ type: 2, depth: 8 }, 27, { tRNS: first.slice(0, 3).flatMap((part) => [0, part]) });
    expect([clear.at(0, 0)[3], clear.at(1, 0)[3]]).toEqual([0, 255]);
  });

  it("is not read if it is huge, larger than declared, interlaced, or damaged", () => {
    const kind = { width: 1, height: 1, type: 6, depth: 8 };
    const fine = encoded(kind, [[1, 2, 3, 4]]);
    expect([...(readPng(fine)?.pixels ?? [])]).toEqual([1, 2, 3, 4]);
    const bomb = deflateSync(new Uint8Array(32_000_000));
    for (const [what, file] of Object.entries({
      huge: encoded({ ...kind, width: 10_000, height: 10_000 }, [], {}, bomb),
      "a pixel too many": encoded({ ...kind, width: 1, height: PIXELS_MAX + 1 }, [], {}, bomb),
      "a pixel wide, without end": encoded({ ...kind, width: 4_294_967_295, height: 4_294_967_295 }, [], {}, bomb),
      bomb: encoded(kind, [], {}, bomb),
      "too little": encoded({ ...kind, height: 2 }, [[1, 2, 3, 4]]),
      interlaced: encoded({ ...kind, interlace: 1 }, [[1, 2, 3, 4]]),
      "no such filter": encoded(kind, [], {}, deflateSync(Uint8Array.from([5, 1, 2, 3, 4]))),
      "no such type": encoded({ ...kind, type: 5 }, [[1, 2, 3, 4]]),
      "no such depth": encoded({ ...kind, depth: 3 }, [[1, 2, 3, 4]]),
      empty: encoded({ ...kind, width: 0 }, [[]]),
      "not packed": encoded(kind, [], {}, Uint8Array.from([1, 2, 3, 4, 5, 6, 7])),
    }))
      expect(readPng(file), what).toBeNull();
    for (let length = 0; length < fine.length - 12; length++)
      expect(readPng(fine.slice(0, length)), `${length}`).toBeNull();
  });
});
