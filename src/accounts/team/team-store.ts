import { and, count, desc, eq, isNull, type SQLWrapper, sql } from "drizzle-orm";
import { apiKeys, members, memberships, savedViews, teamInvitations } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import { hasAuthenticator } from "../second-factor-store";
import type { NewColleague, RoleChange } from "./team-schema";

type Role = NewColleague["role"];

export const ownerOf = (db: Db, accountId: number) =>
  db
    .select({
      id: members.id,
      name: members.name,
      email: members.email,
      photo: members.photo,
      is_verified: members.is_verified,
      date_added: members.date_signedup,
      needs_second_factor: members.needs_second_factor,
      has_second_factor: sql`${hasAuthenticator(sql`${members.id}`)}`.mapWith(Boolean).as("has_second_factor"),
    })
    .from(members)
    .where(eq(members.id, accountId));

/** The other people with a role in an account, by ID. */
export const colleagues = (db: Db, accountId: number, limit: number) =>
  db
    .select({
      id: sql<number>`${memberships.person_id}`.as("id"),
      name: sql<string>`${members.name}`.as("name"),
      email: sql<string>`${members.email}`.as("email"),
      photo: sql<string | null>`${members.photo}`.as("photo"),
      role: sql<Role>`${memberships.role}`.as("role"),
      brand_ids: sql`${memberships.brand_ids}`.mapWith(memberships.brand_ids).as("brand_ids"),
      date_added: sql`${memberships.date_added}`.mapWith(memberships.date_added).as("date_added"),
      has_second_factor: sql`${hasAuthenticator(sql`${members.id}`)}`.mapWith(Boolean).as("has_second_factor"),
    })
    .from(memberships)
    .innerJoin(members, eq(members.id, memberships.person_id))
    .where(eq(memberships.account_id, accountId))
    .orderBy(memberships.person_id)
    .limit(limit);

export const security = (db: Db, accountId: number) =>
  db.select({ second_factor_required: members.needs_second_factor }).from(members).where(eq(members.id, accountId));

/** Requires a second factor only if the account's owner has one. Otherwise returns nothing. */
export const requireSecondFactor = (db: Db, accountId: number, isRequired: boolean) =>
  db
    .update(members)
    .set({ needs_second_factor: isRequired })
    .where(and(eq(members.id, accountId), isRequired ? hasAuthenticator(accountId) : undefined))
    .returning({ second_factor_required: members.needs_second_factor });

export const invitations = (db: Db, accountId: number, limit: number) =>
  db
    .select({
      id: teamInvitations.id,
      email: teamInvitations.email,
      role: teamInvitations.role,
      brand_ids: teamInvitations.brand_ids,
      date_invited: teamInvitations.date_invited,
    })
    .from(teamInvitations)
    .where(eq(teamInvitations.account_id, accountId))
    .orderBy(desc(teamInvitations.id))
    .limit(limit);

type InvitationLimits = { people: number; perDay: number; today: SQLWrapper };

/**
 * Inviting someone again updates their invitation's role and brands. Inserts nothing if the team, or the day's
 * invitations, are at their maximum.
 */
export const invite = (
  db: Db,
  accountId: number,
  { email, role, brand_ids }: NewColleague,
  now: Date,
  { people, perDay, today }: InvitationLimits,
) =>
  db.all<{ id: number }>(sql`INSERT INTO team_invitations (account_id, email, role, brand_ids, date_invited)
    SELECT ${accountId}, ${email}, ${role}, ${brand_ids && JSON.stringify(brand_ids)}, ${now.getTime()}
    WHERE (SELECT count(*) FROM memberships WHERE account_id = ${accountId})
      + (SELECT count(*) FROM team_invitations WHERE account_id = ${accountId}) < ${people} AND ${today} < ${perDay}
    ON CONFLICT (account_id, email) DO UPDATE SET role = excluded.role, brand_ids = excluded.brand_ids, date_invited = excluded.date_invited RETURNING id`);

