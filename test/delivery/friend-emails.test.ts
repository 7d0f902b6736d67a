import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addNudges } from "../../src/delivery/nudges/nudge";
import { openDb } from "../../src/lib/db";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";

const DAY = 86_400_000;
afterEach(() => vi.useRealTimers());

const join = async (campaign_id: number, name: string, more: Record<string, unknown> = {}) =>
  (await call("POST", "/api/widget/signup", { campaign_id, email: someone(), name, ...more })).data;

async function fresh(fields: Record<string, unknown>) {
  const campaign = await newCampaign({ default_emails: [], num_signups: 3, ...fields });
  const room = mailroom(campaign.owner);
  const kinds = async () => (await room.rows()).map(({ kind }) => kind).sort();
  return { campaign, room, kinds };
}

/** Runs the job at this moment. */
const nudgeAt = (at: number) => addNudges({ env, db: openDb(env.DB, "first-primary"), now: () => new Date(at) });
const due = (id: number) => env.DB.prepare("UPDATE campaigns SET nudge_at = 1 WHERE id = ?").bind(id).run();

describe("emails about friends", () => {
  it("are off by default", async () => {
    const { campaign, kinds } = await fresh({});
    const rita = await join(campaign.id, "Rita");
    for (const name of ["Ada", "Grace"]) await join(campaign.id, name, { ref: rita.referral_code });
    await nudgeAt(Date.now() + 4 * DAY);
    expect(await kinds()).toEqual([]);
  });

  it("announce a friend once a day, and the last missing friend", async () => {
    const { campaign, room, kinds } = await fresh({ friend_emails: ["friend_joined", "one_to_go"] });
    const rita = await join(campaign.id, "Rita");
    await join(campaign.id, "Ada Lovelace", { ref: rita.referral_code });
    expect(await kinds()).toEqual(["friend_joined"]);
    for (const name of ["Grace", "Olga"]) await join(campaign.id, name, { ref: rita.referral_code });
    expect(await kinds()).toEqual(["friend_joined", "one_to_go"]);
    const letters = await room.deliver();
    const [joined, missing] = letters;
    expect(joined?.subject).toBe("Ada L. joined with your link");
    expect(joined?.headers?.["List-Unsubscribe"]).toContain("/unsubscribe/");
    expect(missing?.subject).toBe("Just one more friend to go");
    // The buttons for sharing have the participant's own codes, one for each channel.
    expect(missing?.html).toMatch(/wa\.me\/\?text=/);
    expect(missing?.text).toContain("WhatsApp\nhttps://wa.me/");
  });

  it("exclude unconfirmed friends until they confirm", async () => {
    const { campaign, kinds } = await fresh({ friend_emails: ["friend_joined"], double_opt_in: true });
    const rita = (await campaign.signUp(someone())).data;
    const ada = (await campaign.refer(rita.referral_code, someone())).data;
    expect(ada.attributed).toBe(true);
    const grace = await join(campaign.id, "Grace", { ref: rita.referral_code });
    expect(grace.needs_confirmation).toBe(true);
    expect((await kinds()).filter((kind) => kind === "friend_joined")).toHaveLength(1);
  });

  it("remind participants who signed up themselves and never shared, once", async () => {
    const { campaign, room, kinds } = await fresh({ friend_emails: ["reminder"] });
    const [idle, busy] = [await join(campaign.id, "Idle"), await join(campaign.id, "Busy")];
    await call(
      "POST",
      "/api/widget/share",
      { social_type: 5 },
      { headers: { Authorization: `Bearer ${busy.participant_token}` } },
    );
    await campaign.signUp(someone());
    await nudgeAt(Date.now() + 2 * DAY);
    expect(await kinds()).toEqual([]);
    for (const days of [4, 5]) {
      await due(campaign.id);
      await nudgeAt(Date.now() + days * DAY);
    }
    expect(await kinds()).toEqual(["reminder"]);
    await room.skipWaiting();
    const [letter] = await room.deliver();
    expect(letter?.subject).toBe("Your personal link is waiting");
    expect(letter?.text).toContain(idle.share_url);
  });

  it("recap the week on Monday for participants whose friends joined in it, once", async () => {
    const { campaign, room, kinds } = await fresh({ friend_emails: ["recap"] });
    const [rita] = [await join(campaign.id, "Rita"), await join(campaign.id, "Olga")];
    const now = Date.now();
    const monday = now + (((8 - new Date(now).getUTCDay()) % 7 || 7) * DAY - (now % DAY)) + 9 * 3_600_000;
    await nudgeAt(now);
    for (const name of ["Ada", "Grace"]) await join(campaign.id, name, { ref: rita.referral_code });
    await due(campaign.id);
    await nudgeAt(monday - DAY);
    expect(await kinds()).toEqual([]);
    await env.DB.prepare(
      "UPDATE participants SET date_signedup = ?, date_invited = NULL WHERE invited_by IS NOT NULL AND campaign_id = ?",
    )
      .bind(monday - 2 * DAY, campaign.id)
      .run();
    for (const at of [monday, monday + 1000]) {
      await due(campaign.id);
      await nudgeAt(at);
    }
    expect(await kinds()).toEqual(["recap"]);
    await room.skipWaiting();
    const [letter] = await room.deliver();
    expect(letter?.subject).toBe("Your week in Test");
    expect(letter?.text).toContain("2 friends joined this week");
    // No email without activity in the next week.
    await due(campaign.id);
    await nudgeAt(monday + 7 * DAY);
    expect(await kinds()).toEqual(["recap"]);
  });
});
