import { z } from "zod";
import { says } from "../auth/audited";
import { memberRoute } from "../auth/route";
import {
  Erased,
  LeaderboardEntry,
  Participant,
  ParticipantChange,
  ParticipantDetails,
  ParticipantParam,
  ParticipantQuery,
} from "../ledger/records/participant-schema";
import { Id } from "../lib/fields";
import { answers, createRouter, fails, listOf, ok, takes } from "../lib/http";
import { ignoredIn } from "../lib/ignored";
import { COUNTED, PageQuery, pagination, walkPagination } from "../lib/page";
import { leaderboard } from "./leaderboard";
import { changeParticipant, eraseParticipant, participantOf, participants } from "./participant-records";

export const participantRoutes = createRouter();

const tags = ["Participants"];
const ParticipantList = listOf("participants", Participant);
const Leaderboard = listOf("leaderboard", LeaderboardEntry);

participantRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/participants",
    operationId: "listParticipants",
    summary: "List participants",
    description: `Newest first by ID, in order of arrival. An earlier \`date_signedup\` from an import does not change the order. With \`after\`, oldest first. With \`name\`, \`q\`, \`brand_id\`, dates, or \`metadata\`, we search the newest 10,000; with \`after\`, the next 10,000, so a page may have fewer rows than \`limit\` and still have a \`next_after\`. For filtered lists: ${COUNTED}`,
    tags,
    request: { query: ParticipantQuery },
    responses: { 200: answers(ParticipantList, "A page of participants."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await participants(c.var.ctx, query);
    return c.json(
      ok(ParticipantList, {
        participants: page.rows,
        pagination: walkPagination(query, page),
        ignored: ignoredIn(c.req),
      }),
      200,
    );
  },
);

participantRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/participants/{participantId}",
    operationId: "getParticipant",
    summary: "Get a participant with shares, rewards, and referrals",
    description: "Includes all shares, and the newest 100 rewards.",
    tags,
    request: { params: ParticipantParam },
    responses: { 200: answers(ParticipantDetails, "The participant."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(ParticipantDetails, await participantOf(c.var.ctx, c.req.valid("param").participantId)), 200),
);

participantRoutes.openapi(
  memberRoute({
    method: "patch",
    path: "/participants/{participantId}",
    operationId: "updateParticipant",
    summary: "Change a participant",
    audit: { unaudited: "Systems that sync participants call this thousands of times." },
    description:
      "When a participant becomes active, their referrer gets a pending credit. If the plan's participant limit is reached, nobody can become active (403). Blocked participants earn nothing and are hidden from the leaderboard.",
    tags,
    request: { params: ParticipantParam, body: takes(ParticipantChange, { status: "blocked" }) },
    responses: {
      200: answers(Participant, "The updated participant."),
      ...fails(
        "not_found",
        "already_signed_up",
        "checkout_code_taken",
        "conflict",
        "participant_limit",
        "self_referral",
        "code_incompatible",
      ),
    },
  }),
  async (c) => {
    const change = c.req.valid("json");
    if (change.invited_by !== undefined) says(c, "Changed a participant's referrer");
    return c.json(ok(Participant, await changeParticipant(c.var.ctx, c.req.valid("param").participantId, change)), 200);
  },
);

participantRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/participants/{participantId}",
    operationId: "eraseParticipant",
    summary: "Erase a participant",
    audit: "Erased a participant",
    description:
      "Permanently deletes the email, name, metadata, and hashes, except a keyed hash that prevents the same mailbox from crediting a referrer again. The referrer keeps their count and credit. Pending rewards are revoked.",
    tags,
    request: { params: ParticipantParam },
    responses: { 200: answers(Erased, "The participant is erased."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Erased, await eraseParticipant(c.var.ctx, c.req.valid("param").participantId)), 200),
);

participantRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/leaderboard",
    operationId: "getLeaderboard",
    summary: "Get a campaign's leaderboard",
    description:
      "Ranked by referrals, then clicks. Equal scores share a rank and are sorted by ID, regardless of an imported `date_signedup`.",
    tags,
    request: { params: z.object({ campaignId: Id }), query: PageQuery },
    responses: { 200: answers(Leaderboard, "A page of the leaderboard."), ...fails("not_found") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await leaderboard(c.var.ctx, c.req.valid("param").campaignId, page);
    return c.json(
      ok(Leaderboard, { leaderboard: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);
