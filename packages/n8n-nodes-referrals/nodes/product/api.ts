import {
  type IDataObject,
  type IHookFunctions,
  type IHttpRequestMethods,
  type ILoadOptionsFunctions,
  type INodePropertyOptions,
  type JsonObject,
  NodeApiError,
} from "n8n-workflow";

type Answer = { statusCode: number; body: { success?: boolean; data?: IDataObject; error?: string; code?: string } };

/** The API's response, or null after a 404. @throws with the product's own message */
export async function call(
  self: IHookFunctions | ILoadOptionsFunctions,
  method: IHttpRequestMethods,
  path: string,
  { body, qs }: { body?: IDataObject; qs?: IDataObject } = {},
): Promise<IDataObject | null> {
  const { url } = await self.getCredentials("referralsApi");
  const answer: Answer = await self.helpers.httpRequestWithAuthentication.call(self, "referralsApi", {
    method,
    url: `${String(url).trim().replace(/\/+$/, "")}/api/v1/${path}`,
    body,
    qs,
    json: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
  });
  const { success, data, error, code } = answer.body ?? {};
  if (success === true) return data ?? {};
  if (answer.statusCode === 404 && code === "not_found") return null;
  const message = error ?? "This URL is not an installation of the referral platform.";
  throw new NodeApiError(self.getNode(), answer.body as JsonObject, { message, httpCode: String(answer.statusCode) });
}

const PAGE = 100;
/** An option of a list. */
const PAGES_MAX = 10;

export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const choices: INodePropertyOptions[] = [];
  for (let page = 1; page <= PAGES_MAX; page++) {
    const answer = await call(this, "GET", "campaigns", { qs: { page, limit: PAGE } });
    const campaigns = (answer?.campaigns ?? []) as { id: number; name: string }[];
    choices.push(...campaigns.map(({ id, name }) => ({ name, value: id })));
    if (campaigns.length < PAGE) break;
  }
  return choices;
}
