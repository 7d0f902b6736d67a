import {
  type IDataObject,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  NodeConnectionTypes,
  NodeOperationError,
} from "n8n-workflow";
import { call, getCampaigns } from "../product/api";
import { EVENTS } from "../product/events";
import { isSigned } from "../product/signature";

type Subscription = { webhookId?: number; secret?: string };
const subscription = (self: IHookFunctions | IWebhookFunctions): Subscription => self.getWorkflowStaticData("node");

const wanted = (self: IHookFunctions) => ({
  link: self.getNodeWebhookUrl("default") as string,
  events: self.getNodeParameter("events") as string[],
  campaign_id: (self.getNodeParameter("campaignId", "") as number | "") || null,
});

async function remove(self: IHookFunctions): Promise<boolean> {
  const kept = subscription(self);
  if (kept.webhookId !== undefined) await call(self, "DELETE", `webhooks/${kept.webhookId}`);
  delete kept.webhookId;
  delete kept.secret;
  return true;
}

export class ReferralsTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: "Referrals Trigger",
    name: "referralsTrigger",
    icon: { light: "file:../../icons/referrals.svg", dark: "file:../../icons/referrals.dark.svg" },
    group: ["trigger"],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: "Starts the workflow when someone joins, buys, or earns a reward",
    defaults: { name: "Referrals Trigger" },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: "referralsApi", required: true }],
    webhooks: [{ name: "default", httpMethod: "POST", responseMode: "onReceived", path: "webhook" }],
    properties: [
      {
        displayName: "Events",
        name: "events",
        type: "multiOptions",
        required: true,
        default: ["participant.signup"],
        options: EVENTS.map((event) => ({ name: event, value: event })),
        description: "What starts the workflow",
      },
      {
        displayName: "Campaign Name or ID",
        name: "campaignId",
        type: "options",
        typeOptions: { loadOptionsMethod: "getCampaigns" },
        default: "",
        description:
          'All campaigns if left empty. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
      },
    ],
  };

  methods = { loadOptions: { getCampaigns } };

  webhookMethods = {
    default: {
      /** Whether our webhook exists, works, and matches the node's settings. Otherwise it is deleted. */
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const { webhookId, secret } = subscription(this);
        const { link, events, campaign_id } = wanted(this);
        const found = webhookId === undefined ? null : await call(this, "GET", `webhooks/${webhookId}`);
        const same =
          found !== null &&
          secret !== undefined &&
          found.status === "active" &&
          found.link === link &&
          found.campaign_id === campaign_id &&
          [...(found.events as string[])].sort().join() === [...events].sort().join();
        if (!same) await remove(this);
        return same;
      },
      async create(this: IHookFunctions): Promise<boolean> {
        const made = await call(this, "POST", "webhooks", { body: { ...wanted(this), message: "n8n" } });
        if (!made) throw new NodeOperationError(this.getNode(), "The campaign was deleted. Choose another one.");
        Object.assign(subscription(this), { webhookId: made.id, secret: made.secret });
        return true;
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return remove(this);
      },
    },
  };

  /** Refuses events that are not signed by our webhook. */
  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const { secret } = subscription(this);
    const { rawBody } = this.getRequestObject();
    if (!secret || !rawBody || !isSigned(rawBody, this.getHeaderData(), secret)) {
      this.getResponseObject().status(401).json({ error: "The signature is wrong." });
      return { noWebhookResponse: true };
    }
    const event = this.getBodyData() as IDataObject;
    // Tests from the dashboard arrive whatever types are chosen.
    const isWanted = (this.getNodeParameter("events") as string[]).includes(String(event.type));
    if (!isWanted) return { webhookResponse: "OK" };
    return { workflowData: [this.helpers.returnJsonArray(event)] };
  }
}
