/** What the queue of mail carries: ids, never addresses or texts. The row in D1 says whether anything is left to do. */
export type MailHint = { v: 1; mail_ids: number[] };
