CREATE TABLE `api_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`hash` text NOT NULL,
	`prefix` text NOT NULL,
	`date_generated` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_of_member` ON `api_keys` (`member_id`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`is_verified` integer DEFAULT false NOT NULL,
	`plan_id` integer DEFAULT 1 NOT NULL,
	`plan_expiry` integer,
	`photo` text,
	`num_of_logins` integer DEFAULT 0 NOT NULL,
	`date_signedup` integer NOT NULL,
	`token_epoch` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_email_unique` ON `members` (`email`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`price_cents` integer NOT NULL,
	`campaigns_participants` integer NOT NULL,
	`no_of_domains` integer NOT NULL,
	`unit` text NOT NULL,
	`no_unit` integer NOT NULL,
	`days` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `brands` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`url` text NOT NULL,
	`domain` text NOT NULL,
	`slug` text NOT NULL,
	`description` text,
	`logo_url` text,
	`background_image` text,
	`socials` text DEFAULT '[]' NOT NULL,
	`in_vnoc` integer DEFAULT false NOT NULL,
	`vnoc_id` integer,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `brands_slug_unique` ON `brands` (`slug`);--> statement-breakpoint
CREATE INDEX `brands_of_member` ON `brands` (`member_id`);--> statement-breakpoint
CREATE TABLE `campaign_days` (
	`campaign_id` integer NOT NULL,
	`day` text NOT NULL,
	`signups` integer DEFAULT 0 NOT NULL,
	`referrals` integer DEFAULT 0 NOT NULL,
	`shares` integer DEFAULT 0 NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`impressions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`campaign_id`, `day`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaign_landers` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `campaign_rewards` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`custom_message` text,
	`redirect_url` text,
	`cash_cents` integer,
	`worth_cents` integer,
	`token_symbol` text,
	`token_address` text,
	`token_amount` text,
	`token_chain_id` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `campaign_stats` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`total_participants` integer DEFAULT 0 NOT NULL,
	`pending_participants` integer DEFAULT 0 NOT NULL,
	`blocked_participants` integer DEFAULT 0 NOT NULL,
	`total_referrals` integer DEFAULT 0 NOT NULL,
	`total_shares` integer DEFAULT 0 NOT NULL,
	`total_clicks` integer DEFAULT 0 NOT NULL,
	`total_impressions` integer DEFAULT 0 NOT NULL,
	`rewards_fulfilled` integer DEFAULT 0 NOT NULL,
	`rewards_pending` integer DEFAULT 0 NOT NULL,
	`rewards_revoked` integer DEFAULT 0 NOT NULL,
	`coupons_total` integer DEFAULT 0 NOT NULL,
	`coupons_available` integer DEFAULT 0 NOT NULL,
	`last_coupon_id` integer DEFAULT 0 NOT NULL,
	`coupons_pool` integer DEFAULT 0 NOT NULL,
	`coupon_alert` integer DEFAULT 0 NOT NULL,
	`coupons_filling` integer DEFAULT 0 NOT NULL,
	`last_click_group` text,
	`last_impression_flush` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `campaign_widgets` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`brand_id` integer NOT NULL,
	`name` text NOT NULL,
	`type_id` integer DEFAULT 1 NOT NULL,
	`goal_type` text DEFAULT 'signup' NOT NULL,
	`num_signups` integer DEFAULT 1 NOT NULL,
	`num_visits` integer,
	`reward_type` integer DEFAULT 1 NOT NULL,
	`reward_invited` integer DEFAULT false NOT NULL,
	`publish` text DEFAULT 'private' NOT NULL,
	`landing_url` text,
	`allow_email` integer DEFAULT false NOT NULL,
	`campaign_entry_subject` text,
	`campaign_entry_message` text,
	`reward_notify_subject` text,
	`reward_notify_message` text,
	`twoway_reward_notify_subject` text,
	`twoway_reward_notify_message` text,
	`allow_countdown` integer DEFAULT false NOT NULL,
	`countdown_end` integer,
	`date_added` integer NOT NULL,
	`double_opt_in` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`brand_id`) REFERENCES `brands`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "campaigns_goal" CHECK(goal_type <> 'visit' OR coalesce(num_visits, 0) >= 1)
);
--> statement-breakpoint
CREATE INDEX `campaigns_of_member` ON `campaigns` (`member_id`);--> statement-breakpoint
CREATE INDEX `campaigns_of_brand` ON `campaigns` (`brand_id`);--> statement-breakpoint
CREATE INDEX `campaigns_public` ON `campaigns` (`brand_id`) WHERE publish = 'public';--> statement-breakpoint
CREATE TABLE `contest_entrants` (
	`campaign_id` integer NOT NULL,
	`part` integer NOT NULL,
	`list` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `part`),
	FOREIGN KEY (`campaign_id`) REFERENCES `contests`(`campaign_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contests` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`contest_name` text NOT NULL,
	`description` text,
	`start_date` integer NOT NULL,
	`end_date` integer NOT NULL,
	`max_winners` integer DEFAULT 1 NOT NULL,
	`max_display` integer DEFAULT 10 NOT NULL,
	`weighting` text DEFAULT 'entries' NOT NULL,
	`is_on` integer DEFAULT true NOT NULL,
	`seed` text NOT NULL,
	`commitment` text NOT NULL,
	`committed_at` integer NOT NULL,
	`draw_event` text,
	`drawn_at` integer,
	`revealed_seed` text,
	`entrants_hash` text,
	`entrants_count` integer,
	`total_entries` integer,
	`winners` text DEFAULT '[]' NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contests_due` ON `contests` (`end_date`) WHERE drawn_at IS NULL AND is_on = 1;--> statement-breakpoint
CREATE TABLE `account_days` (
	`member_id` integer NOT NULL,
	`day` text NOT NULL,
	`signups` integer DEFAULT 0 NOT NULL,
	`shares` integer DEFAULT 0 NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`impressions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`member_id`, `day`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_rolls` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`rolled_to` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_rolls_behind` ON `account_rolls` (`rolled_to`);--> statement-breakpoint
CREATE TABLE `campaign_drafts` (
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`settings` text NOT NULL,
	`date_changed` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `kind`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `images` (
	`key` text PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `images_of_member` ON `images` (`member_id`);--> statement-breakpoint
CREATE TABLE `goal_falls` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`mark` text NOT NULL,
	`origin` text NOT NULL,
	`looked_up_to` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`request_event` text NOT NULL,
	`leased_until` integer NOT NULL,
	`is_committed` integer DEFAULT false NOT NULL,
	`status` integer,
	`body` text,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_expiry` ON `idempotency_keys` (`expires_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`last_run_at` integer NOT NULL,
	`last_success_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mail_days` (
	`member_id` integer NOT NULL,
	`day` text NOT NULL,
	`mails` integer NOT NULL,
	PRIMARY KEY(`member_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mails` (
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
CREATE UNIQUE INDEX `mails_cause_unique` ON `mails` (`cause`);--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `mails_sending` ON `mails` (`leased_until`) WHERE status = 'sending';--> statement-breakpoint
CREATE INDEX `mails_of_participant` ON `mails` (`participant_id`) WHERE participant_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_of_member` ON `mails` (`member_id`,`kind`,`date_added`) WHERE participant_id IS NULL;--> statement-breakpoint
CREATE INDEX `mails_to` ON `mails` (`recipient`,`date_tried`) WHERE recipient IS NOT NULL;--> statement-breakpoint
CREATE TABLE `suppressions` (
	`member_id` integer NOT NULL,
	`email_hash` text NOT NULL,
	`date` integer NOT NULL,
	PRIMARY KEY(`member_id`, `email_hash`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`email` text NOT NULL,
	`has_signedup` integer DEFAULT false NOT NULL,
	`date_invited` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_once` ON `invitations` (`participant_id`,`email`);--> statement-breakpoint
CREATE INDEX `invitations_of_campaign` ON `invitations` (`campaign_id`,`email`);--> statement-breakpoint
CREATE TABLE `participants` (
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
CREATE UNIQUE INDEX `participants_email` ON `participants` (`campaign_id`,`email`);--> statement-breakpoint
CREATE INDEX `participants_of_member` ON `participants` (`member_id`);--> statement-breakpoint
CREATE INDEX `participants_of_campaign` ON `participants` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `participants_invited` ON `participants` (`invited_by`) WHERE invited_by IS NOT NULL;--> statement-breakpoint
CREATE INDEX `participants_external` ON `participants` (`campaign_id`,`external_id`) WHERE external_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `participants_unusual` ON `participants` (`campaign_id`,`status`) WHERE status <> 'active';--> statement-breakpoint
CREATE INDEX `participants_ranking` ON `participants` (`campaign_id`,referral_count DESC,click_count DESC) WHERE status = 'active' AND (referral_count > 0 OR click_count > 0);--> statement-breakpoint
CREATE TABLE `scores` (
	`campaign_id` integer NOT NULL,
	`referral_count` integer NOT NULL,
	`click_count` integer NOT NULL,
	`participants` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `referral_count`, `click_count`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `shares` (
	`participant_id` integer NOT NULL,
	`social_type` integer NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`date_shared` integer NOT NULL,
	PRIMARY KEY(`participant_id`, `social_type`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visits` (
	`participant_id` integer NOT NULL,
	`day` text NOT NULL,
	`visitor` text NOT NULL,
	`click_event` text NOT NULL,
	PRIMARY KEY(`participant_id`, `day`, `visitor`)
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
CREATE INDEX `purges_progress` ON `purges` (`date_purged`,`date_deleted`);--> statement-breakpoint
CREATE TABLE `coupons` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`code` text NOT NULL,
	`code_key` text NOT NULL,
	`reward_id` integer,
	`date_assigned` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_code` ON `coupons` (`campaign_id`,`code_key`);--> statement-breakpoint
CREATE INDEX `coupons_of_campaign` ON `coupons` (`campaign_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_reward` ON `coupons` (`reward_id`) WHERE reward_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `rewards` (
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
CREATE INDEX `rewards_of_member` ON `rewards` (`member_id`,`date_earned`);--> statement-breakpoint
CREATE INDEX `rewards_of_campaign` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`);--> statement-breakpoint
CREATE INDEX `rewards_pending` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `rewards_revoked` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE status = 'revoked';--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`person_id` integer,
	`via` text NOT NULL,
	`action` text NOT NULL,
	`path` text NOT NULL,
	`date` integer NOT NULL,
	`key_prefix` text,
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `audit_entries_of_account` ON `audit_entries` (`account_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_person` ON `audit_entries` (`person_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`account_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`role` text NOT NULL,
	`date_added` integer NOT NULL,
	PRIMARY KEY(`account_id`, `person_id`),
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `memberships_of_person` ON `memberships` (`person_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`token_hash` text NOT NULL,
	`person_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`agent` text,
	`date_signedin` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_of_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE INDEX `sessions_of_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `team_invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`date_invited` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_invitations_once` ON `team_invitations` (`account_id`,`email`);--> statement-breakpoint
CREATE TABLE `deliveries` (
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
	`lease` text,
	`answers_of` integer
);
--> statement-breakpoint
CREATE INDEX `deliveries_answers` ON `deliveries` (`answers_of`) WHERE answers_of IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`webhook_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `deliveries_failed` ON `deliveries` (`webhook_id`,`event_id`) WHERE status = 'failed';--> statement-breakpoint
CREATE TABLE `events` (
	`campaign_id` integer NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`participant_id` integer,
	`reward_id` integer,
	`data` text NOT NULL,
	`date` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer,
	`link` text NOT NULL,
	`message` text,
	`events` text,
	`status` text DEFAULT 'active' NOT NULL,
	`disabled_reason` text,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_expires` integer,
	`failing_since` integer,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhooks_of_member` ON `webhooks` (`member_id`);--> statement-breakpoint
CREATE INDEX `webhooks_of_campaign` ON `webhooks` (`campaign_id`) WHERE campaign_id IS NOT NULL;--> statement-breakpoint
-- Everything below, and each WITHOUT ROWID above, is written by hand: drizzle-kit does not generate it.
CREATE TRIGGER `account_days_without_campaign` BEFORE DELETE ON `campaigns` BEGIN
	UPDATE `account_days` SET
		`signups` = `account_days`.`signups` - d.`signups`,
		`shares` = `account_days`.`shares` - d.`shares`,
		`clicks` = `account_days`.`clicks` - d.`clicks`,
		`impressions` = `account_days`.`impressions` - d.`impressions`
	FROM `campaign_days` d
	WHERE d.`campaign_id` = OLD.`id` AND `account_days`.`member_id` = OLD.`member_id` AND `account_days`.`day` = d.`day`;
END;
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
--> statement-breakpoint
INSERT INTO `plans` (`id`, `name`, `price_cents`, `campaigns_participants`, `no_of_domains`, `unit`, `no_unit`, `days`) VALUES
	(1, 'Free', 0, 500, 1, 'month', 1, 30),
	(2, 'Growth', 900, 0, 10, 'month', 1, 30),
	(3, 'Pioneer', 29900, 0, 0, 'month', 1, 30);
