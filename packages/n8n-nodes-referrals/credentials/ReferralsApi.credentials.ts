import type {
  IAuthenticateGeneric,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  INodeProperties,
} from "n8n-workflow";

export class ReferralsApi implements ICredentialType {
  name = "referralsApi";
  displayName = "Referrals API";
  icon: Icon = { light: "file:../icons/referrals.svg", dark: "file:../icons/referrals.dark.svg" };
  documentationUrl = "https://www.npmjs.com/package/n8n-nodes-referrals#credentials";

  properties: INodeProperties[] = [
    {
      displayName: "URL",
      name: "url",
      type: "string",
      required: true,
      default: "",
      placeholder: "https://referrals.example.com",
      description: "Where your referral platform runs. If you host it yourself, its own address.",
    },
    {
      displayName: "API Key",
      name: "apiKey",
      type: "string",
      typeOptions: { password: true },
      required: true,
      default: "",
      description: "A key with the read and write scopes, from the dashboard's API keys page",
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: "generic",
    properties: { headers: { Authorization: "=Bearer {{$credentials.apiKey}}" } },
  };

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.url.replace(/\\/+$/, "")}}/api/v1',
      url: "/brands",
    },
  };
}
