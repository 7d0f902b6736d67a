import { privateKeyToAddress } from "viem/accounts";
import { type Api, openApi } from "../api.ts";
import { CHAIN_ID } from "./anvil.ts";

/** What each friend gets. */
export const AMOUNT = "2.5";

/** The address of the friend with this number. */
export const addressNumber = (n: number) => privateKeyToAddress(`0x${(n + 1).toString(16).padStart(64, "0")}`);

/** An account with a brand that may give tokens. */
export async function openAccount(url: string, operatorToken: string) {
  const visitor = openApi(url);
  const account = { email: "owner@example.com", name: "Olive", password: "correct horse battery" };
  const member = await visitor.post<{ id: number }>("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const { api_key } = await visitor
    .as({ Authorization: `Bearer ${token}` })
    .post<{ api_key: string }>("/members/api-key", {});
  const operator = visitor.as({ Authorization: `Bearer ${operatorToken}` });
  await operator.put(`/operator/members/${member.id}/plan`, { plan_id: 2, plan_expiry: "2099-01-01T00:00:00.000Z" });
  const api: Api = visitor.as({ "X-API-Key": api_key });
  const brand = await api.post<{ id: number }>("/brands", { url: "https://www.acme.example" });
  await operator.put(`/operator/brands/${brand.id}`, { in_vnoc: true, vnoc_id: 7 });
  return { api, brand: brand.id };
}

/** A campaign that gives each friend a token. */
export async function openCampaign(api: Api, brand_id: number, token_address: string) {
  const { id } = await api.post<{ id: number }>("/campaigns", {
    brand_id,
    name: "Tokens for friends",
    goal_type: "signup",
    num_signups: 1_000_000,
    reward_type: 4,
    reward_invited: true,
  });
  await api.put(`/campaigns/${id}/reward`, {
    token_symbol: "TST",
    token_address,
    token_amount: AMOUNT,
    token_chain_id: CHAIN_ID,
  });
  return id;
}
