import { OPERATIONS, type Resources } from "./generated/resources.js";
import { paged, type Query } from "./paged.js";
import { type ClientOptions, Requester, type RequestOptions } from "./request.js";

/** A client for the API. Its methods come from the table of operations. */
export interface Referrals extends Resources {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: The constructor adds every resource of the table.
export class Referrals {
  readonly #requester: Requester;

  constructor(options: ClientOptions) {
    this.#requester = new Requester(options);
    for (const [resource, rows] of Object.entries(OPERATIONS))
      Object.assign(this, {
        [resource]: Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, this.#method(row)])),
      });
  }

  /** The bookmark of the last write. Pass it to another client to see that write there. */
  get bookmark() {
    return this.#requester.bookmark;
  }

  /** Any request to `/api/v1/`, for operations without a method. */
  request<T = unknown>(
    method: string,
    path: string,
    { query, body, ...options }: RequestOptions & { query?: Query; body?: unknown } = {},
  ): Promise<T> {
    return this.#requester.send({ method, path: path.replace(/^\/+/, ""), query, body, options }) as Promise<T>;
  }

  #method(row: string) {
    const [kind = "", template = "", key] = row.split(" ");
    return (...args: unknown[]) => {
      const path = template.replace(/\{\}/g, () => {
        const part = args.shift();
        if (part === undefined || part === null || part === "") throw new TypeError(`${template} has no ID.`);
        return encodeURIComponent(String(part));
      });
      if (kind === "LIST" || kind === "WALK") {
        const [query = {}, options] = args as [Query?, RequestOptions?];
        const ask = (asked: Query) => this.#requester.send({ method: "GET", path, query: asked, options });
        return paged(ask, query, key ?? path.split("/").at(-1) ?? "", kind === "WALK");
      }
      const method = kind.replace("+", "");
      const [sent, options = {}] = (method === kind ? [undefined, ...args] : args) as [
        unknown,
        (RequestOptions & { query?: Query })?,
      ];
      const input = method === "GET" ? { query: sent as Query } : { body: sent, query: options.query };
      return this.#requester.send({ method, path, ...input, options });
    };
  }
}
