import type { IconName } from "../../lib/icon";

/** A page that search can find. `words` are other names for it. */
export type Destination = { path: string; label: string; icon: IconName; words: string };

const at = (path: string, label: string, icon: IconName, words = ""): Destination => ({ path, label, icon, words });

export const destinations = [
  at("/home", "Home", "house", "dashboard overview start"),
  at("/campaigns/new", "New campaign", "plus", "create add program"),
  at("/campaigns", "Campaigns", "megaphone", "programs list"),
  at("/participants", "Participants", "users", "people referrers friends"),
  at("/rewards", "Rewards", "gift", "earned pending approve"),
  at("/rewards/payouts", "Payouts", "gift", "cash owed pay money"),
  at("/reviews", "Reviews", "triangle-alert", "fraud suspicious approve deny"),
  at("/brands", "Brands", "store", "websites clients"),
  at("/brands/new", "Add brands", "plus", "website client new"),
  at("/images", "Images", "image", "logo upload pictures"),
  at("/events", "Events", "activity", "log stream payload json replay developers"),
  at("/webhooks", "Webhooks", "webhook", "events deliveries endpoint"),
  at("/webhooks/new", "Add webhook", "plus", "endpoint events"),
  at("/api-keys", "API keys", "key-round", "token secret developers"),
  at("/test-mode", "Test mode", "flask-conical", "sandbox emails"),
  at("/docs", "Documentation", "book-open", "guides help"),
  at("/docs/reference", "API reference", "code", "openapi endpoints"),
  at("/reports", "Shared reports", "external-link", "client link share numbers"),
  at("/team", "Team", "user-round", "members roles invite colleague"),
  at("/plan", "Plan", "credit-card", "billing limits usage"),
  at("/audit", "Audit log", "scroll-text", "history changes who"),
  at("/account", "Your account", "settings", "profile password email time zone export delete"),
  at("/account/two-step", "Two-step verification", "settings", "security authenticator 2fa"),
  at("/account/notifications", "Notifications", "mail", "emails alerts digest"),
  at("/account/switch", "Switch account", "arrow-left-right", "other"),
];
