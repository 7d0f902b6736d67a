import type { Ctx } from "../../lib/ctx";
import { recordOf } from "../proof/domain-record";
import { isDomainProven, withheldFor } from "../sending/may-send";
import type { Brand } from "./brand-schema";
import type { StoredBrand } from "./brand-store";

/** A brand as its owner sees it, with the verification of its domain and whether its campaigns send email. */
export async function asBrand({ env }: Pick<Ctx, "env">, row: StoredBrand): Promise<Brand> {
  const {
    member_id,
    proven_at,
    proof_method,
    proof_checked_at,
    brand_suspended_at,
    is_verified,
    member_suspended_at,
    sending_paused_at,
    ...brand
  } = row;
  const sender = {
    is_verified,
    member_suspended_at,
    sending_paused_at,
    domain: row.domain,
    proven_at,
    brand_suspended_at,
  };
  const isProven = isDomainProven(env, sender);
  const reason = withheldFor(env, sender);
  return {
    ...brand,
    verification: {
      status: isProven ? "proven" : "unproven",
      method: proof_method ?? (isProven ? "trusted" : null),
      proven_at,
      checked_at: proof_checked_at,
      ...(await recordOf(env, { id: row.id, member_id, domain: row.domain })),
    },
    sending: { allowed: reason === null, reason },
  };
}
