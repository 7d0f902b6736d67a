import { describe, expect, it } from "vitest";
import { browser, colleagueOf, leadsTo, signedIn } from "./support/session";

describe("a session", () => {
  it("opens the pages of its account", async () => {
    const ada = await signedIn();
    const page = await ada.page("/api-keys");
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining(ada.member.email) });
    expect(await ada.submit("/api-keys")).toMatchObject({ status: 201 });
  });

  it("of a viewer sends no forms", async () => {
    const ada = await signedIn();
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.page("/api-keys")).status).toBe(200);
    expect((await victor.submit("/api-keys")).status).toBe(403);
  });

  it("is asked for where there is none", async () => {
    const answer = await browser().page("/api-keys?page=2");
    expect(answer.status).toBe(303);
    expect(leadsTo(answer)).toBe("/sign-in?next=%2Fapi-keys%3Fpage%3D2");
  });
});
