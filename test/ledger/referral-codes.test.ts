import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCode, readSignedCode, referralCode } from "../../src/ledger/records/referral-code";
import { fromBase64Url, toBase64, toBase64Url } from "../../src/lib/crypto";
import { newCampaign, plainCode, someone } from "../support/campaign";
import { call } from "../support/client";
import { runs, seed } from "../support/seed";

const id = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 9_999_999_999_999 }));
const referral = fc.record({
  campaign_id: id,
  social_type: fc.integer({ min: 1, max: 6 }),
  participant_id: id,
  invited_id: fc.option(id),
});
const params = { seed, numRuns: runs(200) };
const example = { campaign_id: 42, social_type: 1, participant_id: 7, invited_id: 9 };

/** All spellings of the same base64 after emails and URLs. */
const spellings = (code: string) => {
  const [body = "", tag] = code.split(".");
  const dotTag = tag === undefined ? "" : `.${tag}`;
  const padded = toBase64(fromBase64Url(body));
  const standard = `${padded}${dotTag}`;
  return [code, standard, encodeURIComponent(standard), padded.replace(/=+$/, "") + dotTag, ` ${code}\n`];
};

describe(`a referral code (SEED=${seed})`, () => {
  it("returns its contents, in any spelling, signed or plain", () =>
    fc.assert(
      fc.asyncProperty(referral, async (who) => {
        const signed = await referralCode(env, who);
        expect(signed).toMatch(/^[\w-]+\.[\w-]{14}$/);
        const plain = plainCode(who.campaign_id, who.social_type, who.participant_id, who.invited_id ?? undefined);
        for (const spelt of spellings(signed)) expect(await readCode(env, spelt)).toEqual({ ...who, is_signed: true });
        for (const spelt of spellings(plain)) expect(await readCode(env, spelt)).toEqual({ ...who, is_signed: false });
        expect(await readSignedCode(env, signed)).toMatchObject(who);
        expect(await readSignedCode(env, plain)).toBeNull();
      }),
      params,
    ));

  it("is refused if any single bit is changed", async () => {
    const code = await referralCode(env, example);
    const [body = "", tag = ""] = code.split(".");
    const flipped = (part: string) => {
      const bytes = fromBase64Url(part);
      return Array.from({ length: bytes.length * 8 }, (_, bit) => {
        const copy = bytes.slice();
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return toBase64Url(copy);
      });
    };
    const forged = [
      ...flipped(body).map((other) => `${other}.${tag}`),
      ...flipped(tag).map((other) => `${body}.${other}`),
    ];
    expect(forged).toHaveLength((fromBase64Url(body).length + 10) * 8);
    for (const text of forged) {
      await expect(readCode(env, text), text).rejects.toMatchObject({ code: "bad_code" });
      expect(await readSignedCode(env, text)).toBeNull();
    }
  });

  it("is refused if any bit of its text is changed, and its tag has one spelling", async () => {
    const code = await referralCode(env, example);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const [, tag = ""] = code.split(".");
    for (const letter of letters) {
      if (tag.endsWith(letter)) continue;
      expect(await readSignedCode(env, `${code.slice(0, -1)}${letter}`), letter).toBeNull();
    }
    for (let bit = 0; bit < code.length * 7; bit++) {
      const at = Math.floor(bit / 7);
      const other = String.fromCharCode(code.charCodeAt(at) ^ (1 << (bit % 7)));
      const text = code.slice(0, at) + other + code.slice(at + 1);
      expect(await readSignedCode(env, text), JSON.stringify(text)).toBeNull();
    }
  });

  it("is not found by 10 000 guesses", async () => {
    const [body = ""] = (await referralCode(env, example)).split(".");
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const guesses = fc.sample(bytes, { seed, numRuns: 10_000 }).map((tag) => `${body}.${toBase64Url(tag)}`);
    expect(new Set(guesses).size).toBeGreaterThan(9_000);
    let opened = 0;
    for (const guess of guesses) if (await readSignedCode(env, guess)) opened++;
    expect(opened).toBe(0);
  });

  it("of one campaign, channel, person, or invitation is not valid as another's, or under another secret", () =>
    fc.assert(
      fc.asyncProperty(referral, referral, async (one, two) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        const [[, tag], [body]] = [
          (await referralCode(env, one)).split("."),
          (await referralCode(env, two)).split("."),
        ];
        expect(await readSignedCode(env, `${body}.${tag}`)).toBeNull();
        const foreign = await referralCode({ ...env, CODE_SECRET: "another" }, one);
        expect(await readSignedCode(env, foreign)).toBeNull();
      }),
      params,
    ));

  it("is refused as invalid, and nothing else, for any text", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        const answer = await readCode(env, text).catch((error) => error.code);
        const isCode = /^[1-9]\d*:(?:[1-9]|1[0-2]):[1-9]/.test(atobOr(text));
        if (!isCode) expect(answer).toBe("bad_code");
      }),
      { seed, numRuns: runs(2_000) },
    ));

  it.each([
    ["no participant", "42:1"],
    ["a channel that there is not", "42:13:7"],
    ["channel 0", "42:0:7"],
    ["campaign 0", "0:1:7"],
    ["a leading zero", "042:1:7"],
    ["a sign", "+42:1:7"],
    ["a fraction", "42:1:7.5"],
    ["an exponent", "4e2:1:7"],
    ["five parts", "42:1:7:9:1"],
    ["space", "42: 1:7"],
    ["a line's end", "42:1:7\n"],
    ["digits of another script", "٤٢:1:7"],
    ["an id of 17 digits", "12345678901234567:1:7"],
    ["nothing", ""],
  ])("with %s is refused", async (_, plain) => {
    const body = toBase64Url(new TextEncoder().encode(plain));
    await expect(readCode(env, body)).rejects.toMatchObject({ code: "bad_code" });
  });

  it("is not searched for in unlimited text", async () => {
    const code = await referralCode(env, example);
    expect(await readCode(env, code.padStart(500))).toMatchObject(example);
    await expect(readCode(env, code.padStart(501))).rejects.toMatchObject({ code: "bad_code" });
  });
});

describe("a plain code", () => {
  it("counts with an API key, but not on public pages; a signed one counts in both", async () => {
    const campaign = await newCampaign();
    const { id: referrer, referral_code } = (await campaign.signUp(someone())).data;
    const plain = plainCode(campaign.id, 1, referrer);
    const join = (ref: string) =>
      call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), name: "Alan", ref });
    const count = async () => (await campaign.owner.get(`/api/v1/participants/${referrer}`)).data.referral_count;

    expect(await campaign.refer(plain, someone())).toMatchObject({ status: 201, data: { attributed: true } });
    expect(await count()).toBe(1);
    for (const text of [plain, `${plain}.${"A".repeat(14)}`, `${plain}.`, "x", "%"])
      expect(await join(text)).toMatchObject({ status: 200, data: { already_joined: false } });
    expect(await count()).toBe(1);
    await join(referral_code);
    expect(await count()).toBe(2);
    for (const [text, shown] of [
      [plain, 0],
      [referral_code, 1],
    ] as const) {
      expect(await call("GET", `/t/${encodeURIComponent(text)}`, undefined, { headers: BROWSER })).toMatchObject({
        status: 302,
      });
      expect((await campaign.owner.get(`/api/v1/participants/${referrer}`)).data.click_count).toBe(shown);
    }
  });
});

const BROWSER = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36" };

function atobOr(text: string) {
  try {
    return new TextDecoder().decode(fromBase64Url(text.trim().split(".")[0] ?? ""));
  } catch {
    return "";
  }
}
