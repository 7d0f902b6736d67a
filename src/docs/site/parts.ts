import { errorCodes } from "../../lib/errors";
import { ERRORS } from "../../lib/http";
import type { DocsSite } from "./page";

/** A part of the documentation that search can find. */
export type Part = { title: string; path: string; text: string };

type Operation = { operationId?: string; summary?: string; description?: string; tags?: string[] };
type OpenApi = {
  paths?: Record<string, Record<string, Operation>>;
  webhooks?: Record<string, Record<string, Operation>>;
};

/** An operation's place in the reference. */
const placeOf = ({ tags: [tag = ""] = [], operationId = "" }: Operation) =>
  `/docs/reference#/${encodeURIComponent(tag)}/${operationId}`;

/** The guides by heading, and each operation, event, and error code. */
export function partsOf(document: object, { pages }: DocsSite): Part[] {
  const { paths = {}, webhooks = {} } = document as OpenApi;
  return [
    ...pages.flatMap(({ slug, title, intro, sections }) => [
      { title, path: `/docs/${slug}`, text: intro },
      ...sections.map((section) => ({
        title: `${title}: ${section.title}`,
        path: `/docs/${slug}#${section.anchor}`,
        text: section.text,
      })),
    ]),
    ...Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) => {
        const { operationId, summary = "", description = "" } = operation;
        if (!operationId) return [];
        const title = `${method.toUpperCase()} ${path}: ${summary}`;
        return [{ title, path: placeOf(operation), text: `${operationId}. ${description}` }];
      }),
    ),
    ...Object.entries(webhooks).map(([type, { post }]) => ({
      title: `Event ${type}`,
      path: `/docs/events#${type}`,
      text: post?.summary ?? "",
    })),
    ...Object.entries(errorCodes).map(([code, { status, about }]) => ({
      title: `Error ${code} (${status})`,
      path: `${ERRORS}#${code}`,
      text: about,
    })),
  ];
}
