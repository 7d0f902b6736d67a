export const friends = () => ({
  your_friends: "Ihre Freunde",
  own_word_taken: "Schon vergeben. Probieren Sie einen anderen.",
  must_agree: "Bitte stimmen Sie zu, um fortzufahren.",
  bad_phone: "Bitte geben Sie eine gültige Telefonnummer ein.",
  mail_share_label: "Teilen Sie Ihren Link",
  mail_friend_joined_subject: "{friend_name} ist über Ihren Link dabei",
  mail_friend_joined_message:
    "Gute Nachricht! {friend_name} macht dank Ihres Links bei „{campaign_name}“ mit. Danke fürs Weitersagen!",
  mail_one_to_go_message:
    "Fast geschafft: Macht noch eine Person mit, haben Sie sich Ihre Belohnung bei „{campaign_name}“ verdient.",
  mail_reminder_subject: "Ihr persönlicher Link wartet auf Sie",
  mail_reminder_message:
    "Sie machen bei „{campaign_name}“ mit, haben Ihren Link aber noch nicht geteilt. Schicken Sie ihn jemandem, und schon geht es los.",
  mail_recap_subject: "Ihre Woche bei „{campaign_name}“",
  mail_recap_message: "Das ist Ihr Stand nach dieser Woche.",
  mail_recap_clicks_one: "Bisher {count} Klick auf Ihren Link",
  mail_recap_clicks_other: "Bisher {count} Klicks auf Ihren Link",
});
