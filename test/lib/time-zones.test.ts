import { describe, expect, it, vi } from "vitest";
import { localMinute, momentIn, timeIn, timeZones } from "../../src/lib/time-zone";
import { newCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { browserOf } from "../support/session";

describe("a time in a zone", () => {
  it.each([
    ["2026-11-28T15:30", "UTC", "2026-11-28T15:30:00.000Z"],
    ["2026-11-28T15:30", "Europe/Berlin", "2026-11-28T14:30:00.000Z"],
    ["2026-07-01", "Asia/Kolkata", "2026-06-30T18:30:00.000Z"],
    ["2026-07-01T00:00:07", "America/St_Johns", "2026-07-01T02:30:07.000Z"],
    // Clocks skip this hour, and show that one twice.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
    ["2026-07-01T00:00", "Mars/Olympus", "2026-07-01T00:00"],
    ["soon", "Europe/Berlin", "soon"],
    ["2026-13-01T00:00", "Europe/Berlin", "2026-13-01T00:00"],
    ["2026-07-01T00:00Z", "Europe/Berlin", "2026-07-01T00:00Z"],
  ])("%s in %s is %s", (typed, zone, moment) => {
    expect(momentIn(typed, zone)).toBe(moment);
  });

  it("is restored from any hour of a year, in any zone", () => {
    for (const zone of timeZones().filter((_, n) => n % 30 === 0))
      for (let hour = 0; hour < 366 * 24; hour += 67) {
        const at = new Date(Date.UTC(2026, 0, 1, hour, 15, 42));
        // A time that occurs twice is restored from the shown one.
        expect(momentIn(localMinute(at, zone), zone, at.toISOString()), zone).toBe(at.toISOString());
      }
  });

  it("is not compared with a moment outside of a zone's calendar", () => {
    for (const shown of ["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", "x"])
      expect(momentIn("2026-07-01T00:00", "Asia/Tokyo", shown)).toBe("2026-06-30T15:00:00.000Z");
    expect(momentIn("9999-12-31T23:59", "America/New_York", "9999-12-31T23:59:07.000Z")).toMatch(/^\+010000/);
  });

  it("is shown with its zone", () => {
    const at = new Date("2026-07-01T12:00:00Z");
    expect(timeIn(at, "UTC").replaceAll("\u202f", " ")).toBe("Jul 1, 2026, 12:00 PM UTC");
    expect(timeIn(at, "America/New_York").replaceAll("\u202f", " ")).toBe("Jul 1, 2026, 8:00 AM EDT");
  });
});

describe("a form for everybody", () => {
  const signIn = (times: string[]) =>
    call(
      "POST",
      "/sign-in",
      `${new URLSearchParams([["email", "nobody"], ...times.map((time) => ["@times", time])])}`,
      {
        headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" },
      },
    );

  it("refuses invalid times like any other text", async () => {
    expect((await signIn(["email Asia/Tokyo +275760-09-13T00:00:00.000Z"])).status).toBe(400);
  });

  it("reads no more times than forms have, however many are sent", async () => {
    const made = vi.spyOn(Intl, "DateTimeFormat");
    const name = [..."america/indianapolis"];
    const times = Array.from({ length: 500 }, (_, n) =>
      name.map((letter, at) => ((n >> at) & 1 ? letter.toUpperCase() : letter)).join(""),
    );
    expect((await signIn(times.map((zone) => `email ${zone} 2026-07-01T00:00:00.000Z`))).status).toBe(400);
    expect(made.mock.calls.length).toBeLessThan(100);
    made.mockRestore();
  });
});

describe("a member's time zone", () => {
  it("is UTC until they choose one, and must exist", async () => {
    const member = await newMember();
    const profile = async () => (await member.get("/api/v1/members/profile")).data;
    expect((await profile()).time_zone).toBe("UTC");
    const set = (time_zone: unknown) => member.patch("/api/v1/members/profile", { time_zone });
    for (const wrong of ["Mars/Olympus", "+01:00", "", "x".repeat(65), 7, null])
      expect((await set(wrong)).status, String(wrong)).toBe(400);
    expect((await set("europe/berlin")).data).toMatchObject({ time_zone: "Europe/Berlin", email: member.email });
    expect((await profile()).time_zone).toBe("Europe/Berlin");
  });

  it("is used in the dashboard's times and forms, and named there", async () => {
    const campaign = await newCampaign();
    const { page, submit } = await browserOf(campaign.owner);
    const { name } = (await campaign.owner.get("/api/v1/members/profile")).data;
    expect((await submit("/account", { name, time_zone: "Asia/Kolkata" })).status).toBe(303);
    expect((await page("/account")).text).toContain('<option value="Asia/Kolkata" selected');
    const path = `/campaigns/${campaign.id}/contest`;
    const form = (await page(path)).text;
    expect(form).toContain("Ends (Asia/Kolkata)");
    expect(form).not.toContain("(UTC)");
    const sent = {
      contest_name: "Giveaway",
      start_date: "2036-01-01T10:00",
      end_date: "2036-02-01T10:00",
      "@times": ["start_date Asia/Kolkata", "end_date Asia/Kolkata"],
    };
    await submit(path, {
      ...sent,
      max_winners: "1",
      max_display: "1",
      weighting: "entries",
      is_on: "on",
      "@flags": "is_on",
    });
    const contest = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/contest`)).data;
    expect(contest).toMatchObject({ start_date: "2036-01-01T04:30:00.000Z", end_date: "2036-02-01T04:30:00.000Z" });
    const shown = (await page(path)).text;
    expect(shown).toContain('value="2036-02-01T10:00"');
    expect(shown).toContain('value="end_date Asia/Kolkata 2036-02-01T04:30:00.000Z"');
    // A refused form keeps the input as typed.
    const refused = await submit(path, { ...sent, end_date: "2035-01-01T10:00", max_winners: "0" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('value="2035-01-01T10:00"');
    expect((await page("/account")).text).toMatch(/<time [^>]*>[^<]*GMT\+5:30<\/time>/);
  });

  it("is not applied to forms of members who chose none, or of older pages", async () => {
    const campaign = await newCampaign();
    const { page, submit } = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/contest`;
    expect((await page(path)).text).toContain("Ends (UTC)");
    const sent = { contest_name: "G", start_date: "2036-01-01T10:00", end_date: "2036-02-01T10:00" };
    await submit(path, { ...sent, max_winners: "1", max_display: "1", weighting: "entries" });
    const contest = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/contest`)).data;
    expect(contest).toMatchObject({ start_date: "2036-01-01T10:00:00.000Z" });
  });
});
