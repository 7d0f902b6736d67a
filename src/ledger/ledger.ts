import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env";

export class CampaignLedger extends DurableObject<Env> {}
