import { createOperatorPages } from "../doors/operator-door";
import { alertPages } from "./operator-alert-pages";
import { operatorBrandPages } from "./operator-brand-pages";
import { healthPages } from "./operator-health-pages";
import { memberPages } from "./operator-member-pages";
import { sendingPages } from "./operator-sending-pages";
import { signInPages } from "./operator-sign-in-pages";
import { tokenPages } from "./operator-token-pages";
import { senderPages } from "./sender-pages";

/** Everything under /operator. One router checks access, so its rate limit counts each request once. */
export const operatorPages = createOperatorPages();
for (const pages of [
  signInPages,
  healthPages,
  sendingPages,
  tokenPages,
  alertPages,
  memberPages,
  operatorBrandPages,
  senderPages,
])
  operatorPages.route("/", pages);
