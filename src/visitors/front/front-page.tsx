import { Hono } from "hono";
import { addressOf } from "../../auth/caller";
import { limit } from "../../auth/limit";
import { sessionIn } from "../../auth/page-session";
import { sendShared } from "../../lib/edge";
import { type Page, type Rendered, render } from "../../lib/html";
import { acceptsPages, type HonoEnv } from "../../lib/http";
import { Icon, type IconName } from "../../lib/icon";
import { Mark } from "../../lib/mark";

/** The front page, for visitors who are not signed in. */
export const frontPages = new Hono<HonoEnv>();

/** The page's two variants, with and without the link to the demo. */
const made = new Map<boolean, Promise<Rendered>>();

frontPages.get("/", async (c) => {
  c.set("reads_pages", acceptsPages(c));
  await limit(c.var.ctx, "public", addressOf(c));
  if (await sessionIn(c)) return c.redirect("/home", 303);
  const hasDemo = Boolean(c.env.DEMO_URL);
  const page = made.get(hasDemo) ?? render(frontPage(hasDemo));
  made.set(hasDemo, page);
  c.header("Vary", "Cookie");
  return sendShared(c, await page);
});

const STEPS = [
  ["Someone joins", "Through a widget on your site, a hosted page, or your own code."],
  ["They share", "A personal link, a ready-made message, and a QR code."],
  ["You both win", "Coupons, cash, or perks, delivered the moment they're earned."],
] as const;

const PROMISES = [
  ["code", "One line on your site", "A 3 kB widget that matches your site: popup, top bar, button, or embedded."],
  [
    "ticket",
    "No code is given twice",
    "Every signup, reward, and coupon is one transaction. Out of codes? Rewards wait and go out with your next upload.",
  ],
  [
    "webhook",
    "Your systems know right away",
    "Signed webhooks with days of retries, Zapier, and an API for everything.",
  ],
  ["trophy", "Contests anyone can verify", "The draw's seed is committed in advance, so anyone can repeat the draw."],
  ["circle-check", "Privacy by default", "No visitor cookies, no stored IP addresses, and one-click erasure."],
  ["house", "Yours to run", "Open source, on one Cloudflare account or a laptop."],
] as const satisfies readonly (readonly [IconName, string, string])[];

const frontPage = (hasDemo: boolean): Page => ({
  title: "Referrals · Your next customers already know your customers",
  language: "en",
  head: (
    <>
      <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />
      <meta
        name="description"
        content="Open-source referral marketing: people join, share a personal link, and earn rewards for the friends they refer."
      />
    </>
  ),
  sheets: ["/dashboard.css"],
  bodyClass: "front",
  body: (
    <>
      <header class="front-head">
        <Mark href="/" />
        <nav aria-label="Main">
          <a href="/docs/reference">API reference</a>
          <a href="/sign-in">Sign in</a>
          <a class="button main" href="/sign-up">
            Start free
          </a>
        </nav>
      </header>
      <main>
        <section class="hero">
          <div>
            <h1>Your next customers already know your customers.</h1>
            <p class="lede">
              Let people recommend you, see who referred each new customer, and reward them both. Go from signup to a
              campaign on your site in five minutes, without a developer.
            </p>
            <p class="actions">
              <a class="button main" href="/sign-up">
                Create account
              </a>
              {hasDemo && (
                <a class="button" href="/demo">
                  Try the demo shop
                </a>
              )}
              <a class="button" href="/docs">
                Read the docs
              </a>
            </p>
          </div>
          <Shot />
        </section>
        <ol class="front-steps">
          {STEPS.map(([title, text]) => (
            <li>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ol>
        <section class="promises" aria-label="What you can count on">
          {PROMISES.map(([icon, title, text]) => (
            <div>
              <span class="empty-picture">
                <Icon of={icon} size={20} />
              </span>
              <h3>{title}</h3>
              <p class="quiet">{text}</p>
            </div>
          ))}
        </section>
      </main>
      <footer class="front-foot quiet">
        <a href="/source">Open source under the AGPL</a>
        <a href="/docs/reference">API reference</a>
        <a href="/sign-in">Sign in</a>
      </footer>
    </>
  ),
});

const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 780, height: 1180 };
/** The width below which the phone picture is easier to read. */
const NARROW = "(max-width: 600px)";
const DARK = "(prefers-color-scheme: dark)";

/** An account's real home page, on a screen like the reader's, in light or dark mode. */
const Shot = () => (
  <picture class="shot">
    <source srcset="/front/phone-dark.webp" media={`${NARROW} and ${DARK}`} {...PHONE} />
    <source srcset="/front/phone-light.webp" media={NARROW} {...PHONE} />
    <source srcset="/front/overview-dark.webp" media={DARK} {...LAPTOP} />
    <img
      src="/front/overview-light.webp"
      alt="An account's home page: referrals, revenue, rewards owed, and a chart of signups by day"
      {...LAPTOP}
    />
  </picture>
);
