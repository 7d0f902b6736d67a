import { ownedCampaign } from "../../campaigns/ownership";
import { randomBytes, seal, toBase64Url } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { type BatchResponse, commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, notFound } from "../../lib/errors";
import type { Page, PageQuery } from "../../lib/page";
import * as pages from "./inbox-page-store";
import { inputReasonOf } from "./input-reasons";
import type { Input, InputChange, InputEvent, NewInput } from "./input-schema";
import * as store from "./input-store";
import { providers } from "./providers";

/** The random, unguessable part of an input's URL. */
const newKey = () => toBase64Url(randomBytes(12));

/** The query of a campaign's inputs, for a caller's own batch. `toInput` reads a row. */
export const inputQuery = (ctx: MemberCtx, campaignId: number) =>
  store.inputsOf(ctx.db, ctx.actor.memberId, campaignId);

export const toInput = (ctx: MemberCtx, { key, has_secret, ...row }: store.InputRow): Input => ({
  ...row,
  has_secret: has_secret === 1,
  url: `${ctx.origin}/api/v1/inputs/${key}`,
  events: providers[row.kind].events,
});

/** @throws 404 */
export async function inputs(ctx: MemberCtx, campaignId: number): Promise<Input[]> {
  const [campaign, rows] = await ctx.db.batch([ownedCampaign(ctx, campaignId), inputQuery(ctx, campaignId)]);
  if (campaign.length === 0) throw notFound("campaign");
  return rows.map((row) => toInput(ctx, row));
}

/** @throws 404 */
export async function inputOf(ctx: MemberCtx, campaignId: number, id: number): Promise<Input> {
  const [[row]] = await ctx.db.batch([store.inputById(ctx.db, ctx.actor.memberId, campaignId, id)]);
  if (!row) throw notFound("input");
  return toInput(ctx, row);
}

/** @throws 404, 409 if the campaign has the maximum number of inputs */
export async function createInput(ctx: MemberCtx, campaignId: number, input: NewInput): Promise<Input> {
  const { memberId } = ctx.actor;
  const { kind, event_name } = input;
  // In test mode, the provider's test events are the ones that count.
  const test_mode = input.test_mode || ctx.actor.ownerId !== undefined;
  const key = newKey();
  const sealed = input.secret ? await sealedSecret(ctx, input.secret) : null;
  const row = { kind, key, secret: sealed, event_name, test_mode, date_added: ctx.now() };
  const [campaign, , [created]] = await commit(
    ctx,
    ownedCampaign(ctx, campaignId),
    store.insertInput(ctx.db, memberId, campaignId, row),
    store.inputByItsKey(ctx.db, memberId, key),
  );
  if (campaign.length === 0) throw notFound("campaign");
  if (!created)
    throw new AppError(
      "conflict",
      `The campaign already has ${store.INPUTS_MAX} inputs. Delete one that you no longer use.`,
    );
  return toInput(ctx, created);
}

/** Changes an input. A new secret replaces the old one immediately. @throws 404 */
export async function changeInput(ctx: MemberCtx, campaignId: number, id: number, change: InputChange): Promise<Input> {
  const { memberId } = ctx.actor;
  const { secret: text, ...others } = change;
  const changed: store.Change = { ...others, ...(text !== undefined && { secret: await sealedSecret(ctx, text) }) };
  const [, [row]] = await commit(
    ctx,
    store.updateInput(ctx.db, memberId, campaignId, id, changed),
    store.inputById(ctx.db, memberId, campaignId, id),
  );
  if (!row) throw notFound("input");
  return toInput(ctx, row);
}

/** Deletes an input. What it recorded stays. Its events are deleted when they are old. @throws 404 */
export async function deleteInput(ctx: MemberCtx, campaignId: number, id: number) {
  const [[deleted]] = await commit(ctx, store.deleteInput(ctx.db, ctx.actor.memberId, campaignId, id));
  if (!deleted) throw notFound("input");
  return { id, deleted: true as const };
}

const sealedSecret = (ctx: MemberCtx, text: string) => seal(secret(ctx.env, "SEAL_SECRET"), text);

/** The queries of an input and a page of its events, for a caller's own batch. `readEvents` reads their results. */
export const eventQueries = (ctx: MemberCtx, campaignId: number, id: number, page: PageQuery) =>
  [
    store.inputById(ctx.db, ctx.actor.memberId, campaignId, id),
    pages.eventsPage(ctx.db, ctx.actor.memberId, campaignId, id, page),
    pages.eventCount(ctx.db, ctx.actor.memberId, campaignId, id),
  ] as const;
type Rows = BatchResponse<ReturnType<typeof eventQueries>>;

/** @throws 404 */
export function readEvents(ctx: MemberCtx, [[row], rows, [counted]]: Rows): Page<InputEvent> & { input: Input } {
  if (!row) throw notFound("input");
  return { input: toInput(ctx, row), rows: rows.map(toEvent), total: counted?.total ?? 0 };
}

/** The latest events of an input and their results. @throws 404 */
export const inputEvents = async (ctx: MemberCtx, campaignId: number, id: number, page: PageQuery) =>
  readEvents(ctx, await ctx.db.batch(eventQueries(ctx, campaignId, id, page)));

const toEvent = ({ key, sale_id, reason, conversion, outcome, ...row }: pages.EventRow): InputEvent => ({
  ...row,
  event_id: key,
  conversion_id: sale_id,
  reason: reason === null ? null : inputReasonOf(reason),
  conversion: conversion === null || outcome === null ? null : { id: conversion, outcome },
});
