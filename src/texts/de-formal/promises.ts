export const promises = () => ({
  when_visit_once_one: "Wenn jemand Ihren Link öffnet",
  when_visit_once_other: "Wenn {count} Leute Ihren Link öffnen",
  when_visit_every_one: "Für jede Person, die Ihren Link öffnet",
  when_visit_every_other: "Für je {count} Leute, die Ihren Link öffnen",
  when_buy_once_other: "Wenn Ihre Freunde {count}-mal einkaufen",
  when_own_signup: "Für Ihre Freunde, wenn sie mitmachen",
  when_own_buy_once_one: "Für Ihre Freunde, beim ersten Kauf",
  when_own_buy_once_other: "Für Ihre Freunde, nach {count} Käufen",
  when_own_buy_every_one: "Für Ihre Freunde, bei jedem Kauf",
  when_own_buy_every_other: "Für Ihre Freunde, bei je {count} Käufen",
  when_own_event_one: "Für Ihre Freunde, für „{event}“",
  when_own_event_other: "Für Ihre Freunde, für {count}-mal „{event}“",
});
