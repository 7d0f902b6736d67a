/** The rows that the product's tables need before a signup. One statement per line, for D1's `exec`. */
export const OWNER = `INSERT INTO members (id, email, name, password_hash, plan_id, date_signedup) VALUES (1, 'a@example.com', 'A', '', 2, 0);
INSERT INTO brands (id, member_id, url, domain, slug, date_added) VALUES (1, 1, 'https://a.com', 'a.com', 'a-com', 0);
INSERT INTO campaigns (id, member_id, brand_id, name, date_added) VALUES (1, 1, 1, 'A', 0);
INSERT INTO campaign_stats (campaign_id) VALUES (1);`;

/** The minimum that a signup writes, the same for each floor. */
export const LEAST = {
  PARTICIPANT:
    "INSERT INTO participants (member_id, campaign_id, email, email_canonical, name, date_signedup, signup_event) VALUES (1, 1, ?1, ?1, ?2, ?3, ?4)",
  EVENT:
    "INSERT INTO events (campaign_id, id, type, participant_id, data, date) VALUES (1, ?1, 'participant.signup', NULL, '{}', ?2)",
  COUNTER: "UPDATE campaign_stats SET total_participants = total_participants + 1 WHERE campaign_id = 1",
};
