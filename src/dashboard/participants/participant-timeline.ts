import { isGift } from "../../../drizzle/schema";
import { kindWords } from "../ui/reward-words";
import { mailNames, socialNames } from "./email-names";
import type { TimelineSource } from "./participant-detail";

/** An event in a participant's history. `person` is the other participant involved. */
type Happening = { at: Date; what: string; person?: { id: number; name: string } };

const SHOWN = 100;

/** A participant's known history, newest first. Only the latest status change is recorded. */
export function timelineOf({ details, facts, brought, mails, sent }: TimelineSource): Happening[] {
  const all: Happening[] = [{ at: details.date_signedup, what: "Signed up" }];
  const { inviter_id } = facts;
  if (inviter_id !== null && facts.date_invited !== null) {
    const name = facts.inviter_name ?? facts.inviter_email ?? "an erased participant";
    all.push({ at: new Date(facts.date_invited), what: "Referred by", person: { id: inviter_id, name } });
  }
  if (facts.status_changed !== null) all.push({ at: new Date(facts.status_changed), what: `Became ${details.status}` });
  for (const friend of brought)
    all.push({
      at: friend.date_invited ?? friend.date_signedup,
      what: "Referred",
      person: { id: friend.id, name: friend.name ?? friend.email ?? "" },
    });
  for (const reward of details.rewards) {
    const kind = kindWords[reward.type].name.toLowerCase();
    all.push({
      at: reward.date_earned,
      what: isGift(reward) ? `Was given a ${kind} reward manually` : `Earned a ${kind} reward`,
    });
    if (reward.date_fulfilled && reward.date_fulfilled.getTime() !== reward.date_earned.getTime())
      all.push({ at: reward.date_fulfilled, what: `Received the ${kind} reward` });
    if (reward.date_expired) all.push({ at: reward.date_expired, what: `The ${kind} reward expired` });
  }
  for (const { social_type, date_shared } of details.shares)
    if (date_shared)
      all.push({
        at: date_shared,
        what:
          social_type === 6 ? "Shared the direct link" : `Shared via ${socialNames[social_type] ?? "another channel"}`,
      });
  for (const mail of mails)
    if (mail.date_sent)
      all.push({ at: mail.date_sent, what: `Email ${mail.status}: ${mailNames[mail.kind] ?? mail.kind}` });
  for (const { type, status, link, tried_at } of sent)
    if (tried_at)
      all.push({ at: new Date(tried_at), what: `Webhook ${status}: ${type} to ${URL.parse(link)?.host ?? link}` });
  // After reversing, later entries come first if they have the same time.
  return all
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .reverse()
    .slice(0, SHOWN);
}
