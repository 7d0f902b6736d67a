import { auditEntry } from "../../auth/audit/audit-entry";
import { entering, type Session } from "../../auth/sessions/session";
import { brandChoices } from "../../campaigns/brand-choice";
import { isAddressProven } from "../../campaigns/sending/may-send";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit, primaryOf } from "../../lib/db";
import { invalid, notFound } from "../../lib/errors";
import { teamInvitationMail, teamInvitationsToday } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import { readJoin } from "./invitation-link";
import type { NewColleague, RoleChange, TeamSecurity } from "./team-schema";
import * as store from "./team-store";

/** Colleagues and pending invitations together. */
const TEAM_MAX = 200;
const INVITATIONS_PER_DAY = 20;

export async function team(ctx: MemberCtx) {
  const { memberId } = ctx.actor;
  const [[owner], people, invitations, made, brands] = await ctx.db.batch([
    store.ownerOf(ctx.db, memberId),
    store.colleagues(ctx.db, memberId, TEAM_MAX),
    store.invitations(ctx.db, memberId, TEAM_MAX),
    store.keysByMaker(ctx.db, memberId),
    brandChoices(ctx),
  ]);
  if (!owner) throw notFound("account");
  const keysOf = new Map(made.map(({ maker_id, keys }) => [maker_id, keys]));
  const colleagues = people.map((person) => ({ ...person, keys: keysOf.get(person.id) ?? 0 }));
  return { owner, colleagues, invitations, brands };
}

/**
 * Invites someone to the account by email. Inviting them again sends another email.
 * @throws 400 if a brand is not in the account, the person is already on the team, a maximum is reached, or the
 * account's own email is not verified
 */
export async function invite(ctx: MemberCtx, colleague: NewColleague): Promise<void> {
  const { memberId } = ctx.actor;
  const { email } = colleague;
  const [[owner], colleagues, brands] = await ctx.db.batch([
    store.ownerOf(ctx.db, memberId),
    store.colleagues(ctx.db, memberId, TEAM_MAX),
    brandChoices(ctx),
  ]);
  refuseUnknown(brands, colleague);
  if (owner?.email === email || colleagues.some((one) => one.email === email))
    throw invalid("email", "This person is already on the team.");
  if (!owner || !isAddressProven(ctx.env, owner))
    throw invalid("email", "Verify the account's own email address first. The link is in the email we sent to it.");
  const now = ctx.now();
  const today = teamInvitationsToday(ctx);
  const limits = { people: TEAM_MAX, perDay: INVITATIONS_PER_DAY, today };
  const [[asked], mails, [sent]] = await commit(
    ctx,
    store.invite(ctx.db, memberId, colleague, now, limits),
    teamInvitationMail(ctx, email, now),
    today,
  );
  if (!asked)
    throw invalid(
      "email",
      (sent?.total ?? 0) >= INVITATIONS_PER_DAY
        ? `You can send ${INVITATIONS_PER_DAY} invitations a day. Try again tomorrow.`
        : `A team can have ${TEAM_MAX} members, including pending invitations.`,
    );
  ctx.later(hintMails(ctx.env, idsOf(mails)));
}

/**
 * Cancels an invitation. The link in its email stops working.
 * @throws 404
 */
export async function withdraw(ctx: MemberCtx, id: number): Promise<void> {
  const [gone] = await commit(ctx, store.withdraw(ctx.db, ctx.actor.memberId, id));
  if (gone.length === 0) throw notFound("invitation");
}

/** @throws 400 for brands that are not in the account */
function refuseUnknown(brands: { id: number }[], { brand_ids }: Pick<NewColleague, "brand_ids">) {
  const known = new Set(brands.map(({ id }) => id));
  if (brand_ids?.some((id) => !known.has(id)))
    throw invalid("brand_ids", "One of these brands is not in this account.");
}

/**
 * Changes a role and its brands. If someone stops being an owner, their keys end, because a key can do everything.
 * @throws 404 if the person is not on the team. This includes the account's own member, who is always an owner
 */
