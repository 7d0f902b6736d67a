import { type Api, openApi } from "../demo/api.ts";

export const OPERATOR_TOKEN = "an-operator-of-a-test";

/** Signs up an account without limits. @returns its API key, and the API as it sees it */
export async function openAccount(origin: string, email: string, name: string): Promise<{ key: string; api: Api }> {
  const visitor = openApi(origin);
  const account = { email, name, password: "correct horse battery" };
  const member = await visitor.post<{ id: number }>("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const { api_key: key } = await visitor
    .as({ Authorization: `Bearer ${token}` })
    .post<{ api_key: string }>("/members/api-key", {});
  const operator = visitor.as({ Authorization: `Bearer ${OPERATOR_TOKEN}` });
  await operator.put(`/operator/members/${member.id}/plan`, { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });
  return { key, api: visitor.as({ "X-API-Key": key }) };
}
