/** The introduction of the OpenAPI document, in Markdown. */
export const guide = `Run referral campaigns for your websites: sign people up, give them links to share, see who brought whom, and reward it.

## Credentials

Create an account with \`POST /api/v1/members\`, get a token with \`POST /api/v1/auth/token\`, and mint a key with
\`POST /api/v1/members/api-key\`. Send the key as \`X-API-Key\`, or the token as \`Authorization: Bearer\`. When both are sent the key decides.
A key reaches every brand and campaign of its account.

\`\`\`sh
curl https://your-host/api/v1/brands -H "X-API-Key: ref_…" -H "Content-Type: application/json" -d '{"url": "acme.com"}'
\`\`\`

## Paths

\`/v1/…\` is the same as \`/api/v1/…\`. Browsers of visitors use \`/api/widget/…\`.

## Answers

\`{"success": true, "data": …}\`, or \`{"success": false, "error": "a sentence", "code": "a_code"}\` with \`details\` when the request did not
match its schema. What is not yours is answered like what does not exist: 404. Every answer carries \`X-Request-Id\`; quote it when you ask us
about one. Send your own (8 to 64 letters, digits, \`-\` and \`_\`) and it is taken.

## Lists

\`?page=1&limit=20\`, at most 100 a page, newest first. \`pagination\` is \`{page, limit, total, totalPages}\`; totals of filtered lists are
counted up to 10 000. Beyond, a full page has a \`totalPages\` one larger than itself, so that whoever goes on until the last page sees every row.

## Values

Ids are positive integers; numeric strings are read as numbers. Times are ISO-8601 in UTC with milliseconds. Money is in dollars.
Mail addresses are trimmed and lower-cased. Unknown fields are ignored. A request body without a Content-Type is read as JSON,
and so is one that begins with \`{\` or \`[\` under \`text/plain\` or curl's \`application/x-www-form-urlencoded\`; form fields are refused.

## Doing things once

Send an \`Idempotency-Key\` (1 to 255 characters) with any POST. For 24 hours the same key with the same body answers the first response again, with
\`Idempotent-Replayed: true\`, and nothing happens twice. With another body it is a 422; while the first is still running, a 409 with \`Retry-After\`.

## Reading what you wrote

Reads may be served by a replica near you. A response to a write carries \`X-Bookmark\`: send it back with a read, and the read sees that write.
Impressions are the exception: they are counted within about two seconds, after their answer.

## The widget

\`\`\`html
<div id="referrals-widget"></div>
<script src="https://your-host/widget.js?campaign=123" data-mode="embed" async></script>
\`\`\`

\`data-mode\` is \`embed\`, \`popup\`, \`floating\` or \`topbar\`; without it the campaign's \`placement\` decides, at the cost of one more request.
An embedded widget goes into \`#referrals-widget\` (or \`data-target="#elsewhere"\`), or right behind its script. A page may have several.
A visitor's \`?ref=\` is kept in the page's own storage for 30 days, so that a friend who comes back tomorrow still counts. No cookies.

\`\`\`js
window.referrals ??= { q: [] };   // before the script is there, calls wait in q
referrals.q.push(["on", "signup", ({ campaign_id, referral_code, share_url }) => {}]);
referrals.q.push(["identify", { email: "grace@example.com", name: "Grace", plan: "gold" }]);   // further fields become metadata
\`\`\`

Events: \`ready\`, \`signup\`, \`share\`, \`reward\`, \`open\`, \`close\`. Methods: \`on(event, handler)\`, \`open(campaign?)\`, \`close()\`, \`identify(person)\`.
With a Content-Security-Policy, allow your host in \`script-src\` and \`frame-src\`, and in \`connect-src\` for all but \`embed\`; nothing inline is needed.
Without JavaScript, \`<noscript><iframe src="https://your-host/widget/123/embed"></iframe></noscript>\` does it all.
A private campaign's widget shows on its brand's own domain only.

## Limits

A 429 carries \`Retry-After\` and \`RateLimit-Policy\`. A 503 carries \`Retry-After\`: send the request again then, a POST with the same \`Idempotency-Key\`.
`;
