import type { InputKind } from "../../../drizzle/schema/inputs";
import { lemonsqueezy } from "./lemonsqueezy";
import { paddle } from "./paddle";
import type { Provider } from "./provider";
import { shopify } from "./shopify";
import { stripe } from "./stripe";

/** The payment providers that inputs support. */
export const providers: Record<InputKind, Provider> = { stripe, shopify, paddle, lemonsqueezy };
