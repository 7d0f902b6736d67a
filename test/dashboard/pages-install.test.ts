import { afterEach, describe, expect, it, vi } from "vitest";
import { findWidget } from "../../src/dashboard/campaigns/checked-page";
import { newCampaign } from "../support/campaign";
import { colleagueOf, ORIGIN, signedIn } from "../support/session";
import { inOneWindow } from "../support/window";

afterEach(() => void vi.restoreAllMocks());

const DOH = "https://resolver.example.net/dns-query";
const html = (body: string, headers = {}) =>
  new Response(body, { headers: { "Content-Type": "text/html", ...headers } });

/** The web: pages by URL. All other URLs are unreachable. */
function web(pages: Record<string, () => Response | Promise<Response>>, addresses: Record<string, string> = {}) {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(String(input));
    if (url.origin === new URL(DOH).origin) {
      const isA = url.searchParams.get("type") === "A";
      const data = addresses[url.searchParams.get("name") ?? ""] ?? "93.184.216.34";
      return Response.json({ Status: 0, Answer: isA && data ? [{ type: 1, data }] : [] });
    }
    asked.push(url.href);
    const page = pages[url.href];
    if (!page) throw new TypeError("connection refused");
    return page();
  });
  return asked;
}

/** A signed-in member's campaign, and the page after checking a URL. */
async function installed() {
  const ada = await signedIn();
  const campaign = await newCampaign({}, ada.member);
  const path = `/campaigns/${campaign.id}/install`;
  const site = `https://${campaign.brand.domain}`;
  const snippet = `<script src="${ORIGIN}/widget.js?campaign=${campaign.id}" async></script>`;
  const look = async (url: string, env = {}) =>
    (await ada.submit(path, { url }, { env: { DOH_URL: DOH, ALLOW_LOCAL_WEBHOOKS: "", ...env } })).text;
  return { ada, campaign, path, site, snippet, look };
}

describe("the snippets", () => {
  it("name the campaign on every platform, and the display mode if it differs", async () => {
    const { ada, campaign, path } = await installed();
    for (const platform of ["html", "wordpress", "shopify", "webflow", "react", "gtm"]) {
      const own = await ada.page(`${path}?platform=${platform}`);
      expect(own.text).toContain(`${ORIGIN}/widget.js`);
      expect(own.text).toMatch(new RegExp(`campaign=(&quot;)?${campaign.id}&quot;`));
      expect(own.text).not.toMatch(/data-mode| mode=/);
      const popup = await ada.page(`${path}?platform=${platform}&mode=popup`);
      expect(popup.text).toMatch(/ (data-)?mode=&quot;popup|dataset\.mode = &quot;popup/);
    }
  });

  it("are shown for any parameters", async () => {
    const { ada, path } = await installed();
    for (const query of ["?platform=x&mode=y", "?platform=html&platform=gtm", "?mode="])
      expect((await ada.page(path + query)).status).toBe(200);
  });
});

describe("the check of a site", () => {
  it("finds the snippet, and reports other findings", async () => {
    const { campaign, site, snippet, look } = await installed();
    const other = snippet.replace(`=${campaign.id}"`, `=${campaign.id + 1}"`);
    web({
      [`${site}/`]: () => html(`<p>Hi</p>${snippet}`),
      [`${site}/other`]: () => html(other),
      [`${site}/test`]: () => html(snippet.replace(ORIGIN, "https://staging.example.net")),
      [`${site}/tags`]: () => html('<script src="https://www.googletagmanager.com/gtm.js?id=1"></script>'),
      [`${site}/none`]: () => html(`<!-- ${snippet} -->`),
      [`${site}/json`]: () => Response.json({}),
      [`${site}/secret`]: () => new Response("no", { status: 401 }),
      [`${site}/down`]: () => new Response("error code: 522", { status: 522 }),
    });
    expect(await look(site)).toContain("The widget is on the page.");
    expect(await look(new URL(site).host)).toContain("The widget is on the page.");
    expect(await look(`${site}/other`)).toContain("of another campaign");
    expect(await look(`${site}/test`)).toContain("loads the widget from another server");
    expect(await look(`${site}/tags`)).toContain("Google Tag Manager is");
    expect(await look(`${site}/none`)).toContain("The snippet is not on the page");
    expect(await look(`${site}/json`)).toContain("This is not a web page");
    expect(await look(`${site}/secret`)).toContain("returned 401");
    expect(await look(`${site}/gone`)).toContain("could not be reached");
    expect(await look(`${site}/down`)).toContain("could not be reached");
  });

  it("contacts only the brand's own public website", async () => {
    const { site, look } = await installed();
    const asked = web({}, { [new URL(site).host]: "10.0.0.7" });
    for (const url of [
      "https://example.org/",
      "http://169.254.169.254/latest/meta-data",
      "https://127.0.0.1/",
      "http://localhost:9999/",
      "file:///etc/passwd",
      "gopher://x",
      ORIGIN,
      `${site}:8443/`,
      site.replace("https", "http"),
      site.replace("https://", "https://user:pass@"),
      `https://${new URL(site).host}.example.org/`,
      // Its own name, with a private address.
      site,
    ])
      expect(await look(url)).toContain("notice bad");
    expect(asked).toEqual([]);
  });

  it("follows three redirects, and checks each first", async () => {
    const { site, snippet, look } = await installed();
    const to = (Location: string) => () => new Response(null, { status: 302, headers: { Location } });
    const asked = web({
      [`${site}/1`]: to("/2"),
      [`${site}/2`]: to(`https://www.${new URL(site).host}/3`),
      [`https://www.${new URL(site).host}/3`]: to(`${site}/4`),
      [`${site}/4`]: () => html(snippet),
      [`${site}/0`]: to("/1"),
      [`${site}/out`]: to("https://example.org/"),
      [`${site}/in`]: to("http://169.254.169.254/"),
      [`${site}/odd`]: to("http://["),
    });
    expect(await look(`${site}/1`)).toContain("The widget is on the page.");
    expect(await look(`${site}/0`)).toContain("redirects too many times");
    expect(await look(`${site}/out`)).toContain("not on the brand");
    expect(await look(`${site}/in`)).toContain("check this URL");
    expect(await look(`${site}/odd`)).toContain("check this URL");
    expect(asked.filter((url) => !url.includes(new URL(site).host))).toEqual([]);
  });

  it("reads at most a megabyte", async () => {
    const { site, snippet, look } = await installed();
    const chunk = new TextEncoder().encode(" ".repeat(250_000));
    let read = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          controller.enqueue(chunk);
          if (++read === 40) controller.close();
        },
      });
    web({
      [`${site}/long`]: () => new Response(endless(), { headers: { "Content-Type": "text/html" } }),
      [`${site}/late`]: () => html(" ".repeat(2_000_000) + snippet),
    });
    expect(await look(`${site}/long`)).toContain("The snippet is not on the page");
    expect(read).toBeLessThan(10);
    expect(await look(`${site}/late`)).toContain("The snippet is not on the page");
  });

  it("checks a page on this machine only if allowed", async () => {
    const { snippet, look } = await installed();
    const shop = "http://localhost:8788/?campaign=1";
    const asked = web({ [shop]: () => html(snippet) });
    expect(await look(shop)).toContain("check this URL");
    expect(asked).toEqual([]);
    expect(await look(shop, { ALLOW_LOCAL_WEBHOOKS: "on" })).toContain("The widget is on the page.");
  });

  it("runs at most twenty times a minute", async () => {
    const { last, asked } = await inOneWindow(async () => {
      const { ada, path, site } = await installed();
      const asked = web({ [`${site}/`]: () => html("") });
      const options = { env: { RATE_LIMITS: "on" } };
      let last = 200;
      for (let n = 0; n <= 20; n++) last = (await ada.submit(path, { url: site }, options)).status;
      return { last, asked };
    });
    expect(last).toBe(429);
    expect(asked).toHaveLength(20);
  });

  it("is for editors, and leaves no entry in the audit log", async () => {
    const { ada, path, site } = await installed();
    web({ [`${site}/`]: () => html("") });
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.page(path)).text).not.toContain("Check my page");
    expect((await victor.submit(path, { url: site })).status).toBe(403);
    expect((await ada.submit(path, { url: "" })).status).toBe(400);
  });
});