export async function changeRole(ctx: MemberCtx, personId: number, access: RoleChange): Promise<void> {
  const { memberId } = ctx.actor;
  const [brands] = await ctx.db.batch([brandChoices(ctx)]);
  refuseUnknown(brands, access);
  const [changed] = await commit(
    ctx,
    store.changeRole(ctx.db, memberId, personId, access),
    store.revokeKeysOf(ctx.db, memberId, personId, ctx.now()),
  );
  if (changed.length === 0) throw notFound("colleague");
}

/** The account's security requirements for its team. */
export async function securityOf(ctx: MemberCtx): Promise<TeamSecurity> {
  const [[security]] = await ctx.db.batch([store.security(ctx.db, ctx.actor.memberId)]);
  if (!security) throw notFound("account");
  return security;
}

/**
 * Turns the second factor requirement for the team on or off. It applies from each person's next request: people
 * without a second factor see nothing of the account until they turn it on.
 * @throws 400 if the account's own member has none
 */
export async function changeSecurity(ctx: MemberCtx, security: TeamSecurity): Promise<TeamSecurity> {
  const { memberId } = ctx.actor;
  const [[changed]] = await commit(ctx, store.requireSecondFactor(ctx.db, memberId, security.second_factor_required));
  if (!changed)
    throw invalid("second_factor_required", "The account's owner must turn on two-step verification first.");
  return changed;
}

/**
 * Removes a colleague. Their next request returns their sessions to their own account. The API keys that they created
 * end, unless the owner keeps them.
 * @throws 404 if the person is not on the team
 */
export async function removeColleague(ctx: MemberCtx, personId: number, keepKeys: boolean): Promise<void> {
  const { memberId } = ctx.actor;
  const [gone] = await commit(
    ctx,
    store.remove(ctx.db, memberId, personId),
    store.deleteViewsOf(ctx.db, memberId, personId),
    ...(keepKeys ? [] : [store.revokeKeysOf(ctx.db, memberId, personId, ctx.now())]),
  );
  if (gone.length === 0) throw notFound("colleague");
}

/** The other accounts in which a person has a role. */
export async function accountsOf(ctx: MemberCtx) {
  const [accounts] = await ctx.db.batch([store.accountsOf(ctx.db, ctx.actor.memberId, TEAM_MAX)]);
  return accounts;
}

/**
 * Gives up the person's role in another account. The API keys that they created there end.
 * @throws 404 if they have no role there
 */
export async function leave(ctx: MemberCtx, accountId: number): Promise<void> {
  const personId = ctx.actor.memberId;
  const [gone] = await commit(
    ctx,
    store.remove(ctx.db, accountId, personId),
    store.deleteViewsOf(ctx.db, accountId, personId),
    store.revokeKeysOf(ctx.db, accountId, personId, ctx.now()),
  );
  if (gone.length === 0) throw notFound("account");
}

/**
 * The invitation of an email's link.
 * @returns null if it was used, canceled, or has expired
 */
export async function invitationOf(ctx: Ctx, token: string) {
  const read = readJoin(ctx.env, token, ctx.now());
  if (!read) return null;
  const db = primaryOf(ctx);
  const [[invitation]] = await db.batch([store.invitationById(db, read.id)]);
  return invitation && (await read.isOf(invitation)) ? invitation : null;
}

/**
 * Joins the team if the invitation was sent to the person's own email, and switches the session to that account.
 * @returns whether they joined
 */
export async function join(ctx: Ctx, session: Session, token: string): Promise<boolean> {
  const invitation = await invitationOf(ctx, token);
  if (!invitation || invitation.email !== session.person_email) return false;
  const { id, account_id } = invitation;
  const [joined] = await commit(
    ctx,
    store.join(ctx.db, account_id, id, session.person_id, ctx.now()),
    store.withdraw(ctx.db, account_id, id),
    entering(ctx, session, account_id),
    auditEntry(ctx, { account_id, person_id: session.person_id, via: "dashboard" }, "Joined the team", "/team"),
  );
  return joined.length > 0;
}
