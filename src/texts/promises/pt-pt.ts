import type { promises as english } from "./en";

export const promises: Partial<typeof english> = {
  when_visit_once_one: "Quando alguém abrir o seu link",
  when_visit_once_other: "Quando {count} pessoas abrirem o seu link",
  when_visit_every_one: "Por cada pessoa que abrir o seu link",
  when_visit_every_other: "A cada {count} pessoas que abrirem o seu link",
  when_signup_every_one: "Por cada amigo que participar",
  when_buy_once_other: "Quando os seus amigos fizerem {count} compras",
  when_buy_every_one: "Por cada compra de um amigo",
  when_own_signup: "Para os seus amigos, quando participarem",
  when_own_buy_once_one: "Para os seus amigos, na primeira compra",
  when_own_buy_once_other: "Para os seus amigos, depois de {count} compras",
  when_own_buy_every_one: "Para os seus amigos, em cada compra",
  when_own_buy_every_other: "Para os seus amigos, a cada {count} compras",
  when_own_event_one: "Para os seus amigos, por “{event}”",
  when_own_event_other: "Para os seus amigos, por “{event}” {count} vezes",
};