describe("the secret for signed-in customers", () => {
  it("is shown once, beside the code for the host's server, to members who can change the campaign", async () => {
    const { ada, path } = await installed();
    const shown = await ada.submit(`${path}/identity`, {});
    expect(shown.status).toBe(201);
    const [secret = ""] = /ids_[\w-]{43}/.exec(shown.text) ?? [];
    for (const language of ["Node.js", "PHP", "Ruby", "Python"]) expect(shown.text).toContain(`${language}</h3>`);
    expect(shown.text).not.toContain("The old secret");
    const next = await ada.submit(`${path}/identity`, {});
    expect(next.text).toContain("The old secret is valid until");
    expect(next.text).not.toContain(secret);
    expect((await ada.submit(`${path}/identity`, { leaked: "on" })).text).not.toContain("The old secret");
    const page = (await ada.page(path)).text;
    expect(page).toContain("Create identity secret");
    expect(page).not.toContain("ids_");
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.page(path)).text).not.toContain("identity secret");
    expect((await victor.submit(`${path}/identity`, {})).status).toBe(403);
    const eve = await signedIn();
    expect((await eve.submit(`${path}/identity`, {})).status).toBe(404);
  });
});

describe("a page with a widget", () => {
  const find = (page: string) => findWidget(page, { origin: ORIGIN, campaignId: 12 });
  const isHere = { isHere: true };

  it.each([
    `<script src="${ORIGIN}/widget.js?campaign=12"></script>`,
    `<SCRIPT async SRC='${ORIGIN}/widget.js?x=1&amp;campaign=12'></SCRIPT>`,
    `<script async src=${ORIGIN}/widget.js data-campaign=12></script>`,
    `<script>var s = document.createElement("script"); s.src = "${ORIGIN}/widget.js?campaign=12";</script>`,
    `<script src="${ORIGIN}/widget.js" async></script><referrals-widget campaign="12"></referrals-widget>`,
    `<main><referrals-widget mode="popup" campaign=12></referrals-widget></main>`,
    `<script>{"src":"${ORIGIN.replaceAll("/", "\\/")}\\/widget.js?campaign=12"}</script>`,
  ])("is detected in %s", (page) => expect(find(page)).toMatchObject(isHere));

  it.each([
    `<script src="${ORIGIN}/widget.js?campaign=123"></script>`,
    `<!-- <script src="${ORIGIN}/widget.js?campaign=12"></script>`,
    `<script src="${ORIGIN}.example.org/widget.js?campaign=12"></script>`,
    `<a href="x">widget.js?campaign=12</a>`,
    `<script src="${ORIGIN}/widget.js" async></script><referrals-widget campaign="123"></referrals-widget>`,
    `<script src="https://staging.example.net/widget.js"></script><referrals-widget campaign="12"></referrals-widget>`,
    `<script src="${ORIGIN}/widget.js?campaign=123"></script><referrals-widget data-campaign="12"></referrals-widget>`,
  ])("is not detected in %s", (page) => expect(find(page)).toMatchObject({ isHere: false }));
});
