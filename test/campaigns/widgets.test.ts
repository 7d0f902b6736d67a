import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sanitized } from "../../src/lib/richtext";
import { newCampaign } from "../support/campaigns";
import { newMember } from "../support/client";
import { runs, seed } from "../support/seed";

const newWidget = async () => {
  const member = await newMember();
  const path = `/api/v1/campaigns/${(await newCampaign(member)).id}/widget`;
  return { member, path, put: (body: unknown) => member.put(path, body), get: () => member.get(path) };
};

/** A change of every field. */
const EVERYTHING = {
  font_family: "Georgia, serif",
  share_messages: { "5": "{name} here: try {brand}" },
  own_words: true,
  fields: [
    { key: "phone", type: "phone", label: "Phone", required: true, options: [], url: null },
    { key: "size", type: "select", label: "Size", required: false, options: ["S", "M"], url: null },
  ],
  terms_url: "https://example.com/terms",
  placement: "topbar",
  template_id: 4,
  color: "#010203",
  header_title: "Header",
  header_font_color: "#020304",
  header_description_color: "#030405",
  header_background_type: "transparent",
  description: "Description",
  body_text: "Body",
  text_color: "#040506",
  field_label_1: "Name",
  field_label_2: "Mail",
  button_text: "Go",
  button_color: "#050607",
  join_button_text: "Come in",
  success_message: "Done",
  banner_image_url: "https://acme.com/banner.png",
  left_image: "https://acme.com/left.png",
  background_type: "image",
  background_color: "#060708",
  background_image: "https://acme.com/back.png",
  popup_button_text: "Open",
  popup_button_color: "#070809",
  popup_button_position: "bottom-left",
  popup_button_offset: 96,
  widget_width: 480,
  widget_height: 640,
  socials_allowed: [1, 5],
  stats_on: true,
  stats_start_participants: 10,
  stats_start_shares: 20,
  stats_start_clicks: 30,
  stats_start_impressions: 40,
  allow_countdown: true,
  countdown_end: "2030-01-31T12:00:00.000Z",
  language: "pt-BR",
  texts: { share_title: "Compartilhe" },
  leaderboard_on: false,
  turnstile_site_key: "1x00000000000000000000AA",
  block_disposable: false,
};
/** The public form of a secret. */
const TOLD = ["campaign_id", "has_turnstile_secret"];

describe("a widget's settings", () => {
  it("have a default for every field", async () => {
    const { get } = await newWidget();
    const { data } = await get();
    expect(Object.keys(data).sort()).toEqual([...TOLD, ...Object.keys(EVERYTHING)].sort());
    for (const [name, value] of Object.entries(data)) expect([name, value]).not.toEqual([name, undefined]);
    expect(data).toMatchObject({ placement: "embed", socials_allowed: [], texts: {}, language: "en", stats_on: false });
  });

  it("keep every field", async () => {
    const { put, get } = await newWidget();
    expect(await put(EVERYTHING)).toMatchObject({ status: 200, data: EVERYTHING });
    expect((await get()).data).toMatchObject(EVERYTHING);
  });

  it("can be changed by any subset, idempotently, and null restores a default", async () => {
    const { put, get } = await newWidget();
    await put(EVERYTHING);
    const cleared = { banner_image_url: null, widget_width: null, countdown_end: null };
    const answer = await put({ header_title: "New", ...cleared });
    expect(answer).toMatchObject({ status: 200, data: { ...EVERYTHING, header_title: "New", ...cleared } });
    expect((await put({ header_title: "New", ...cleared })).data).toEqual(answer.data);
    expect((await put({})).data).toEqual(answer.data);
    expect((await put(answer.data)).data).toEqual(answer.data);
    expect((await get()).data).toEqual(answer.data);
  });

  it("replace their texts as a whole", async () => {
    const { put } = await newWidget();
    await put({ texts: { a: "1", b: "2" }, color: "#010203" });
    expect((await put({ texts: { b: "3" } })).data).toMatchObject({ texts: { b: "3" }, color: "#010203" });
    expect((await put({ texts: { b: "3" } })).data.texts).toEqual({ b: "3" });
    expect((await put({ color: "#040506" })).data.texts).toEqual({ b: "3" });
  });

  it.each([
    [{ placement: "sidebar" }, "placement"],
    [{ color: "red" }, "color"],
    [{ color: "#12345g" }, "color"],
    [{ text_color: "#123;}" }, "text_color"],
    [{ header_title: "x".repeat(10_001) }, "header_title"],
    [{ header_title: "<".repeat(9000) }, "header_title"],
    [{ header_title: "nul\0" }, "header_title"],
    [{ header_title: 7 }, "header_title"],
    [{ banner_image_url: "http://acme.com/x.png" }, "banner_image_url"],
    [{ banner_image_url: "javascript:alert(1)" }, "banner_image_url"],
    [{ left_image: "data:image/png;base64,AA" }, "left_image"],
    [{ background_type: "video" }, "background_type"],
    [{ popup_button_position: "top" }, "popup_button_position"],
    [{ popup_button_offset: -1 }, "popup_button_offset"],
    [{ popup_button_offset: 401 }, "popup_button_offset"],
    [{ widget_width: 1 }, "widget_width"],
    [{ widget_width: "100%" }, "widget_width"],
    [{ socials_allowed: [13] }, "socials_allowed.0"],
    [{ socials_allowed: "all" }, "socials_allowed"],
    [{ stats_start_shares: -1 }, "stats_start_shares"],
    [{ countdown_end: "soon" }, "countdown_end"],
    [{ language: "english please" }, "language"],
    [{ texts: { "<b>": "x" } }, "texts.<b>"],
    [{ texts: { a: "x".repeat(1001) } }, "texts.a"],
    [{ texts: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`t${n}`, "x"])) }, "texts"],
  ])("refuse %j", async (body, path) => {
    const { put, get } = await newWidget();
    const before = (await get()).data;
    expect(await put({ body_text: "no", ...body })).toMatchObject({
      status: 400,
      code: "invalid_request",
      details: [{ path }],
    });
    expect((await get()).data).toEqual(before);
  });
});

