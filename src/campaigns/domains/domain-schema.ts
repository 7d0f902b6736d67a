import { z } from "zod";
import { domainStates } from "../../../drizzle/schema/brands";
import { Id, line, TimeOut } from "../../lib/fields";

export const NewDomain = z
  .object({ hostname: line(253).min(1).meta({ description: "A subdomain of yours.", example: "refer.acme.com" }) })
  .meta({ id: "NewDomain", description: "A host of your own for a brand's pages and share links." });

const Entry = z.object({ type: z.enum(["TXT", "CNAME"]), name: z.string(), value: z.string() });

export const Domain = z
  .object({
    id: z.int(),
    brand_id: z.int(),
    hostname: z.string(),
    state: z.enum(domainStates).meta({
      description:
        "`unverified` until its TXT record is found, `pending` until its certificate is there, then `active`. `failed`: see `error`.",
    }),
    ssl_state: z.string().nullable().meta({ description: "The state of its certificate, in Cloudflare's words." }),
    error: z.string().nullable().meta({ description: "What is wrong, and what to do." }),
    records: z.array(Entry).meta({ description: "The DNS records to publish." }),
    checked_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "Domain", description: "A host of your own, and how far it is." });
export type Domain = z.input<typeof Domain>;

export const Domains = z
  .object({ domains: z.array(Domain) })
  .meta({ id: "Domains", description: "A brand's own hosts." });

export const DeletedDomain = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedDomain", description: "The host that was removed." });

export const DomainParam = z.object({ domainId: Id });
