import type { IconName } from "../../lib/icon";
import { menu } from "../ui/menu";

/** A page that search can find. `words` are other names for it. */
export type Destination = { path: string; label: string; icon: IconName; words: string };

const at = (path: string, label: string, icon: IconName, words = ""): Destination => ({ path, label, icon, words });

/** The pages of the menu, and others that people look for. */
export const destinations: Destination[] = [
  ...menu.flatMap(([, entries]) => entries.map((entry) => at(...entry))),
  at("/campaigns/new", "New campaign", "plus", "create add program"),
  at("/rewards/payouts", "Payouts", "gift", "cash owed pay money"),
  at("/brands/new", "Add brands", "plus", "website client new"),
  at("/webhooks/new", "Add webhook", "plus", "endpoint events"),
  at("/docs/reference", "API reference", "code", "openapi endpoints"),
  at("/reports", "Shared reports", "external-link", "client link share numbers"),
  at("/account", "Your account", "settings", "profile password email time zone export delete"),
  at("/account/two-step", "Two-step verification", "settings", "security authenticator 2fa"),
  at("/account/notifications", "Notifications", "mail", "emails alerts digest"),
  at("/account/switch", "Switch account", "arrow-left-right", "other"),
];
