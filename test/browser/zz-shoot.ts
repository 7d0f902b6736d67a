import { createServer } from "node:https";
import { openBrowser, visit } from "/work/main/test/browser/support/browser.ts";
import { axe, noSidewaysScroll } from "/work/main/test/browser/support/looks.ts";
import { openProduct } from "/work/main/test/browser/support/product.ts";

const only = process.argv[2]?.split(",").map(Number) ?? [1, 2, 3, 4, 5];
const variants = (process.argv[3] ?? "default").split(",");
const product = await openProduct();
const browser = await openBrowser();
const svg = (a: string, b: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${a}"/><stop offset="1" stop-color="${b}"/></linearGradient></defs><rect width="1600" height="1000" fill="url(#g)"/><circle cx="1200" cy="280" r="240" fill="#fff" opacity=".35"/><path d="M0 800 400 520 760 760 1100 480 1600 820V1000H0Z" fill="#1e3a5f" opacity=".55"/><path d="M0 900 500 700 900 880 1300 680 1600 900V1000H0Z" fill="#0f2138" opacity=".7"/></svg>`;
const sets: any = {
  default: { lander: {}, widget: {} },
  brand: {
    lander: {
      header_title: "Give <em>€10</em>, get €10",
      header_description:
        "Your friends get €10 off their first bag of beans. When three of them brew, the next one is on us.",
      footer_title: "Roasted on Mondays, shipped on Tuesdays",
      footer_description:
        'We are a small roastery in Porto. <b>No bots, no bulk</b>: the beans in your bag were green last week. Questions? <a href="mailto:hello@example.com">Write to us</a>.',
      background_color: "#fdf6ec",
      font_color: "#3b2314",
      button_text: "Get my link",
    },
    widget: {
      button_color: "#b4481f",
      stats_on: true,
      stats_start_participants: 1280,
      allow_countdown: true,
      countdown_end: "2027-01-31T12:00:00Z",
    },
  },
  dark: {
    lander: {
      header_title: "Bring the band back together",
      background_color: "#0b1020",
      font_color: "#e7ecff",
      footer_title: "Nightshift Records",
    },
    widget: { button_color: "#8b7bff", background_color: "#151b31", text_color: "#e7ecff" },
  },
  image: {
    lander: {
      header_title: "Two weeks in the mountains, for two",
      header_description: "Invite friends and be the first to know where we go next.",
      background_type: "image",
      background_image: "https://img.example/hero.svg",
    },
    widget: { button_color: "#0f766e" },
  },
};
const brandFields = {
  socials: [
    { social: "instagram", profile_url: "https://instagram.com/x" },
    { social: "facebook", profile_url: "https://facebook.com/x" },
  ],
  description: "Small-batch coffee, roasted in Porto.\nShipped everywhere.",
};
for (const name of variants)
  for (const t of only) {
    const s = sets[name];
    const c = await product.newCampaign({
      brand: brandFields,
      num_signups: name === "default" ? 1 : 3,
      reward_invited: name === "brand",
      name: "Bring a friend",
    });
    const lander = { template_id: t, ...s.lander };
    await product.api.put(`/campaigns/${c.id}/lander`, lander);
    if (Object.keys(s.widget).length) await product.api.put(`/campaigns/${c.id}/widget`, s.widget);
    const b: any = await (await fetch(`${product.url}/api/v1/lander?campaign_id=${c.id}`)).json();
    const url = `${product.url}/p/${b.data.brand.slug}/campaign/${c.id}`;
    for (const [w, h, n] of [
      [1280, 800, "desk"],
      [390, 844, "phone"],
    ] as any) {
      const p = await browser.person({ viewport: { width: w, height: h } });
      await p.route("https://img.example/**", (r) =>
        r.fulfill({ contentType: "image/svg+xml", body: svg("#f6b26b", "#6fa8dc") }),
      );
      const { page, problems } = await visit(p, url);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/pages/shots/${name}-${t}-${n}.png`, fullPage: true });
      if (n === "desk") {
        try {
          await axe(page);
        } catch (e: any) {
          console.log(name, t, "AXE", e.message.slice(0, 1500));
        }
        try {
          await noSidewaysScroll(page);
        } catch (e: any) {
          console.log(name, t, e.message);
        }
      }
      if (problems.length) console.log(name, t, n, problems);
      await p.close();
    }
  }
await browser.close();
await product.stop();
process.exit(0);
