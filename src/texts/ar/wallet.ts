export const wallet = () => ({
  wallet_missing: "أخبرنا إلى أين نرسل رموزك الرقمية",
  wallet_known: "عنوان محفظتك",
  wallet_help: "أدخل عنوان محفظة تملكها. لا يمكن استرجاع الرموز المرسلة إلى عنوان خاطئ.",
  wallet_label: "عنوان المحفظة",
  wallet_button: "حفظ عنواني",
  wallet_saved: "ستُرسل رموزك إلى {address}.",
  wallet_wrong: "لا يمكننا الإرسال إلى هذا العنوان. انسخه مرة أخرى من محفظتك.",
  mail_wallet_subject: "إلى أين نرسل رموزك الرقمية؟",
  mail_wallet_message:
    "ربحت رموزًا رقمية في «{campaign_name}». افتح صفحتك وأدخل عنوان محفظتك، وسنرسلها إليه.\n\nلا تُعد توجيه هذه الرسالة: كل من لديه الرابط يمكنه فتح صفحتك.",
  mail_wallet_button: "إدخال عنوان محفظتي",
  mail_wallet_reason: "وصلتك هذه الرسالة لأن {email} مسجّل في «{campaign_name}».",
});
