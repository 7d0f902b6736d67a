export const mail = () => ({
  mail_hello: "Cześć, {name}!",
  mail_hello_nobody: "Cześć!",
  mail_there: "miło cię widzieć",
  mail_a_friend: "Ktoś znajomy",
  mail_person: "{name}",
  mail_your_reward: "twoja nagroda",
  mail_reward_label: "Twoja nagroda",
  mail_reward_until: "{reward} (wygasa {day})",
  mail_button_fallback: "Jeśli przycisk nie działa, skopiuj ten link do przeglądarki:",
  mail_unsubscribe: "Zrezygnuj z e-maili",
  mail_entry_subject: "Gotowe! Teraz udostępnij swój link",
  mail_entry_message:
    "Dziękujemy za udział w promocji „{campaign_name}”. To jest twój osobisty link. Udostępnij go znajomym: liczy się każda osoba, która przez niego dołączy.",
  mail_entry_button: "Zobacz moje postępy",
  mail_entry_reason: "Dostajesz ten e-mail, ponieważ adres {email} jest zapisany do promocji „{campaign_name}”.",
  mail_reward_subject: "Masz nagrodę!",
  mail_reward_message: "Dzięki twoim znajomym zdobywasz nagrodę w promocji „{campaign_name}”. Dziękujemy za polecanie!",
  mail_reward_button: "Zobacz moją nagrodę",
  mail_reward_reason: "Dostajesz ten e-mail, ponieważ adres {email} jest zapisany do promocji „{campaign_name}”.",
  mail_twoway_reward_subject: "Prezent powitalny dla ciebie",
  mail_twoway_reward_message:
    "Bierzesz udział w promocji „{campaign_name}” z polecenia, więc ty też dostajesz nagrodę. Witamy!",
  mail_twoway_reward_button: "Zobacz moją nagrodę",
  mail_twoway_reward_reason:
    "Dostajesz ten e-mail, ponieważ adres {email} jest zapisany do promocji „{campaign_name}”.",
  mail_admitted_subject: "Twoja kolej!",
  mail_admitted_message:
    "Koniec czekania: masz już dostęp do promocji „{campaign_name}”. Na swojej stronie zobaczysz, co dalej.",
  mail_admitted_button: "Otwórz moją stronę",
  mail_admitted_reason:
    "Dostajesz ten e-mail, ponieważ adres {email} jest na liście oczekujących w promocji „{campaign_name}”.",
  mail_invitation_subject: "{sender_name} ma dla ciebie zaproszenie: {brand_name}",
  mail_invitation_message:
    "{sender_name} uważa, że {brand_name} ci się spodoba, i zaprasza cię do promocji „{campaign_name}”.",
  mail_invitation_button: "Przyjmij zaproszenie",
  mail_invitation_reason:
    "Dostajesz ten e-mail, ponieważ ktoś, kto cię zna, poprosił nas o wysłanie go na adres {email}. Nie ma cię na żadnej liście mailingowej.",
  mail_magic_link_subject: "Twoja strona w promocji „{campaign_name}”",
  mail_magic_link_message:
    "Ten przycisk otwiera twoją stronę z linkiem, znajomymi i nagrodami.\n\nNie przekazuj tego e-maila dalej: każdy, kto ma link, może otworzyć twoją stronę.",
  mail_magic_link_button: "Otwórz moją stronę",
  mail_magic_link_reason:
    "Dostajesz ten e-mail, ponieważ ktoś (prawdopodobnie ty) podał adres {email} w promocji „{campaign_name}”. Jeśli to nie ty, zignoruj tę wiadomość.",
  mail_proof_subject: "Potwierdź adres e-mail, aby odebrać nagrodę",
  mail_proof_message:
    "Sprawdzamy twoją nagrodę w promocji „{campaign_name}”. Potwierdź, że {email} to twój adres e-mail: dzięki temu często można przyznać ją wcześniej.",
  mail_confirm_subject: "Potwierdź adres e-mail",
  mail_confirm_message:
    "Jeszcze jedno kliknięcie i bierzesz udział w promocji „{campaign_name}”: potwierdź, że {email} to twój adres e-mail.",
  mail_confirm_button: "Potwierdź mój adres e-mail",
  mail_confirm_reason:
    "Dostajesz ten e-mail, ponieważ ktoś (prawdopodobnie ty) podał adres {email} w promocji „{campaign_name}”. Jeśli to nie ty, zignoruj tę wiadomość.",
});
