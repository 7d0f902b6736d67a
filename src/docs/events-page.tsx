import type { OpenApiDocument } from "./openapi";
import { docsPage } from "./site/layout";
import type { DocsSite } from "./site/page";

type Webhooks = Record<
  string,
  { post: { summary: string; requestBody: { content: Record<string, { example?: unknown }> } } }
>;

/** The published document's events: the type, when it is sent, and an example body. */
const eventsOf = (document: OpenApiDocument) =>
  Object.entries(((document as { webhooks?: unknown }).webhooks ?? {}) as Webhooks).map(([type, { post }]) => ({
    type,
    when: post.summary,
    body: JSON.stringify(post.requestBody.content["application/json"]?.example, null, 2),
  }));

const INTRO =
  "Webhooks, GET /events, and Zapier send these bodies. The examples come from the schemas that validate the product's own events.";

/** Every event with an example body. */
export function eventsPage(site: DocsSite, document: OpenApiDocument) {
  const events = eventsOf(document);
  return docsPage(site, {
    slug: "events",
    title: "Events",
    summary: INTRO,
    hasMarkdown: true,
    sections: events.map(({ type }) => ({ title: type, anchor: type, depth: 2, text: "" })),
    body: (
      <article>
        <h1>Events</h1>
        <p>
          {INTRO} <a href="/docs/webhooks">Webhooks</a> explains how they arrive, and{" "}
          <a href="/docs/webhooks#the-event-log">the event log</a> explains how to read them later.
        </p>
        {events.map(({ type, when, body }) => (
          <>
            <h2 id={type}>
              <code>{type}</code>{" "}
              <a class="anchor" href={`#${type}`} aria-label="Link to this event">
                #
              </a>
            </h2>
            <p>{when}</p>
            <details>
              <summary>Example</summary>
              <pre tabindex={0}>
                <code>{body}</code>
              </pre>
            </details>
          </>
        ))}
      </article>
    ),
  });
}

export const eventsMarkdown = (document: OpenApiDocument) =>
  [
    `# Events\n\n${INTRO}\n`,
    ...eventsOf(document).map(({ type, when, body }) => `## ${type}\n\n${when}\n\n\`\`\`json\n${body}\n\`\`\`\n`),
  ].join("\n");
