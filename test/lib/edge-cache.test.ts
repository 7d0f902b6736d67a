import { afterEach, describe, expect, it, vi } from "vitest";
import { answerAtHand } from "../../src/lib/edge";
import { call, newDomain, newMember } from "../support/client";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A public campaign, and the requests of visitors' browsers. */
async function published() {
  const member = await newMember();
  const brand_id = (await member.post("/api/v1/brands", { url: newDomain() })).data.id;
  const campaign = { name: "Spring", brand_id, publish: "public" };
  const { id } = (await member.post("/api/v1/campaigns", campaign)).data;
  const paths = [
    `/api/v1/lander?campaign_id=${id}`,
    `/v1/lander?campaign_id=${id}`,
    `/api/widget/config?campaign_id=${id}`,
  ];
  return { member, id, paths };
}

const headersOf = ({ headers }: { headers: Headers }) => {
  const { "x-request-id": id, ...others } = Object.fromEntries(headers);
  return others;
};

describe("a response cached in memory", () => {
  it("is repeated exactly, with all headers, but with the request's own id", async () => {
    const { paths } = await published();
    for (const path of paths) {
      const first = await call("GET", path);
      const again = await call("GET", path);
      const third = await call("GET", path, undefined, { headers: { "X-Request-Id": "chosen-by-the-client" } });
      for (const { status, text } of [again, third])
        expect({ status, text }).toEqual({ status: 200, text: first.text });
      expect(headersOf(again)).toEqual(headersOf(first));
      expect(headersOf(first)).toMatchObject({
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
      });
      expect(again.headers.get("X-Request-Id")).toMatch(/^req_[0-9a-f]{24}$/);
      expect(again.headers.get("X-Request-Id")).not.toBe(first.headers.get("X-Request-Id"));
      expect(third.headers.get("X-Request-Id")).toBe("chosen-by-the-client");
    }
  });

  it("is stored once for any number of URL variants", async () => {
    const { paths } = await published();
    vi.useFakeTimers({ toFake: ["Date"] });
    for (const path of paths) {
      const [one, two] = [`${path}&x=1`, `${path}&x=2`];
      for (const address of [one, two]) await call("GET", address);
      const bodyAt = (address: string) => answerAtHand(new Request(`https://referrals.test${address}`))?.body;
      expect(bodyAt(one)).toBeInstanceOf(Uint8Array);
      expect(bodyAt(two)).toBe(bodyAt(one));
    }
  });

  it("needs no database query, and has its log line", async () => {
    const { paths } = await published();
    for (const path of paths) {
      await call("GET", path);
      const log = vi.spyOn(console, "log").mockReturnValue();
      const untouched = { withSession: () => expect.unreachable("it asked the database") } as unknown as D1Database;
      const { status, headers } = await call("GET", path, undefined, { env: { DB: untouched } });
      expect(status).toBe(200);
      expect(log.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
        {
          level: "info",
          message: "request",
          request_id: headers.get("X-Request-Id"),
          method: "GET",
          route: path.split("?")[0],
          status: 200,
          ms: expect.any(Number),
          d1_calls: 0,
          rows_read: 0,
          rows_written: 0,
        },
      ]);
      log.mockRestore();
    }
  });

  it("expires with its edge copy", async () => {
    const { member, id, paths } = await published();
    for (const path of paths) expect((await call("GET", path)).data.campaign_name).toBe("Spring");
    await member.put(`/api/v1/campaigns/${id}`, { name: "Autumn" });
    for (const path of paths) expect((await call("GET", path)).data.campaign_name).toBe("Autumn");
    await member.put(`/api/v1/campaigns/${id}`, { publish: "private" });
    const [lander = ""] = paths;
    expect((await call("GET", lander)).status).toBe(404);
    expect((await member.get(lander)).status).toBe(200);
    expect((await call("GET", lander)).status).toBe(404);
  });

  it("is refreshed by one of many requests, while the others get the old copy", async () => {
    const { paths } = await published();
    for (const path of paths.slice(1)) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      const { text } = await call("GET", path);
      const match = vi.spyOn(caches.default, "match");
      for (let second = 1; second <= 3; second++) {
        vi.setSystemTime(Date.now() + 1_500);
        const crowd = await Promise.all(Array.from({ length: 20 }, () => call("GET", path)));
        expect(new Set(crowd.map((answer) => answer.text))).toEqual(new Set([text]));
        expect(match).toHaveBeenCalledTimes(second);
      }
      match.mockRestore();
      vi.useRealTimers();
    }
  });

  it("is refreshed by all requests if the refreshing one gets no response", async () => {
    const { paths } = await published();
    const path = paths[2] ?? "";
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { text } = await call("GET", path);
    let answerOne = () => {};
    const match = vi.spyOn(caches.default, "match").mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answerOne = () => resolve(undefined);
        }),
    );
    vi.setSystemTime(Date.now() + 1_500);
    const stuck = call("GET", path);
    await vi.waitFor(() => expect(match).toHaveBeenCalledTimes(1), { timeout: 600_000 });
    expect((await call("GET", path)).text).toBe(text);
    expect(match).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 1_000);
    expect((await call("GET", path)).text).toBe(text);
    expect(match).toHaveBeenCalledTimes(2);
    answerOne();
    expect((await stuck).text).toBe(text);
  });

  it("is a 304 for clients that have it", async () => {
    const { paths } = await published();
    for (const path of paths) {
      const first = await call("GET", path);
      const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
      const known = await call("GET", path, undefined, { headers });
      expect(known).toMatchObject({ status: 304, text: "" });
      expect((await call("GET", path)).text).toBe(first.text);
    }
  });

  it("counts toward the limit of its address, and is refused beyond it", async () => {
    const { paths } = await published();
    const headers = { "CF-Connecting-IP": "198.51.100.77" };
    for (const path of paths) {
      await call("GET", path);
      const asked: string[] = [];
      let isOpen = true;
      const limit = async ({ key }: { key: string }) => {
        asked.push(key);
        return { success: isOpen };
      };
      const ask = () =>
        call("GET", path, undefined, { headers, env: { RATE_LIMITS: "on", PUBLIC_LIMIT: { limit } as RateLimit } });
      expect((await ask()).status).toBe(200);
      expect(asked).toEqual([headers["CF-Connecting-IP"]]);
      isOpen = false;
      const refused = await ask();
      expect(refused).toMatchObject({ status: 429, code: "rate_limited" });
      expect(refused.headers.get("RateLimit-Policy")).toBe('"public";q=300;w=60');
    }
  });
});
