import { type RewardKind, rewardKinds } from "./reward-kinds";

/** The fields of a reward that a rule or a person gives. */
export const givenFields = ["redirect_url", "custom_message", "amount"] as const;
type GivenField = (typeof givenFields)[number];

/**
 * The kinds that rules and people can give, with the field that each requires. Only the campaign's own goal gives
 * tokens, for legacy reasons.
 */
const needs: Partial<Record<RewardKind, GivenField | null>> = {
  coupon: null,
  redirect: "redirect_url",
  message: "custom_message",
  cash: "amount",
  credit: "amount",
};

const kinds = (Object.keys(needs) as RewardKind[]).map((kind) => ({ ...rewardKinds[kind], need: needs[kind] ?? null }));

export const givenIds = kinds.map(({ id }) => id);

/** The field that the kind with this id requires. Null if it requires none, or is not among these kinds. */
export const neededBy = (id: number) => kinds.find((kind) => kind.id === id)?.need ?? null;

/** These kinds in the API reference: `1 coupon, 2 redirect URL`. */
const named = kinds.map(({ id, about }) => `${id} ${about}`);
export const GIVEN_KINDS = `${named.join(", ")}.`;
export const MUST_BE_GIVEN = `must be ${named.slice(0, -1).join(", ")}, or ${named.at(-1)}`;
