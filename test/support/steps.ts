import { env } from "cloudflare:workers";
import type fc from "fast-check";
import { expect } from "vitest";
import { referralCode } from "../../src/ledger/records/referral-code";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { plainCode, type TestCampaign } from "./campaign";
import { type Answer, call } from "./client";
import { compare } from "./compare";
import { type Model, mailbox, type Person, type Reward, rewardId } from "./model";

const idOf = async (real: Real, email: string): Promise<number> => {
  const query = `campaign_id=${real.campaign.id}&email=${encodeURIComponent(email)}`;
  return (await real.campaign.owner.get(`/api/v1/participants?${query}`)).data.participants[0].id;
};

type Asked = { path: string; body: unknown; key: string; answer: Answer };
type Real = { campaign: TestCampaign; asked: Asked[]; crowds: number };
type Step = fc.AsyncCommand<Model, Real>;

const NOBODY = 999_999_999;
const SIGNUPS = "/api/v1/signups";
const REFERRALS = "/api/v1/signups/referral";
const withKey = (key: string) => ({ headers: { "Idempotency-Key": key } });

/** One step changes both, then both are compared. @returns the rewards whose codes may be swapped */
const step = (name: string, run: (model: Model, real: Real) => Promise<Reward[]>): Step => ({
  check: () => true,
  run: async (model, real) => compare(model, real.campaign, await run(model, real)),
  toString: () => name,
});

/** A POST, with its own key if it may be repeated later. */
async function post(real: Real, path: string, body: unknown, isKeyed: boolean) {
  const key = crypto.randomUUID();
  const answer = await real.campaign.owner.post(path, body, isKeyed ? withKey(key) : {});
  if (isKeyed) real.asked.push({ path, body, key, answer });
  return answer;
}

const somebody = (model: Model, index: number): Person | undefined => model.people[index % (model.people.length || 1)];

const referralOf = (real: Real, id: number, social: number, email: string) => ({
  referral_code: plainCode(real.campaign.id, social, id),
  email,
  name: "Friend",
});

/** The result of a referral. It depends on the referrer first, then on self-referral, then on an earlier referrer. */
function refusal(model: Model, referrer: Person | undefined, email: string) {
  if (!referrer) return { status: 400, code: "unknown_referrer" };
  if (mailbox(referrer.email) === mailbox(email)) return { status: 400, code: "self_referral" };
  const friend = model.byEmail(email);
  return friend && friend.inviter !== null
    ? { status: 200, data: { id: friend.id, attributed: false } }
    : { status: 201, data: { attributed: true } };
}

/** The rewards earned by this call, according to its response. */
function expectEarned(answer: Answer, earned: Reward[]) {
  const { reward, invited_reward } = answer.data;
  const seen = [reward, invited_reward].filter((shown) => shown !== null);
  expect(seen.map((shown) => ({ id: shown.id, status: shown.status, coupon: shown.coupon }))).toEqual(
    earned.map((due) => ({ id: rewardId(due), status: due.status, coupon: due.coupon })),
  );
}

/** Applies a referral with a response. */
function refer(model: Model, answer: Answer, referrer: Person | undefined, email: string): Reward[] {
  expect(answer, answer.text).toMatchObject(refusal(model, referrer, email));
  if (answer.status !== 201 || !referrer) return [];
  return model.attribute(model.byEmail(email) ?? model.join(answer.data.id, email), referrer);
}

/** Steps that matter only in sequence, which chance alone rarely produces. */
export const inTurn = (...all: Step[]): Step => ({
  check: () => true,
  run: async (model, real) => {
    for (const one of all) await one.run(model, real);
  },
  toString: () => all.join(", then "),
});

const byAddress = (email: string, make: (who: number) => Step): Step => ({
  check: () => true,
  run: async (model, real) => {
    const index = model.people.findIndex((person) => person.email === email && person.status !== "erased");
    if (index >= 0) await make(index).run(model, real);
  },
  toString: () => `${make(0)} (${email})`,
});

