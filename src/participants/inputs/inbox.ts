import { z } from "zod";
import { limit } from "../../auth/limit";
import { seal, sha256Hex, unseal } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { Amount, Currency } from "../../lib/currency";
import { secret } from "../../lib/env";
import { AppError, invalid, notFound } from "../../lib/errors";
import { halfOf, noteLinks } from "./halves-store";
import type { Half, Happening, ProviderEvent } from "./happening";
import { hintInbox } from "./inbox-outbox";
import * as store from "./inbox-store";
import type { InputReason } from "./input-reasons";
import { providers } from "./providers";

type Input = Awaited<ReturnType<typeof store.inputByKey>>[number];

/** A provider's request to an input's URL. */
export type Sent = { key: string; headers: Headers; body: Uint8Array; address: string };

/**
 * Receives a provider's event: checks its signature, and puts it into the inbox. The queue does the rest, so the
 * response is fast.
 * @throws 404 for an unknown or disabled input, 401 for a wrong signature, 400 if it is not JSON, 503 if too many
 * events are waiting
 */
export async function receive(ctx: Ctx, { key, headers, body, address }: Sent): Promise<void> {
  const [[input]] = await ctx.db.batch([store.inputByKey(ctx.db, key)]);
  if (!input) {
    await limit(ctx, "public", address);
    throw notFound("input");
  }
  await limit(ctx, "key", `input ${input.id}`);
  if (!(await isSigned(ctx, input, headers, body))) {
    await limit(ctx, "public", address);
    throw new AppError(
      "unauthenticated",
      input.secret ? "The signature is not valid." : "This input has no signing secret yet.",
    );
  }
  const event = await readEvent(input, headers, body);
  const arrived = await arrivedOf(ctx, input, event);
  const [[row], [known]] = await ctx.db.batch([
    store.insert(ctx.db, arrived, ctx.now()),
    store.eventByKey(ctx.db, input.id, arrived.key),
    ...store.joinIds(ctx.db, input.campaign_id, arrived.ids),
    noteLinks(ctx.db, input.id, arrived),
  ]);
  if (!known)
    throw new AppError("overloaded", "Too many events of this input are waiting. Send this event again later.", {
      retryAfter: 60,
    });
  if (row && arrived.reason === null) ctx.later(hintInbox(ctx.env, row.id));
}

async function isSigned(ctx: Ctx, { kind, secret: sealed }: Input, headers: Headers, body: Uint8Array) {
  if (!sealed) return false;
  return providers[kind].isSigned(await unseal(secret(ctx.env, "SEAL_SECRET"), sealed), headers, body, ctx.now());
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const [KEY_MAX, TYPE_MAX] = [200, 100];
/** 128 bits of the hash, for events without an id. */
const HASH_DIGITS = 32;

/** An event that we cannot read is stored as unreadable. @throws 400 if the body is not JSON */
async function readEvent({ kind }: Input, headers: Headers, body: Uint8Array): Promise<ProviderEvent> {
  let payload: unknown;
  try {
    payload = JSON.parse(UTF_8.decode(body));
  } catch {
    throw invalid("", "is not JSON");
  }
  const hash = `sha256:${(await sha256Hex(body)).slice(0, HASH_DIGITS)}`;
  try {
    const { id, ...event } = providers[kind].read(headers, payload);
    return { ...event, id: id?.slice(0, KEY_MAX) || hash, type: event.type.slice(0, TYPE_MAX) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { id: hash, type: "", is_test: false, happening: { act: null, reason: "not_understood" } };
  }
}

/** The reason why an event is ignored, regardless of its campaign. */
function reasonOf({ test_mode }: Input, { is_test, happening }: ProviderEvent): InputReason | null {
  if (happening.act === null) return happening.reason;
  if (is_test && !test_mode) return "test_event";
  return isRecordable(happening) ? null : "not_understood";
}

function isRecordable(happening: Happening) {
  if (happening.act === null || happening.act === "link") return true;
  return (happening.sums ?? []).every(
    (sum) =>
      Currency.safeParse(sum.currency).success &&
      Amount.safeParse(sum.amount).success &&
      ("paid" in sum ? Amount.safeParse(sum.paid).success : true),
  );
}

const upperCase = <S extends { currency: string }>(sums: S[]) =>
  sums.map((sum) => ({ ...sum, currency: sum.currency.toUpperCase() }));

/** The sum in the campaign's currency if the event has it, otherwise in the provider's own. */
const pick = <S extends { currency: string }>({ currency }: Input, sums: S[] | null): S | undefined =>
  sums?.find((sum) => sum.currency === currency) ?? sums?.[0];

const hashed = async ({ side, said }: Half) => halfOf(side, (await sha256Hex(said)).slice(0, HASH_DIGITS));

async function arrivedOf(ctx: Ctx, input: Input, event: ProviderEvent): Promise<store.Arrived> {
  const { happening } = event;
  const reason = reasonOf(input, event);
  const common = { event: ctx.requestEvent, origin: ctx.origin };
  const arrived = {
    input_id: input.id,
    key: event.id,
    type: event.type,
    is_test: event.is_test,
    reason,
    act: happening.act,
    sale_id: null,
    amount: null,
    currency: null,
    command: common,
    half: null,
    half_at: null,
    ids: [],
  };
  if (happening.act === null) return arrived;
  const { sale_id } = happening;
  if (reason) return { ...arrived, sale_id };
  const ids = happening.aliases?.length ? [sale_id, ...happening.aliases] : [];
  const named = { ...arrived, sale_id, ids };
  if (happening.act === "link") return named;
  if (happening.act === "refund") {
    const { refund_id, part, of_paid, is_total, is_back, reason: why } = happening;
    const sums = happening.sums && upperCase(happening.sums);
    const { amount = null, currency = null } = pick(input, sums) ?? {};
    const told = { refund_id, part, of_paid, is_total, is_back, reason: why, ...(sums && { sums }) };
    return { ...named, amount, currency, command: { ...common, ...told } };
  }
  const { occurred_at, awaits } = happening;
  const { amount = null, currency = null, paid } = pick(input, upperCase(happening.sums)) ?? {};
  const buyer = await seal(secret(ctx.env, "SEAL_SECRET"), JSON.stringify(happening.buyer));
  const command = { ...common, buyer, occurred_at: occurred_at?.toISOString() ?? null, awaits, paid };
  const half = happening.half ? await hashed(happening.half) : null;
  return { ...named, amount, currency, command, half, half_at: half === null ? null : occurred_at };
}
