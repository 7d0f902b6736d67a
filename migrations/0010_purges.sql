CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`last_run_at` integer NOT NULL,
	`last_success_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `purges` (
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`date_deleted` integer NOT NULL,
	`date_purged` integer,
	PRIMARY KEY(`kind`, `subject_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `purges_progress` ON `purges` (`date_purged`,`date_deleted`);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `__new_shares` (
	`participant_id` integer NOT NULL,
	`social_type` integer NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`date_shared` integer NOT NULL,
	PRIMARY KEY(`participant_id`, `social_type`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_shares`("participant_id", "social_type", "clicks", "date_shared") SELECT "participant_id", "social_type", "clicks", "date_shared" FROM `shares`;
--> statement-breakpoint
DROP TABLE `shares`;
--> statement-breakpoint
ALTER TABLE `__new_shares` RENAME TO `shares`;
--> statement-breakpoint
CREATE TABLE `__new_visits` (
	`participant_id` integer NOT NULL,
	`day` text NOT NULL,
	`visitor` text NOT NULL,
	`click_event` text NOT NULL,
	PRIMARY KEY(`participant_id`, `day`, `visitor`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_visits`("participant_id", "day", "visitor", "click_event") SELECT "participant_id", "day", "visitor", "click_event" FROM `visits`;
--> statement-breakpoint
DROP TABLE `visits`;
--> statement-breakpoint
ALTER TABLE `__new_visits` RENAME TO `visits`;
--> statement-breakpoint
CREATE TABLE `__new_invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`email` text NOT NULL,
	`has_signedup` integer DEFAULT false NOT NULL,
	`date_invited` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_invitations`("id", "campaign_id", "participant_id", "email", "has_signedup", "date_invited") SELECT "id", "campaign_id", "participant_id", "email", "has_signedup", "date_invited" FROM `invitations`;
--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_invitations';
--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_invitations', seq FROM sqlite_sequence WHERE name = 'invitations';
--> statement-breakpoint
DROP TABLE `invitations`;
--> statement-breakpoint
ALTER TABLE `__new_invitations` RENAME TO `invitations`;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_once` ON `invitations` (`participant_id`,`email`);
--> statement-breakpoint
CREATE INDEX `invitations_of_campaign` ON `invitations` (`campaign_id`,`email`);
--> statement-breakpoint
CREATE TABLE `__new_mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`cause` text NOT NULL,
	`kind` text NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer,
	`participant_id` integer,
	`invitation_id` integer,
	`reward_id` integer,
	`webhook_id` integer,
	`origin` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text,
	`recipient` text,
	`date_tried` integer,
	`address` text,
	`error` text,
	`date_added` integer NOT NULL,
	`date_sent` integer
);
--> statement-breakpoint
INSERT INTO `__new_mails`("id", "cause", "kind", "member_id", "campaign_id", "participant_id", "invitation_id", "reward_id", "webhook_id", "origin", "status", "attempts", "next_attempt_at", "hinted_until", "leased_until", "lease", "recipient", "date_tried", "address", "error", "date_added", "date_sent") SELECT "id", "cause", "kind", "member_id", "campaign_id", "participant_id", "invitation_id", "reward_id", "webhook_id", "origin", "status", "attempts", "next_attempt_at", "hinted_until", "leased_until", "lease", "recipient", "date_tried", "address", "error", "date_added", "date_sent" FROM `mails`;
--> statement-breakpoint
DROP TABLE `mails`;
--> statement-breakpoint
ALTER TABLE `__new_mails` RENAME TO `mails`;
--> statement-breakpoint
CREATE UNIQUE INDEX `mails_cause_unique` ON `mails` (`cause`);
--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`next_attempt_at`) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX `mails_sending` ON `mails` (`leased_until`) WHERE status = 'sending';
--> statement-breakpoint
CREATE INDEX `mails_of_participant` ON `mails` (`participant_id`) WHERE participant_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `mails_of_member` ON `mails` (`member_id`,`kind`,`date_added`) WHERE participant_id IS NULL;
--> statement-breakpoint
CREATE INDEX `mails_to` ON `mails` (`recipient`,`date_tried`) WHERE recipient IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `__new_participants` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`email` text,
	`email_canonical` text,
	`name` text,
	`status` text DEFAULT 'active' NOT NULL,
	`date_signedup` integer NOT NULL,
	`invited_by` integer,
	`invited_social` integer,
	`date_invited` integer,
	`referral_url` text,
	`external_id` text,
	`metadata` text,
	`ip_hash` text,
	`language` text,
	`referral_count` integer DEFAULT 0 NOT NULL,
	`visit_count` integer DEFAULT 0 NOT NULL,
	`click_count` integer DEFAULT 0 NOT NULL,
	`share_count` integer DEFAULT 1 NOT NULL,
	`signup_event` text NOT NULL,
	`invite_event` text,
	`credit_event` text,
	`status_event` text,
	`confirmation` text
);
--> statement-breakpoint
INSERT INTO `__new_participants`("id", "member_id", "campaign_id", "email", "email_canonical", "name", "status", "date_signedup", "invited_by", "invited_social", "date_invited", "referral_url", "external_id", "metadata", "ip_hash", "language", "referral_count", "visit_count", "click_count", "share_count", "signup_event", "invite_event", "credit_event", "status_event", "confirmation") SELECT "id", "member_id", "campaign_id", "email", "email_canonical", "name", "status", "date_signedup", "invited_by", "invited_social", "date_invited", "referral_url", "external_id", "metadata", "ip_hash", "language", "referral_count", "visit_count", "click_count", "share_count", "signup_event", "invite_event", "credit_event", "status_event", "confirmation" FROM `participants`;
--> statement-breakpoint
DROP TABLE `participants`;
--> statement-breakpoint
ALTER TABLE `__new_participants` RENAME TO `participants`;
--> statement-breakpoint
CREATE UNIQUE INDEX `participants_email` ON `participants` (`campaign_id`,`email`);
--> statement-breakpoint
CREATE INDEX `participants_of_member` ON `participants` (`member_id`);
--> statement-breakpoint
CREATE INDEX `participants_of_campaign` ON `participants` (`campaign_id`);
--> statement-breakpoint
CREATE INDEX `participants_invited` ON `participants` (`invited_by`) WHERE invited_by IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `participants_external` ON `participants` (`campaign_id`,`external_id`) WHERE external_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `participants_unusual` ON `participants` (`campaign_id`,`status`) WHERE status <> 'active';
--> statement-breakpoint
CREATE INDEX `participants_ranking` ON `participants` (`campaign_id`,referral_count DESC,click_count DESC) WHERE status = 'active' AND (referral_count > 0 OR click_count > 0);
--> statement-breakpoint
CREATE TABLE `__new_scores` (
	`campaign_id` integer NOT NULL,
	`referral_count` integer NOT NULL,
	`click_count` integer NOT NULL,
	`participants` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `referral_count`, `click_count`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_scores`("campaign_id", "referral_count", "click_count", "participants") SELECT "campaign_id", "referral_count", "click_count", "participants" FROM `scores`;
--> statement-breakpoint
DROP TABLE `scores`;
--> statement-breakpoint
ALTER TABLE `__new_scores` RENAME TO `scores`;
--> statement-breakpoint
CREATE TABLE `__new_rewards` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`role` text NOT NULL,
	`reward_type` integer NOT NULL,
	`status` text NOT NULL,
	`redirect_url` text,
	`custom_message` text,
	`cash_cents` integer,
	`token_symbol` text,
	`token_address` text,
	`token_amount` text,
	`token_transaction` text,
	`note` text,
	`date_earned` integer NOT NULL,
	`date_fulfilled` integer,
	`earn_event` text NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_rewards`("id", "member_id", "campaign_id", "participant_id", "role", "reward_type", "status", "redirect_url", "custom_message", "cash_cents", "token_symbol", "token_address", "token_amount", "token_transaction", "note", "date_earned", "date_fulfilled", "earn_event") SELECT "id", "member_id", "campaign_id", "participant_id", "role", "reward_type", "status", "redirect_url", "custom_message", "cash_cents", "token_symbol", "token_address", "token_amount", "token_transaction", "note", "date_earned", "date_fulfilled", "earn_event" FROM `rewards`;
--> statement-breakpoint
DROP TABLE `rewards`;
--> statement-breakpoint
ALTER TABLE `__new_rewards` RENAME TO `rewards`;
--> statement-breakpoint
CREATE INDEX `rewards_of_member` ON `rewards` (`member_id`,`date_earned`);
--> statement-breakpoint
CREATE INDEX `rewards_of_campaign` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`);
--> statement-breakpoint
CREATE INDEX `rewards_pending` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX `rewards_revoked` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE status = 'revoked';
--> statement-breakpoint
CREATE TABLE `__new_coupons` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`code` text NOT NULL,
	`code_key` text NOT NULL,
	`reward_id` integer,
	`date_assigned` integer
);
--> statement-breakpoint
INSERT INTO `__new_coupons`("id", "campaign_id", "code", "code_key", "reward_id", "date_assigned") SELECT "id", "campaign_id", "code", "code_key", "reward_id", "date_assigned" FROM `coupons`;
--> statement-breakpoint
DROP TABLE `coupons`;
--> statement-breakpoint
ALTER TABLE `__new_coupons` RENAME TO `coupons`;
--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_code` ON `coupons` (`campaign_id`,`code_key`);
--> statement-breakpoint
CREATE INDEX `coupons_of_campaign` ON `coupons` (`campaign_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_reward` ON `coupons` (`reward_id`) WHERE reward_id IS NOT NULL;
--> statement-breakpoint
CREATE TABLE `__new_deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`webhook_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`attempts` text DEFAULT '[]' NOT NULL,
	`attempt_count` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text
);
--> statement-breakpoint
INSERT INTO `__new_deliveries`("id", "webhook_id", "campaign_id", "event_id", "type", "status", "attempts", "attempt_count", "next_attempt_at", "hinted_until", "leased_until", "lease") SELECT "id", "webhook_id", "campaign_id", "event_id", "type", "status", "attempts", "attempt_count", "next_attempt_at", "hinted_until", "leased_until", "lease" FROM `deliveries`;
--> statement-breakpoint
DROP TABLE `deliveries`;
--> statement-breakpoint
ALTER TABLE `__new_deliveries` RENAME TO `deliveries`;
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`webhook_id`,`event_id`);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`next_attempt_at`) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX `deliveries_failed` ON `deliveries` (`webhook_id`,`event_id`) WHERE status = 'failed';
--> statement-breakpoint
CREATE TRIGGER `purge_campaigns` BEFORE DELETE ON `campaigns` BEGIN
	INSERT INTO `purges` (`kind`, `subject_id`, `member_id`, `date_deleted`)
	VALUES ('campaign', OLD.`id`, OLD.`member_id`, CAST(unixepoch('subsec') * 1000 AS INTEGER))
	ON CONFLICT DO UPDATE SET `member_id` = excluded.`member_id`, `date_deleted` = excluded.`date_deleted`, `date_purged` = NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `purge_webhooks` BEFORE DELETE ON `webhooks` BEGIN
	INSERT INTO `purges` (`kind`, `subject_id`, `member_id`, `date_deleted`)
	VALUES ('webhook', OLD.`id`, OLD.`member_id`, CAST(unixepoch('subsec') * 1000 AS INTEGER))
	ON CONFLICT DO UPDATE SET `member_id` = excluded.`member_id`, `date_deleted` = excluded.`date_deleted`, `date_purged` = NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `purge_members` BEFORE DELETE ON `members` BEGIN
	INSERT INTO `purges` (`kind`, `subject_id`, `member_id`, `date_deleted`)
	VALUES ('member', OLD.`id`, OLD.`id`, CAST(unixepoch('subsec') * 1000 AS INTEGER))
	ON CONFLICT DO UPDATE SET `member_id` = excluded.`member_id`, `date_deleted` = excluded.`date_deleted`, `date_purged` = NULL;
END;