describe("a widget's texts", () => {
  it.each([
    ["<b>Bold</b>, <i>plain</i> & simple", "<b>Bold</b>, <i>plain</i> & simple"],
    ["1 < 2 and 3 > 2, I <3 you", "1 &lt; 2 and 3 &gt; 2, I &lt;3 you"],
    ['<a href="https://acme.com/?a=1&b=2" target="_blank">Acme</a>', '<a href="https://acme.com/?a=1&b=2">Acme</a>'],
    ["<script>alert(1)</script>Hi", "Hi"],
    ["<ScRiPt src=//evil></sCrIpT >Hi", "Hi"],
    ["<scr<!-- -->ipt>alert(1)</script>Hi", "Hi"],
    ["<img src=x onerror=alert(1)>Hi", "Hi"],
    ["<svg/onload=alert(1)>Hi", "Hi"],
    ["<iframe srcdoc='<b>x'></iframe>Hi", "Hi"],
    ["<b onmouseover=alert(1) style='position:fixed'>Hi</b>", "<b>Hi</b>"],
    ["<a href='javascript:alert(1)'>Hi</a>", "<a>Hi</a>"],
    ["<a href='jav&#x61;script:alert(1)'>Hi</a>", "<a>Hi</a>"],
    ["<a href=' JaVaScRiPt:alert(1)'>Hi</a>", "<a>Hi</a>"],
    ["<a href='data:text/html,<script>alert(1)</script>'>Hi</a>", "<a>Hi</a>"],
    [
      `<a href='https://acme.com/" onclick="alert(1)'>Hi</a>`,
      '<a href="https://acme.com/&quot; onclick=&quot;alert(1)">Hi</a>',
    ],
  ])("are sanitized when written: %s", async (text, clean) => {
    const { put, get } = await newWidget();
    expect((await put({ description: text, texts: { note: text } })).data).toMatchObject({
      description: clean,
      texts: { note: clean },
    });
    expect((await get()).data.description).toBe(clean);
  });

  it("are unchanged when sanitized again, and contain no other element or attribute, whatever was written", () => {
    const PIECES =
      "< > \" ' = / & ; ! - a b script style svg href onclick javascript: https:// &lt; &#60; &#x3c <!-- --> <a <b> </b> <script> </script> <img \n \t `".split(
        " ",
      );
    const element =
      /^<\/?(a|b|br|code|em|h3|h4|i|li|ol|p|s|small|span|strong|sub|sup|u|ul)( (href|title)(="[^"<>]*")?)* ?\/?>$/;
    const texts = fc.array(fc.oneof(fc.constantFrom(...PIECES, " "), fc.string({ maxLength: 3 })), { maxLength: 16 });
    fc.assert(
      fc.property(texts, (pieces) => {
        const clean = sanitized(pieces.join(""));
        expect(sanitized(clean)).toBe(clean);
        for (const tag of clean.match(/<[^>]*>?/g) ?? []) {
          expect(tag).toMatch(element);
          expect(tag).not.toMatch(/href="(?!https?:\/\/|mailto:)[^"]/i);
        }
      }),
      { seed, numRuns: runs(5000) },
    );
  });
});
