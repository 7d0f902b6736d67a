import type { Api } from "../../../demo/api.ts";

export type Person = {
  id: number;
  campaign_id: number;
  email: string;
  name: string;
  status: string;
  invited_by: number | null;
  referral_code: string;
  share_url: string;
  referral_count: number;
  click_count: number;
  share_count: number;
};

/** Signs a person up by the API, with or without a friend's code. */
export async function joined(api: Api, campaign_id: number, name: string, by?: Person): Promise<Person> {
  const person = { name, email: `${name.toLowerCase().replaceAll(" ", ".")}@example.com` };
  if (!by) return api.post<Person>("/signups", { campaign_id, ...person });
  const answer = await api.post<{ participant: Person }>("/signups/referral", {
    referral_code: by.referral_code,
    ...person,
  });
  return answer.participant;
}

/** A person with this many friends, who each signed up by their code. */
export async function joinedWithFriends(api: Api, campaign: number, name: string, friends: number): Promise<Person> {
  const person = await joined(api, campaign, name);
  for (let n = 1; n <= friends; n++) await joined(api, campaign, `${name} friend ${n}`, person);
  return person;
}