export const withdraw = (db: Db, accountId: number, id: number) =>
  db
    .delete(teamInvitations)
    .where(and(eq(teamInvitations.account_id, accountId), eq(teamInvitations.id, id)))
    .returning({ id: teamInvitations.id });

/** Searches all accounts, because we only have the token from an email. */
export const invitationById = (db: Db, id: number) =>
  db
    .select({
      id: sql<number>`${teamInvitations.id}`.as("id"),
      account_id: sql<number>`${teamInvitations.account_id}`.as("account_id"),
      email: sql<string>`${teamInvitations.email}`.as("email"),
      role: sql<Role>`${teamInvitations.role}`.as("role"),
      account_name: sql<string>`${members.name}`.as("account_name"),
    })
    .from(teamInvitations)
    .innerJoin(members, eq(members.id, teamInvitations.account_id))
    .where(eq(teamInvitations.id, id));

/** Grants the role of an invitation that still exists. Does nothing for the account's own member, who needs no role. */
export const join = (db: Db, accountId: number, invitationId: number, personId: number, now: Date) =>
  db.all<{ role: Role }>(sql`INSERT INTO memberships (account_id, person_id, role, brand_ids, date_added)
    SELECT account_id, ${personId}, role, brand_ids, ${now.getTime()} FROM team_invitations
    WHERE id = ${invitationId} AND account_id = ${accountId} AND account_id <> ${personId}
    ON CONFLICT (account_id, person_id) DO UPDATE SET role = excluded.role, brand_ids = excluded.brand_ids RETURNING role`);

const inTeam = (accountId: number, personId: number) =>
  and(eq(memberships.account_id, accountId), eq(memberships.person_id, personId));

export const changeRole = (db: Db, accountId: number, personId: number, access: RoleChange) =>
  db.update(memberships).set(access).where(inTeam(accountId, personId)).returning({ id: memberships.person_id });

export const remove = (db: Db, accountId: number, personId: number) =>
  db.delete(memberships).where(inTeam(accountId, personId)).returning({ id: memberships.person_id });

/** Deletes the person's private saved views in an account and in its test mode. */
export const deleteViewsOf = (db: Db, accountId: number, personId: number): Statement =>
  db
    .delete(savedViews)
    .where(
      and(
        sql`${savedViews.account_id} IN (SELECT ${accountId} UNION ALL SELECT id FROM members WHERE test_of = ${accountId})`,
        eq(savedViews.person_id, personId),
        eq(savedViews.is_shared, false),
      ),
    );

/** Ends the keys that a person created in an account, if they are no longer an owner there. */
export const revokeKeysOf = (db: Db, accountId: number, personId: number, now: Date): Statement =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(
      and(
        eq(apiKeys.member_id, accountId),
        eq(apiKeys.maker_id, personId),
        isNull(apiKeys.revoked_at),
        sql`${accountId} <> ${personId}`,
        sql`NOT EXISTS (SELECT 1 FROM memberships WHERE account_id = ${accountId} AND person_id = ${personId} AND role = 'owner')`,
      ),
    );

/** The number of keys of an account that each person created. */
export const keysByMaker = (db: Db, accountId: number) =>
  db
    .select({ maker_id: apiKeys.maker_id, keys: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.member_id, accountId), isNull(apiKeys.revoked_at)))
    .groupBy(apiKeys.maker_id);

export const accountsOf = (db: Db, personId: number, limit: number) =>
  db
    .select({
      id: sql<number>`${memberships.account_id}`.as("id"),
      name: sql<string>`${members.name}`.as("name"),
      role: sql<Role>`${memberships.role}`.as("role"),
      brand_ids: sql`${memberships.brand_ids}`.mapWith(memberships.brand_ids).as("brand_ids"),
    })
    .from(memberships)
    .innerJoin(members, eq(members.id, memberships.account_id))
    .where(eq(memberships.person_id, personId))
    .orderBy(memberships.account_id)
    .limit(limit);
