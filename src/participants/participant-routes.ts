import { z } from "zod";
import { memberRoute } from "../auth/route";
import {
  Erased,
  LeaderboardEntry,
  Participant,
  ParticipantChange,
  ParticipantDetails,
  ParticipantParam,
  ParticipantQuery,
} from "../ledger/participant-schema";
import { Id } from "../lib/fields";
import { answers, createRouter, fails, listOf, ok, takes } from "../lib/http";
import { COUNTED, PageQuery, pagination } from "../lib/page";
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
    description: `Newest first: by the order in which people came in here, and so by id; an imported person's earlier \`date_signedup\` changes nothing in it. Of a filtered list: ${COUNTED}`,
    tags,
    request: { query: ParticipantQuery },
    responses: { 200: answers(ParticipantList, "A page of participants."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { rows, total } = await participants(c.var.ctx, query);
    return c.json(ok(ParticipantList, { participants: rows, pagination: pagination(query, { rows, total }) }), 200);
  },
);

participantRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/participants/{participantId}",
    operationId: "getParticipant",
    summary: "Get a participant with shares, rewards and invitations",
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
    operationId: "changeParticipant",
    summary: "Change a participant",
    audit: { unaudited: "Systems that keep participants in sync send it by the thousand." },
    description:
      "A participant who becomes active is credited to the referrer, if that had to wait. Blocked ones earn nothing and stand in no ranking.",
    tags,
    request: { params: ParticipantParam, body: takes(ParticipantChange, { status: "blocked" }) },
    responses: { 200: answers(Participant, "The participant as it is now."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(
      ok(Participant, await changeParticipant(c.var.ctx, c.req.valid("param").participantId, c.req.valid("json"))),
      200,
    ),
);

participantRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/participants/{participantId}",
    operationId: "eraseParticipant",
    summary: "Erase a person",
    audit: "Erased a participant",
    description:
      "Address, name, metadata and hashes go for good; the referrer's count and credit stay. Rewards still pending are revoked.",
    tags,
    request: { params: ParticipantParam },
    responses: { 200: answers(Erased, "The person is erased."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Erased, await eraseParticipant(c.var.ctx, c.req.valid("param").participantId)), 200),
);

participantRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/leaderboard",
    operationId: "getLeaderboard",
    summary: "Rank a campaign's participants",
    description:
      "By referrals, then clicks; equal scores share a rank. Among them whoever came in here first stands first: by id, whatever `date_signedup` an import gave.",
    tags,
    request: { params: z.object({ campaignId: Id }), query: PageQuery },
    responses: { 200: answers(Leaderboard, "A page of the ranking."), ...fails("not_found") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await leaderboard(c.var.ctx, c.req.valid("param").campaignId, page);
    return c.json(ok(Leaderboard, { leaderboard: rows, pagination: pagination(page, { rows, total }) }), 200);
  },
);
