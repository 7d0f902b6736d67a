export const wallet = () => ({
  wallet_missing: "トークンの送り先を教えてください",
  wallet_known: "ウォレットアドレス",
  wallet_help: "ご自身のウォレットのアドレスを入力してください。誤ったアドレスに送られたトークンは取り戻せません。",
  wallet_label: "ウォレットアドレス",
  wallet_button: "アドレスを保存",
  wallet_saved: "トークンは{address}に送られます。",
  wallet_wrong: "このアドレスには送れません。ウォレットからもう一度コピーしてください。",
  mail_wallet_subject: "トークンの送り先を教えてください",
  mail_wallet_message:
    "「{campaign_name}」でトークンを獲得しました。マイページを開いてウォレットのアドレスを入力すると、そちらにお送りします。\n\nこのメールは転送しないでください。リンクを知っている人は誰でもマイページを開けます。",
  mail_wallet_button: "アドレスを入力する",
  mail_wallet_reason: "{email}で「{campaign_name}」にご参加いただいているため、このメールをお送りしています。",
});
