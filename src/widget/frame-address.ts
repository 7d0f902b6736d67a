/** Whether it may be an email address. Only the server knows the rules, those of other scripts included. */
export const isAddress = (text: string) => /^[^\s@＠]+[@＠][^\s@＠]+$/.test(text.trim());
