import type { History } from "./history.ts";
import type { Tables } from "./tables.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

/** The email without its tag, which the clients add to make several emails for one person. */
export const mailbox = (email: string) => email.replace(/\+.*@/, "@");

/** Compares the participants and their referrers in the database with the clients' history. */
export function checkPeople({ signups }: History, { participants, events }: Tables): Verdict[] {
  const byEmail = new Map(participants.map((p) => [p.email, p]));
  const mailboxOf = new Map(participants.map((p) => [p.id, mailbox(p.email)]));
  const acknowledged = signups.filter((s) => s.outcome === "ok");
  const possible = new Set(signups.filter((s) => s.outcome !== "failed" || s.inDoubt).map((s) => s.email));
  const signupEvents = events.filter((e) => e.type === "participant.signup");
  const eventsOf = countBy(signupEvents, (e) => e.participant_id);
  const madeBy = new Set(participants.map((p) => `${p.id} ${p.signup_event}`));
  const attributions = signups.filter((s) => s.attributed === true);
  /** The referrals that may have taken effect, as far as the clients know. */
  const mayHaveInvited = new Set(
    signups.filter((s) => s.attributed === true || s.inDoubt).map((s) => `${s.referrer} ${s.email}`),
  );

  return [
    verdict(
      "acknowledged signups that were lost",
      acknowledged.filter((s) => !byEmail.has(s.email) || (s.id !== null && byEmail.get(s.email)?.id !== s.id)),
    ),
    verdict("participants that nobody signed up", missing(byEmail.keys(), possible)),
    verdict("emails with two participants", repeated(participants.map((p) => p.email))),
    verdict(
      "participants without exactly one signup event",
      participants.filter((p) => eventsOf.get(p.id) !== 1).map((p) => p.id),
    ),
    verdict(
      "signup events without a participant",
      signupEvents.filter((e) => !madeBy.has(`${e.participant_id} ${e.id}`)),
    ),
    verdict(
      "referrers that differ from the acknowledged one",
      attributions.filter((s) => byEmail.get(s.email)?.invited_by !== s.referrer),
    ),
    verdict(
      "participants without their acknowledged referrer",
      signups.filter((s) => s.attributed === false && !byEmail.get(s.email)?.invited_by),
    ),
    verdict(
      "referrers that no signup named",
      participants.filter((p) => p.invited_by !== null && !mayHaveInvited.has(`${p.invited_by} ${p.email}`)),
    ),
    verdict(
      "self-referrals",
      participants.filter((p) => p.invited_by !== null && mailboxOf.get(p.invited_by) === mailbox(p.email)),
    ),
  ];
}

/** The number of requests without a response that took effect: the kills that hit a commit. */
export const ambiguousCommits = ({ signups }: History, { participants }: Tables) => {
  const mails = new Set(participants.map((p) => p.email));
  const answered = new Set(signups.filter((s) => s.outcome === "ok" && !s.inDoubt).map((s) => s.email));
  return new Set(signups.filter((s) => s.inDoubt && mails.has(s.email) && !answered.has(s.email)).map((s) => s.email))
    .size;
};
