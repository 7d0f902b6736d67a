import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../../support/campaign";
import { call } from "../../support/client";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const OPENED = { "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate" };

/** The number of counted clicks from requests with these headers. */
async function counted(requests: Record<string, string>[], method = "GET") {
  const campaign = await newCampaign();
  const ada = (await campaign.signUp(someone())).data;
  for (const headers of requests) {
    const answer = await call(method, `/t/${ada.referral_code}`, undefined, {
      headers: { "User-Agent": CHROME, "CF-Connecting-IP": "203.0.113.1", ...headers },
    });
    if (method === "GET") expect(answer.status).toBe(302);
    expect(answer.status).toBeLessThan(500);
  }
  return (await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data.click_count;
}

describe("a click", () => {
  it("is a page view, not a part of a page", async () => {
    const parts = ["image", "iframe", "frame", "script", "style", "video", "audio", "object", "embed", "font", "empty"];
    const requests = parts.map((part) => ({ ...OPENED, "Sec-Fetch-Dest": part }));
    const fetches = ["no-cors", "cors", "same-origin", "websocket"].map((mode) => ({
      ...OPENED,
      "Sec-Fetch-Mode": mode,
    }));
    expect(await counted([...requests, ...fetches])).toBe(0);
    expect(await counted([OPENED])).toBe(1);
  });

  it("needs no Sec-Fetch headers, which older browsers and pages without https omit", async () => {
    expect(await counted([{}, { "Sec-Fetch-Dest": "document" }, { "Sec-Fetch-Mode": "navigate" }])).toBe(3);
    expect(await counted([{ "Sec-Fetch-Mode": "no-cors" }, { "Sec-Fetch-Dest": "image" }])).toBe(0);
  });

  it("is not an image request of an older browser", async () => {
    const images = [
      "image/webp,image/apng,image/*,*/*;q=0.8",
      "image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5",
      "image/webp,*/*",
      "text/css,*/*;q=0.1",
    ];
    expect(await counted(images.map((Accept) => ({ Accept })))).toBe(0);
    expect(await counted([{ Accept: "text/html,application/xhtml+xml,*/*;q=0.8" }, { Accept: "*/*" }])).toBe(2);
  });

  it("may be a server's fetch with a mode and no destination", async () => {
    expect(await counted([{ "Sec-Fetch-Mode": "cors" }])).toBe(1);
  });

  it("is not a prefetch, HEAD, or OPTIONS request", async () => {
    const early = ["prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip", "prerender"];
    expect(await counted(early.map((purpose) => ({ ...OPENED, "Sec-Purpose": purpose })))).toBe(0);
    expect(await counted([{ "X-Moz": "prefetch" }, { "X-Purpose": "preview" }, { Purpose: "prefetch" }])).toBe(0);
    for (const method of ["HEAD", "OPTIONS", "PROPFIND", "POST"]) expect(await counted([{}], method), method).toBe(0);
  });

  it.each([
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Word 16.0.12026; Pro)",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Excel 16.0.12026; Pro)",
    "Microsoft Office/16.0 (Microsoft OneNote 16.0.12026; Pro)",
    "Microsoft Office PowerPoint 2014",
    "Microsoft Office Existence Discovery",
    "Microsoft Data Access Internet Publishing Provider Protocol Discovery",
    "Microsoft-WebDAV-MiniRedir/10.0.19043",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.5134; ms-office)",
    "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Trident/7.0; .NET4.0E; MSOffice 16)",
    "Outlook-iOS/723.4027091.prod.iphone (4.28.0)",
    "Outlook-Android/2.0",
    "MacOutlook/16.66.22101101 (Intelx64 Mac OS X Version 12.6)",
    "Word/16.54.0 CFNetwork/1240 Darwin/20.6.0",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; NotionEmbedder)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/58.0.3029.110 Safari/537.3 RocketChat",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "WhatsApp/2.23.20.0 A",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack/370136 CFNetwork/1120 Darwin/19.0.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Viber/13.0",
    "facebookexternalhit/1.1;line-poker/1.0",
    "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/)",
    "Mozilla/5.0 (compatible; Mimecast)",
    "Mozilla/5.0 (compatible; Linear)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "okhttp/4.9",
    "Dalvik/2.1.0 (Linux; U; Android 11)",
    "",
  ])("is not what %s fetches", async (agent) => {
    expect(await counted([{ "User-Agent": agent }])).toBe(0);
  });

  it.each([
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/400]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0",
    "Mozilla/5.0 (Linux; Android 9; SM-G960F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/74 Mobile Safari/537.36 KAKAOTALK 8.5.1",
    "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
    "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12.423 Version/12.16",
  ])("may be opened by a person in %s", async (agent) => {
    expect(await counted([{ "User-Agent": agent }])).toBe(1);
  });
});
