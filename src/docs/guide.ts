/** The introduction of the API reference, in Markdown. */
export const guide = `# Referral marketing API

Run referral campaigns for your websites: sign people up, give them share links, track referrals, and reward them.

## Credentials

Create an account with \`POST /api/v1/members\`, get a token with \`POST /api/v1/auth/token\`, and mint a key with
\`POST /api/v1/members/api-key\`. Send the key as \`X-API-Key\`, or the key or the token as \`Authorization: Bearer\`. If you send both headers, \`X-API-Key\` decides.
A key has access to every brand and campaign of its account.

\`\`\`sh
curl https://your-host/api/v1/brands -H "X-API-Key: ref_…" -H "Content-Type: application/json" -d '{"url": "acme.com"}'
\`\`\`

For your programs, create named keys (\`POST /api/v1/keys\`, or API keys in the dashboard). Each has a name, \`scopes\`, and an end if you like:

- \`read\`: every GET.
- \`write\`: every change, signups included. It does not read.
- \`signup\`: sign people up, and nothing else.

A request beyond them gets 403 \`scope_missing\` with \`missing_scope\`. No named key can manage keys or the account. To replace one without a gap, roll it:
\`POST /api/v1/keys/{keyId}/roll\` returns a new key, and the old one works on for \`grace_hours\`. The last six characters are a CRC-32 of the others in base 62, so secret scanners can tell a key
from any other text.

## Publishable keys

A key of the kind \`publishable\` (\`pk_live_…\`) may stand in the code of your website. All that it does is sign visitors up to your campaigns, from the websites in its \`allowed_origins\`:

\`\`\`js
await fetch("https://your-host/api/v1/signups/browser", {
  method: "POST",
  headers: { "X-API-Key": "pk_live_…", "Content-Type": "application/json" },
  body: JSON.stringify({ campaign_id: 42, email: "ada@example.com", name: "Ada" }),
});
\`\`\`

What the widget's signup enforces holds here, too: Turnstile, the honeypot, email confirmation, and limits per address. The response is that of the widget's signup.

## Test mode

Keys of the mode \`test\` (\`sk_test_…\`, \`pk_test_…\`) open a separate set of brands, campaigns, participants, and webhooks. A live key never sees test data, and a test key never sees anything else. In test mode:

- nothing counts toward your plan, your totals, or your limits;
- emails are not sent. The dashboard lists them under Test mode;
- events go to webhooks that a test key created, with \`"livemode": false\`;
- coupon codes get the prefix \`TEST-\`, and inputs count the test events of payment providers.

\`DELETE /api/v1/test-data\` deletes all of it, and nothing else.

## Paths

\`/v1/…\` is an alias of \`/api/v1/…\`. Visitors' browsers use \`/api/widget/…\`.

## Responses

\`{"success": true, "data": …}\`, or \`{"success": false, "error": "a sentence", "code": "a_code"}\` with \`details\` if the request did not
match its schema, and a \`doc_url\` that explains the code. Resources of other accounts look like missing ones: 404. Every response has an \`X-Request-Id\`; include it when you report a problem.
You can send your own (8 to 64 letters, digits, \`-\`, and \`_\`).

## Lists

\`?page=1&limit=20\`, at most 100 per page, newest first. \`pagination\` is \`{page, limit, total, totalPages}\`. Totals of filtered lists are
counted up to 10,000. Beyond that, \`totalPages\` is one more than the current page as long as that page is full, so a loop until the last page
sees every row, unless rows come and go meanwhile. Participants, rewards, coupons, and deliveries can also be walked: ask with \`after=0\`, and go on with
\`pagination.next_after\` until it is null. That neither skips nor repeats rows, and the last page costs what the first one does.
Parameters that a list does not know are named in \`ignored\`, beside \`pagination\`.

## Values

Ids are positive integers; numeric strings are accepted. Times are ISO 8601 in UTC with milliseconds. Money in \`_value\` fields is
in the major unit, like dollars. \`amount\` fields are whole numbers of the currency's minor unit: 1999 is $19.99.
Email addresses of any script are accepted. They are trimmed and lowercased, their domains converted to ASCII. In a query, a space in an email
address is read as \`+\`. Unknown fields are ignored. A body without a Content-Type is read as JSON,
and so is one that starts with \`{\` or \`[\` under \`text/plain\` or curl's \`application/x-www-form-urlencoded\`. Form fields are refused.

## Idempotency

Send an \`Idempotency-Key\` (1 to 255 characters) with any POST. For 24 hours, the same key with the same body returns the first response again, with
\`Idempotent-Replayed: true\`, and nothing happens twice. A different body returns 422. A 400 is not kept: correct the body, and send it with the same key. While the first request is still running, you get a 409 with
\`Retry-After\`.

## Read your writes

A replica near you may serve reads. The response to a write has an \`X-Bookmark\`: send it with a read to see that write.
Impressions are the exception: they are counted within about two seconds of their response.

## The widget

\`\`\`html
<div id="referrals-widget"></div>
<script src="https://your-host/widget.js?campaign=123" data-mode="embed" async></script>
\`\`\`

\`data-mode\` is \`embed\`, \`popup\`, \`floating\`, or \`topbar\`. Without it, the campaign's \`placement\` decides, at the cost of one more request.
An embedded widget goes into \`#referrals-widget\` (or \`data-target="#elsewhere"\`), or directly after its script. A page can have several.
It is at most 960 pixels wide, unless the campaign's \`widget_width\` says more. \`data-offset="96"\` lifts a button above a chat button in the same corner; the
campaign's \`popup_button_offset\` does it everywhere. Buttons of several campaigns stand on each other, and a top bar stands under fixed headers.

Where a framework renders the page, use the element. It takes \`campaign\`, \`mode\`, and \`offset\`:

\`\`\`html
<script src="https://your-host/widget.js" async></script>
<referrals-widget campaign="123"></referrals-widget>
\`\`\`

A widget lives as long as its element, or its script in the body, and comes back when they do. If its target is rendered anew, it moves there.

- **React, Vue, Svelte, Next.js**: load the script once, and render the element. A script that an effect adds works too, also in StrictMode.
  Hydration finds its own markup: nothing is added inside a \`#referrals-widget\`.
- **Turbo, Astro, htmx**: a script in the head serves every page; one in the body serves the pages that have it. An open dialog closes with its page.
- **Shopify, WordPress, page builders**: the snippet as it is. Sections may be rendered anew, and previews in \`srcdoc\` frames and sandboxes work for public campaigns.
- **Web components**: the element works in shadow roots. A script also finds targets in open ones.

To hide the widget on some pages, hide \`#referrals-widget\`, \`referrals-widget\`, or \`referrals-host\` (buttons and bars) with your own CSS.

A visitor's \`?ref=\` is kept in the page's storage for 30 days, so a friend who returns tomorrow still counts. No cookies, unless you ask for one. Attributes of the script or the element:

- \`data-consent\`: nothing is stored or read, in the page or in the frame, until the page calls \`referrals.consent()\`. Call it on each page once the
  visitor has consented.
- \`data-cookie\`: the code is kept in a cookie for 30 days, which all subdomains of your site share, so that shop.com and www.shop.com agree. Without TLS, or
  where cookies are blocked, the page's storage is used.
- \`data-ref="CODE"\`: your server knows the code, from the URL or its own cookie. Nothing else counts, and the page stores no code.

Safari deletes storage, and cookies set by scripts, seven days after the visitor last used the site. What your server sets lasts: keep \`?ref=\` in a cookie
of your own, and pass it as \`data-ref\`, or to \`POST /signups/referral\`.

\`\`\`js
window.referrals ??= { q: [] };   // until the script has loaded, calls wait in q
referrals.q.push(["on", "signup", ({ campaign_id, referral_code, share_url }) => {}]);
referrals.q.push(["identify", { email: "grace@example.com", name: "Grace", plan: "gold" }]);   // other fields become metadata
\`\`\`

Events: \`ready\`, \`signup\`, \`share\`, \`reward\`, \`open\`, \`close\`. Methods: \`on(event, handler)\`, \`open(campaign?)\`, \`close()\`, \`identify(person)\`, \`consent()\`,
\`join(person?)\` (sends the form), \`referrer(campaign?)\` (the code that brought this visitor, for your own signup form; empty if none), \`mount(place, {campaign, mode})\`
(adds an element to a place, and returns it), and \`destroy(place?)\` (ends the widgets of a place, or of the page).

### Customers who are signed in

They see their own link at once, without typing, if your server signs who they are. Create the campaign's identity secret on its Install page, or
with \`POST /campaigns/{campaignId}/identity-secret\`. On your server:

\`\`\`js
import { createHmac } from "node:crypto";
const time = Math.floor(Date.now() / 1000);
const text = [campaignId, time, customer.id, customer.email].join("\\n");
const hash = time + "." + createHmac("sha256", process.env.REFERRALS_IDENTITY_SECRET).update(text).digest("hex");
\`\`\`

On the page: \`referrals.q.push(["identify", { external_id: "7", email: "grace@example.com", name: "Grace", hash }])\`. Somebody who is not in the campaign yet joins it.
A wrong hash shows the plain form, and a warning on the console. A hash is good for 24 hours, and what it opened ends with it and is not remembered in the browser. It opens
the customer's link, numbers, and rewards to whoever has it, so do not log it or put it into a URL or a cached page. With \`data-consent\`, nothing is sent before \`consent()\`.
With a Content-Security-Policy, allow your host in \`script-src\` and \`frame-src\`, and best also in \`connect-src\` for every mode except \`embed\`. Nothing inline is needed.
Cross-origin isolated pages (COEP) can show the widget, unless the campaign uses Turnstile, or, in Safari, images.
For visitors without JavaScript, add \`<noscript><iframe src="https://your-host/widget/123/embed"></iframe></noscript>\`.
A private campaign's widget only appears on its brand's own domain.

## Limits

Every response names the limit that counts the request in \`RateLimit-Policy\`, like \`"key";q=6000;w=60\`: 6,000 requests in 60 seconds
per account. What remains is not known, because each location counts for itself. A 429 has \`Retry-After\`. A 503 has \`Retry-After\`: repeat the request after that time, a POST with the same
\`Idempotency-Key\`.
`;
