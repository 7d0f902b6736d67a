import { z } from "zod";
import { domainStates } from "../../../drizzle/schema/brands";
import { Id, line, TimeOut } from "../../lib/fields";

export const NewDomain = z
  .object({ hostname: line(253).min(1).meta({ description: "A subdomain that you own.", example: "refer.acme.com" }) })
  .meta({ id: "NewDomain", description: "A custom host for a brand's pages and share links." });

const Entry = z.object({ type: z.enum(["TXT", "CNAME"]), name: z.string(), value: z.string() });

export const Domain = z
  .object({
    id: z.int(),
    brand_id: z.int(),
    hostname: z.string(),
    state: z.enum(domainStates).meta({
      description:
        "`unverified` until we find its TXT record, `pending` until its certificate is issued, then `active`. `failed`: see `error`.",
    }),
    ssl_state: z.string().nullable().meta({ description: "The certificate's status, as reported by Cloudflare." }),
    error: z.string().nullable().meta({ description: "The problem, and how to fix it." }),
    records: z.array(Entry).meta({ description: "The DNS records to publish." }),
    checked_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "Domain", description: "A custom host and its status." });
export type Domain = z.input<typeof Domain>;

export const Domains = z
  .object({ domains: z.array(Domain) })
  .meta({ id: "Domains", description: "A brand's custom hosts." });

export const DeletedDomain = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedDomain", description: "The removed host." });

export const DomainParam = z.object({ domainId: Id });
