/** Where the guide is, in Markdown. */
export const GUIDE = "/docs/guide.md";

/** The API reference. Its scripts and styles are our own files, so the policy below needs no exception. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>API reference · Referral marketing</title>
<link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs-assets/swagger-ui.css">
<link rel="stylesheet" href="/docs-assets/page.css">
<script src="/docs-assets/swagger-ui-bundle.js" defer></script>
<script src="/docs-assets/init.js" defer></script>
</head>
<body>
<header><strong>Referral marketing</strong> <span>API reference</span> <a href="${GUIDE}">Guide</a> <a href="/source">Source code</a> <a href="/api/v1/openapi.json">openapi.json</a></header>
<main id="reference"><noscript>This reference needs JavaScript. The same in JSON: <a href="/api/v1/openapi.json">openapi.json</a>.</noscript></main>
</body>
</html>
`;

/** Swagger UI draws its icons as data: images, and sends requests only to this server. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The guide introduces the reference. The document itself is without it, because generators copy it into every file. */
const init = `Promise.all([
  fetch("/api/v1/openapi.json").then((response) => response.json()),
  fetch("${GUIDE}").then((response) => response.text()),
]).then(([spec, description]) => SwaggerUIBundle({
  spec: { ...spec, info: { ...spec.info, description: description.replace(/^# .*/, "") } },
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
}));
`;

const css = `body { margin: 0; background: #fff; }
header { display: flex; gap: 12px; align-items: baseline; padding: 14px 24px; border-bottom: 1px solid #e3e6ea;
  font: 15px/1.4 system-ui, sans-serif; color: #1f2933; }
header span { color: #5b6672; }
header a { color: #1456b8; }
header a:first-of-type { margin-left: auto; }
#reference { max-width: 1460px; margin: 0 auto; font-family: system-ui, sans-serif; }
`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1456b8"/>
<g stroke="#fff" stroke-width="2.4"><path d="M10 16 22 9M10 16l12 7"/></g>
<g fill="#fff"><circle cx="10" cy="16" r="4"/><circle cx="22" cy="9" r="3.4"/><circle cx="22" cy="23" r="3.4"/></g></svg>
`;

/** The page's own small files. Swagger UI's files are static assets beside them. */
export const files = [
  { name: "init.js", type: "text/javascript; charset=utf-8", text: init },
  { name: "page.css", type: "text/css; charset=utf-8", text: css },
  { name: "icon.svg", type: "image/svg+xml", text: icon },
];
