import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from "n8n-workflow";
import { getCampaigns } from "../product/api";
import { fields } from "./fields";
import { operations, resources } from "./operations";

export class Referrals implements INodeType {
  description: INodeTypeDescription = {
    displayName: "Referrals",
    name: "referrals",
    icon: { light: "file:../../icons/referrals.svg", dark: "file:../../icons/referrals.dark.svg" },
    group: ["output"],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: "Adds participants, records conversions, and settles rewards of a referral program",
    defaults: { name: "Referrals" },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: "referralsApi", required: true }],
    requestDefaults: {
      baseURL: '={{$credentials.url.replace(/\\/+$/, "")}}/api/v1',
      headers: { Accept: "application/json" },
    },
    properties: [
      {
        displayName: "Resource",
        name: "resource",
        type: "options",
        noDataExpression: true,
        options: resources,
        default: "participant",
      },
      ...operations,
      ...fields,
    ],
  };

  methods = { loadOptions: { getCampaigns } };
}
