export const mail = () => ({
  mail_hello: "{name}さん、こんにちは。",
  mail_hello_nobody: "こんにちは。",
  mail_there: "お客",
  mail_a_friend: "お友だち",
  mail_person: "{name}さん",
  mail_your_reward: "特典",
  mail_reward_label: "特典",
  mail_reward_until: "{reward}（有効期限：{day}）",
  mail_button_fallback: "ボタンが使えない場合は、次のリンクをブラウザにコピーしてください。",
  mail_unsubscribe: "配信を停止する",
  mail_entry_subject: "参加が完了しました。リンクをシェアしましょう",
  mail_entry_message:
    "「{campaign_name}」にご参加いただきありがとうございます。お客様の紹介リンクはこちらです。お友だちにシェアしてください。このリンクから参加した方の人数が実績になります。",
  mail_entry_button: "実績を見る",
  mail_entry_reason: "{email}で「{campaign_name}」にご参加いただいているため、このメールをお送りしています。",
  mail_reward_subject: "特典を獲得しました",
  mail_reward_message: "お友だちのおかげで、「{campaign_name}」の特典を獲得しました。ご紹介ありがとうございます。",
  mail_reward_button: "特典を見る",
  mail_reward_reason: "{email}で「{campaign_name}」にご参加いただいているため、このメールをお送りしています。",
  mail_twoway_reward_subject: "ウェルカム特典のお知らせ",
  mail_twoway_reward_message:
    "お友だちのリンクから「{campaign_name}」にご参加いただいたので、特典を差し上げます。ようこそ！",
  mail_twoway_reward_button: "特典を見る",
  mail_twoway_reward_reason: "{email}で「{campaign_name}」にご参加いただいているため、このメールをお送りしています。",
  mail_admitted_subject: "お待たせしました",
  mail_admitted_message:
    "順番が来ました。「{campaign_name}」をご利用いただけます。マイページで次のステップをご確認ください。",
  mail_admitted_button: "マイページを開く",
  mail_admitted_reason:
    "{email}が「{campaign_name}」の順番待ちリストに登録されているため、このメールをお送りしています。",
  mail_invitation_subject: "{sender_name}から{brand_name}への招待が届いています",
  mail_invitation_message:
    "{sender_name}から、{brand_name}の「{campaign_name}」への招待が届いています。よろしければぜひご参加ください。",
  mail_invitation_button: "招待を受ける",
  mail_invitation_reason:
    "お知り合いの方から{email}へ送るよう依頼を受けて、このメールをお送りしています。このアドレスは配信リストには登録されていません。",
  mail_magic_link_subject: "「{campaign_name}」のマイページ",
  mail_magic_link_message:
    "ボタンを押すと、リンク、お友だち、特典を確認できるマイページが開きます。\n\nこのメールは転送しないでください。リンクを知っている人は誰でもマイページを開けます。",
  mail_magic_link_button: "マイページを開く",
  mail_magic_link_reason:
    "「{campaign_name}」で{email}が入力されたため、このメールをお送りしています。お心当たりがない場合は、このメールを破棄してください。",
  mail_proof_subject: "特典のお受け取りに必要なメールアドレスの確認のお願い",
  mail_proof_message:
    "「{campaign_name}」の特典を確認しています。{email}がご自身のメールアドレスであることを確認していただくと、早くお渡しできる場合があります。",
  mail_confirm_subject: "メールアドレスの確認",
  mail_confirm_message:
    "あと1クリックで「{campaign_name}」に参加できます。{email}がご自身のメールアドレスであることを確認してください。",
  mail_confirm_button: "メールアドレスを確認する",
  mail_confirm_reason:
    "「{campaign_name}」で{email}が入力されたため、このメールをお送りしています。お心当たりがない場合は、このメールを破棄してください。",
});
