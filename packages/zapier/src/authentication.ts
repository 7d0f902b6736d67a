import { call } from "./api.ts";
import type { Bundle, Field, Z } from "./platform.ts";

type Account = { member: { id: number; email: string; name: string } };

const fields: Field[] = [
  {
    key: "url",
    label: "URL",
    type: "string",
    required: true,
    placeholder: "https://referrals.example.com",
    helpText: "Where your referral platform runs. If you host it yourself, its own address.",
  },
  {
    key: "api_key",
    label: "API Key",
    type: "password",
    required: true,
    helpText:
      "Create a key for Zapier on the dashboard's API keys page, with the read and write scopes. A test key (sk_test_…) connects test mode.",
  },
];

export const authentication = {
  type: "custom",
  fields,
  test: (z: Z, bundle: Bundle) => call<Account>(z, bundle, "zapier/auth", { method: "POST", body: {} }),
  connectionLabel: async (_: Z, { authData, inputData }: Bundle) =>
    `${(inputData as Account).member.email} (${new URL(authData.url ?? "").host})`,
};