export const steps = {
  signUp: (email: string, isKeyed: boolean) =>
    step(`sign ${email} up`, async (model, real) => {
      const answer = await post(real, SIGNUPS, { campaign_id: real.campaign.id, email, name: "Somebody" }, isKeyed);
      if (model.byEmail(email)) expect(answer).toMatchObject({ status: 409, code: "already_signed_up" });
      else expect(answer.status, answer.text).toBe(201);
      if (answer.status === 201) model.join(answer.data.id, email);
      return [];
    }),

  refer: (who: number, email: string, social: number, isKeyed: boolean) =>
    step(`${email} comes by #${who} over ${social}`, async (model, real) => {
      const id = somebody(model, who)?.id ?? NOBODY;
      const answer = await post(real, REFERRALS, referralOf(real, id, social, email), isKeyed);
      const earned = refer(model, answer, model.referrer(id), email);
      if (answer.status === 201) expectEarned(answer, earned);
      return [];
    }),

  /** A visitor signs up in the widget. An invalid code is ignored, and existing participants learn nothing. */
  visit: (who: number | null, email: string, social: number) =>
    step(`${email} visits${who === null ? "" : ` by #${who} over ${social}`}`, async (model, real) => {
      const campaign_id = real.campaign.id;
      const by = who === null ? undefined : somebody(model, who);
      const ref = by && (await referralCode(env, { campaign_id, social_type: social, participant_id: by.id }));
      const known = model.byEmail(email);
      const answer = await call("POST", "/api/widget/signup", { campaign_id, email, name: "Visitor", ref });
      expect(answer, answer.text).toMatchObject({
        status: 200,
        data: known ? { already_joined: true } : { already_joined: false, needs_confirmation: model.confirms },
      });
      const friend = known ?? model.join(await idOf(real, email), email, model.confirms);
      const referrer = by && model.referrer(by.id);
      const counts = referrer && mailbox(referrer.email) !== mailbox(email) && friend.inviter === null;
      const isNewcomer = !known || friend.isWaiting;
      const earned = counts && isNewcomer ? model.attribute(friend, referrer) : [];
      if (!known) expect(answer.data.reward?.id).toBe(earned.filter(({ role }) => role === "invited").map(rewardId)[0]);
      return [];
    }),

  /** They follow the link in their email, which may be an old one, and press the button. */
  confirm: (who: number) =>
    step(`#${who} confirms`, async (model, real) => {
      const person = somebody(model, who);
      const of = { campaign_id: real.campaign.id, participant_id: person?.id ?? NOBODY };
      const answer = await call("POST", `/confirm/${await confirmationToken(env, of, new Date())}`);
      const isThere = person !== undefined && person.status !== "erased";
      expect(answer.status, answer.text).toBe(isThere ? 200 : 404);
      if (isThere) model.confirm(person);
      return [];
    }),

  /** Whether visitors have to confirm their addresses from now on. */
  careful: (confirms: boolean) =>
    step(confirms ? "be careful" : "be careless", async (model, real) => {
      model.confirms = confirms;
      const answer = await real.campaign.owner.put(`/api/v1/campaigns/${real.campaign.id}`, {
        double_opt_in: confirms,
      });
      expect(answer).toMatchObject({ status: 200, data: { double_opt_in: confirms } });
      return [];
    }),

  /** Many friends of one person at once. The recipients of codes are fixed, but not which code each gets. */
  crowd: (who: number, size: number) =>
    step(`${size} friends of #${who} at once`, async (model, real) => {
      const id = somebody(model, who)?.id ?? NOBODY;
      const emails = Array.from({ length: size }, () => `crowd-${++real.crowds}@example.com`);
      const send = async (email: string) => ({
        email,
        answer: await post(real, REFERRALS, referralOf(real, id, 1, email), false),
      });
      const answered = await Promise.all(emails.map(send));
      const inOrder = answered.sort((a, b) => (a.answer.data?.id ?? 0) - (b.answer.data?.id ?? 0));
      return inOrder.flatMap(({ email, answer }) => refer(model, answer, model.referrer(id), email));
    }),

  /** The same request several times at once: one takes effect. */
  duplicates: (who: number | null, email: string, times: number) =>
    step(`${email} ${times} times at once${who === null ? "" : ` by #${who}`}`, async (model, real) => {
      const id = who === null ? null : (somebody(model, who)?.id ?? NOBODY);
      const basic = { campaign_id: real.campaign.id, email, name: "Somebody" };
      const send = () =>
        id === null ? post(real, SIGNUPS, basic, false) : post(real, REFERRALS, referralOf(real, id, 2, email), false);
      const answers = (await Promise.all(Array.from({ length: times }, send))).sort((a, b) => b.status - a.status);
      const winner = answers.find(({ status }) => status === 201);
      const others = answers.filter((answer) => answer !== winner);
      if (id !== null) {
        const referrer = model.referrer(id);
        if (winner) refer(model, winner, referrer, email);
        for (const answer of others) refer(model, answer, referrer, email);
        return [];
      }
      if (winner) model.join(winner.data.id, email);
      expect(Boolean(winner) || model.byEmail(email) !== undefined).toBe(true);
      for (const answer of others) expect(answer).toMatchObject({ status: 409, code: "already_signed_up" });
      return [];
    }),

  upload: (codes: string[], isKeyed: boolean) =>
    step(`upload ${codes}`, async (model, real) => {
      const answer = await post(real, `/api/v1/campaigns/${real.campaign.id}/coupons`, { codes }, isKeyed);
      expect(answer).toMatchObject({ status: 201, data: model.upload(codes) });
      return [];
    }),

  drop: () =>
    step("drop what is left", async (model, real) => {
      const answer = await real.campaign.owner.delete(`/api/v1/campaigns/${real.campaign.id}/coupons`);
      expect(answer).toMatchObject({ status: 200, data: model.drop() });
      return [];
    }),

  /** Lowers the goal; some people reach it by that. */
  change: (goal: number, isCash: boolean, rewardsInvited: boolean) =>
    step(`goal ${goal}${isCash ? ", cash" : ""}${rewardsInvited ? ", both" : ""}`, async (model, real) => {
      Object.assign(model, { type: isCash ? "cash" : "coupon", rewardsInvited });
      const change = { num_signups: goal, reward_type: isCash ? 5 : 1, reward_invited: rewardsInvited };
      const answer = await real.campaign.owner.put(`/api/v1/campaigns/${real.campaign.id}`, change);
      expect(answer).toMatchObject({ status: 200, data: change });
      model.setGoal(goal);
      return [];
    }),

  /** The same for the owner of this address. */
  becomeOf: (email: string, status: "active" | "pending" | "blocked") =>
    byAddress(email, (n) => steps.become(n, status)),
  confirmOf: (email: string) => byAddress(email, (n) => steps.confirm(n)),

  become: (who: number, status: "active" | "pending" | "blocked") =>
    step(`#${who} becomes ${status}`, async (model, real) => {
      const person = somebody(model, who);
      const answer = await real.campaign.owner.patch(`/api/v1/participants/${person?.id ?? NOBODY}`, { status });
      if (!person || person.status === "erased") expect(answer).toMatchObject({ status: 404 });
      else {
        expect(answer).toMatchObject({ status: 200, data: { id: person.id, status } });
        if (person.status !== status) model.become(person, status);
      }
      return [];
    }),

  erase: (who: number) =>
    step(`erase #${who}`, async (model, real) => {
      const person = somebody(model, who);
      const answer = await real.campaign.owner.delete(`/api/v1/participants/${person?.id ?? NOBODY}`);
      if (!person || person.status === "erased") expect(answer).toMatchObject({ status: 404 });
      else {
        expect(answer).toMatchObject({ status: 200, data: { id: person.id, deleted: true } });
        model.erase(person);
      }
      return [];
    }),

  /** Only pending cash can be paid by hand, and only rewards that are not revoked can be revoked. */
  settle: (which: number, status: "fulfilled" | "revoked") =>
    step(`reward #${which} is ${status}`, async (model, real) => {
      const reward = model.rewards[which % (model.rewards.length || 1)];
      const answer = await real.campaign.owner.patch(`/api/v1/rewards/${reward ? rewardId(reward) : NOBODY}`, {
        status,
      });
      if (!reward) expect(answer).toMatchObject({ status: 404 });
      else if (reward.status !== status) {
        const isAllowed = status === "revoked" || (reward.status === "pending" && reward.type === "cash");
        expect(answer).toMatchObject(isAllowed ? { status: 200, data: { status } } : { status: 409, code: "conflict" });
        if (isAllowed) reward.status = status;
      }
      return [];
    }),

  /** A repeated request with its key returns the same response, and does nothing. A 400 is not kept. */
  again: (which: number) =>
    step(`request #${which} again`, async (_, real) => {
      const asked = real.asked[which % (real.asked.length || 1)];
      if (!asked || asked.answer.status === 400) return [];
      const answer = await real.campaign.owner.post(asked.path, asked.body, withKey(asked.key));
      expect([answer.status, answer.text]).toEqual([asked.answer.status, asked.answer.text]);
      expect(answer.headers.get("Idempotent-Replayed")).toBe("true");
      return [];
    }),
};
