import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creditHash } from "../../src/participants/credit";
import { canonicalEmail, formerEmails } from "../../src/participants/mailbox";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { brokenPromises } from "../support/invariants";
import { runs, seed } from "../support/seed";

const ONE_MAILBOX = [
  ["ada.l@gmail.com", "adal+x@googlemail.com", "a.d.a.l@gmail.com"],
  ["ada@icloud.com", "ada@me.com", "ada+shop@mac.com"],
  ["ada.l@proton.me", "ada-l@protonmail.com", "ada_l@pm.me", "adal+x@protonmail.ch"],
  ["ada.l@yandex.ru", "ada-l@ya.ru", "ada.l+x@yandex.com", "ada-l@yandex.kz"],
  ["ada@fastmail.com", "shop@ada.fastmail.com", "ada+shop@fastmail.com"],
];
const DIFFERENT_PEOPLE = [
  ["ada@outlook.com", "ada@hotmail.com", "ada@live.com", "ada@msn.com"],
  ["ada@yahoo.com", "ada@ymail.com", "ada@yahoo.de", "ada@rocketmail.com"],
  ["ada@gmx.de", "ada@gmx.net", "ada@web.de"],
  ["ada@mail.ru", "ada@bk.ru", "ada@inbox.ru", "ada@list.ru"],
  ["ada@fastmail.com", "ada@fastmail.fm", "ada@sent.com"],
  ["ada.l@icloud.com", "adal@icloud.com", "ada-l@icloud.com"],
  ["ada_l@yandex.ru", "ada.l@yandex.ru", "adal@yandex.ru"],
  ["ada@notproton.me", "ada@proton.me", "ada@x.proton.me"],
  ["ada@a.b.fastmail.com", "ada@a.fastmail.com", "ada@b.fastmail.com"],
];
const differentIn = (emails: string[]) => new Set(emails.map(canonicalEmail)).size;

describe("a mailbox with several addresses", () => {
  it.each(ONE_MAILBOX.map((emails) => [emails]))("is one mailbox: %j", (emails) => {
    expect(differentIn(emails)).toBe(1);
  });

  it.each(DIFFERENT_PEOPLE.map((emails) => [emails]))("is not somebody else's: %j", (emails) => {
    expect(differentIn(emails)).toBe(emails.length);
  });

  it("is found in older rows, in each of its old forms", () => {
    expect(formerEmails("ada+x@me.com")).toEqual(["ada@me.com", "ada@mac.com"]);
    expect(formerEmails("ada.l@pm.me")).toContain("ada.l@protonmail.com");
    expect(formerEmails("shop@ada.fastmail.com")).toEqual(["shop@ada.fastmail.com"]);
    expect(formerEmails("a.da@gmail.com")).toEqual([]);
    expect(formerEmails("ada@example.com")).toEqual([]);
  });

  it("credits once, and prevents self-referrals under another domain", async () => {
    const campaign = await newCampaign({ num_signups: 1, reward_invited: true });
    await campaign.upload(someCodes(10));
    const ada = (await campaign.signUp(someone())).data;
    const name = `friend${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
    for (const domain of ["icloud.com", "me.com", "mac.com"])
      expect((await campaign.refer(ada.referral_code, `${name}@${domain}`)).status).toBe(201);
    expect(await campaign.stats()).toMatchObject({ total_participants: 4, total_referrals: 1 });
    const owner = (await campaign.signUp(`${name}.self@proton.me`)).data;
    const self = await campaign.refer(owner.referral_code, `${name}self@pm.me`);
    expect(self).toMatchObject({ status: 400, code: "self_referral" });
    for (const domain of ["outlook.com", "hotmail.com"]) await campaign.refer(ada.referral_code, `${name}@${domain}`);
    expect(await campaign.stats()).toMatchObject({ total_referrals: 3 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("counts in older rows as before", async () => {
    const campaign = await newCampaign({ num_signups: 1, reward_invited: true });
    await campaign.upload(someCodes(10));
    const [ada, eve] = [(await campaign.signUp(someone())).data, (await campaign.signUp(someone())).data];
    const name = `friend${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
    const friend = (await campaign.refer(ada.referral_code, `${name}@me.com`)).data.participant;
    const former = `${name}@me.com`;
    await env.DB.prepare("UPDATE participants SET email_canonical = ?, mailbox = ? WHERE id = ?")
      .bind(former, await creditHash(env, campaign.id, former), friend.id)
      .run();
    for (const email of [`${name}+2@me.com`, `${name}@icloud.com`]) {
      expect((await campaign.refer(eve.referral_code, email)).data).toMatchObject({ invited_reward: null });
      expect(await campaign.refer(friend.referral_code, `x${email}`)).toMatchObject({ status: 201 });
      const self = await campaign.refer(friend.referral_code, email.replace("@", "+self@"));
      expect(self, self.text).toMatchObject({ status: 400, code: "self_referral" });
    }
    // Erased people count, too.
    await campaign.owner.delete(`/api/v1/participants/${friend.id}`);
    expect((await campaign.refer(eve.referral_code, `${name}@mac.com`)).data).toMatchObject({ invited_reward: null });
    expect((await campaign.owner.get(`/api/v1/participants/${eve.id}`)).data.referral_count).toBe(0);
  });
});

describe(`a canonical address (SEED=${seed})`, () => {
  const params = { seed, numRuns: runs(200) };
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const dotted = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join("."));
  const domain = fc.constantFrom("example.com", "gmail.com", "googlemail.com", "mail.example.co.uk");

  it("is the same for every +tag, is its own canonical form, and keeps the domain", () =>
    fc.assert(
      fc.property(dotted, domain, fc.array(word, { minLength: 1, maxLength: 3 }), (local, host, tags) => {
        const plain = canonicalEmail(`${local}@${host}`);
        expect(canonicalEmail(`${local}+${tags.join("+")}@${host}`)).toBe(plain);
        expect(canonicalEmail(plain)).toBe(plain);
        expect(plain.split("@")[1]).toBe(host.replace("googlemail", "gmail"));
      }),
      params,
    ));

  it("ignores dots at Gmail, under both of its names, and nowhere else", () =>
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 4 }), (words) => {
        const [apart, together] = [words.join("."), words.join("")];
        for (const host of ["gmail.com", "googlemail.com"])
          expect(canonicalEmail(`${apart}@${host}`)).toBe(`${together}@gmail.com`);
        expect(canonicalEmail(`${apart}@example.com`)).not.toBe(canonicalEmail(`${together}@example.com`));
      }),
      params,
    ));

  it("keeps different people apart", () =>
    fc.assert(
      fc.property(word, word, domain, (one, two, host) => {
        fc.pre(one !== two);
        expect(canonicalEmail(`${one}@${host}`)).not.toBe(canonicalEmail(`${two}@${host}`));
      }),
      params,
    ));

  it("keeps a leading +, because a mailbox needs a name", () => {
    expect(canonicalEmail("+tag@example.com")).toBe("+tag@example.com");
  });
});
