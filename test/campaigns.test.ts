import { describe, expect, it } from "vitest";
import { newDomain, newMember, type TestMember } from "./support/client";

const newBrand = async (member: TestMember): Promise<number> =>
  (await member.post("/api/v1/brands", { url: newDomain() })).data.id;

describe("creating a campaign", () => {
  it("needs a name and a brand, and fills in the rest", async () => {
    const member = await newMember();
    const brand_id = await newBrand(member);
    const answer = await member.post("/api/v1/campaigns", { name: "Launch", brand_id });
    expect(answer).toMatchObject({
      status: 201,
      data: {
        brand_id,
        url_id: brand_id,
        member_id: member.id,
        name: "Launch",
        type_id: 1,
        goal_type: "signup",
        num_signups: 1,
        num_visits: null,
        reward_type: 1,
        reward_invited: false,
        publish: "private",
        landing_url: null,
        allow_email: false,
        allow_countdown: false,
        countdown_end: null,
      },
    });
    expect(await member.get(`/v1/campaigns/${answer.data.id}`)).toMatchObject({ status: 200, data: answer.data });
  });
});
