CREATE TABLE `authenticators` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`date_added` integer NOT NULL,
	`date_confirmed` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `known_places` (
	`member_id` integer NOT NULL,
	`hash` text NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`member_id`, `hash`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`member_id` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`member_id`, `hash`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`detail` text NOT NULL,
	`raised_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`resolved_at` integer,
	`told_at` integer,
	`told_resolved_at` integer,
	`claimed_until` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open` ON `alerts` (`name`) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX `alerts_resolved` ON `alerts` (`resolved_at`) WHERE resolved_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` integer PRIMARY KEY NOT NULL,
	`outbox` text,
	`ids` text NOT NULL,
	`date` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dead_letters_date` ON `dead_letters` (`date`);--> statement-breakpoint
CREATE TABLE `past_contests` (
	`campaign_id` integer NOT NULL,
	`number` integer NOT NULL,
	`brand_id` integer,
	`is_public` integer DEFAULT false NOT NULL,
	`contest_name` text,
	`description` text,
	`start_date` integer NOT NULL,
	`end_date` integer NOT NULL,
	`max_winners` integer NOT NULL,
	`weighting` text NOT NULL,
	`commitment` text NOT NULL,
	`committed_at` integer NOT NULL,
	`previous_hash` text,
	`known_participant` integer,
	`changes` integer DEFAULT 0 NOT NULL,
	`changed_at` integer,
	`drawn_at` integer,
	`revealed_seed` text,
	`entrants_hash` text,
	`entrants_count` integer,
	`total_entries` integer,
	`winners` text DEFAULT '[]' NOT NULL,
	`removed_at` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `past_contests_of_brand` ON `past_contests` (`brand_id`,`drawn_at`) WHERE drawn_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `past_entrants` (
	`campaign_id` integer NOT NULL,
	`number` integer NOT NULL,
	`part` integer NOT NULL,
	`list` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `number`, `part`)
);
--> statement-breakpoint
CREATE TABLE `database_mark` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`restored_to` integer,
	`noticed_at` integer
);
--> statement-breakpoint
CREATE TABLE `used_places` (
	`member_id` integer NOT NULL,
	`day` text NOT NULL,
	`places` integer NOT NULL,
	PRIMARY KEY(`member_id`, `day`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `import_layouts` (
	`member_id` integer NOT NULL,
	`columns` text NOT NULL,
	`roles` text NOT NULL,
	`dates` text,
	`date_changed` integer NOT NULL,
	PRIMARY KEY(`member_id`, `columns`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `database_size` (
	`id` integer PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`noted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `blocked_mailboxes` (
	`mailbox` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`until` integer,
	`date` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox_holds` (
	`outbox` text NOT NULL,
	`reason` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`set_by` text NOT NULL,
	PRIMARY KEY(`outbox`, `reason`)
);
--> statement-breakpoint
CREATE TABLE `coupon_uploads` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`key` text NOT NULL,
	`name` text,
	`added` integer NOT NULL,
	`date_added` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coupon_uploads_key` ON `coupon_uploads` (`campaign_id`,`key`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `maker_id` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `suspended_at` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `suspended_for` text;--> statement-breakpoint
ALTER TABLE `members` ADD `sending_paused_at` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `registration` text;--> statement-breakpoint
CREATE UNIQUE INDEX `members_registration` ON `members` (`registration`) WHERE registration IS NOT NULL;--> statement-breakpoint
ALTER TABLE `brands` ADD `proven_at` integer;--> statement-breakpoint
ALTER TABLE `brands` ADD `proof_method` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `proof_checked_at` integer;--> statement-breakpoint
ALTER TABLE `brands` ADD `proof_failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `brands` ADD `reply_to` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `suspended_at` integer;--> statement-breakpoint
ALTER TABLE `brands` ADD `suspended_for` text;--> statement-breakpoint
CREATE INDEX `brands_proven` ON `brands` (`proof_checked_at`) WHERE proven_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `impressions_flushed_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `is_suspended` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `contests` ADD `number` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `contests` ADD `previous_hash` text;--> statement-breakpoint
ALTER TABLE `contests` ADD `known_participant` integer;--> statement-breakpoint
ALTER TABLE `contests` ADD `changes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contests` ADD `changed_at` integer;--> statement-breakpoint
ALTER TABLE `images` ADD `suspended_at` integer;--> statement-breakpoint
ALTER TABLE `images` ADD `suspended_for` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `last_ms` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `slowest_ms` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `slowest_at` integer;--> statement-breakpoint
ALTER TABLE `mail_days` ADD `bounces` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `mail_days` ADD `complaints` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `mail_days_of` ON `mail_days` (`day`);--> statement-breakpoint
ALTER TABLE `mails` ADD `mailbox` text;--> statement-breakpoint
ALTER TABLE `mails` ADD `held_for` text;--> statement-breakpoint
ALTER TABLE `mails` ADD `detail` text;--> statement-breakpoint
ALTER TABLE `mails` ADD `provider_id` text;--> statement-breakpoint
CREATE INDEX `mails_held` ON `mails` (`member_id`) WHERE held_for IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_in` ON `mails` (`mailbox`,`date_tried`) WHERE mailbox IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_by_provider_id` ON `mails` (`provider_id`) WHERE provider_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_failed` ON `mails` (`date_added`,`error`) WHERE status IN ('failed', 'bounced', 'complained');--> statement-breakpoint
ALTER TABLE `participants` ADD `mailbox` text;--> statement-breakpoint
CREATE INDEX `participants_credited` ON `participants` (`campaign_id`,`mailbox`) WHERE credit_event IS NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD `upload_id` integer;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `target` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `is_unproven` integer DEFAULT false NOT NULL;--> statement-breakpoint
--- By hand:
CREATE TRIGGER `contests_stay_on_record` BEFORE DELETE ON `contests`
WHEN OLD.`drawn_at` IS NOT NULL OR EXISTS (SELECT 1 FROM `campaigns` WHERE `id` = OLD.`campaign_id`) BEGIN
	INSERT INTO `past_contests` (`campaign_id`, `number`, `brand_id`, `is_public`, `contest_name`, `description`, `start_date`, `end_date`,
		`max_winners`, `weighting`, `commitment`, `committed_at`, `previous_hash`, `known_participant`, `changes`, `changed_at`, `drawn_at`,
		`revealed_seed`, `entrants_hash`, `entrants_count`, `total_entries`, `winners`, `removed_at`)
	SELECT OLD.`campaign_id`, max(OLD.`number`, 1 + coalesce((SELECT max(`number`) FROM `past_contests` WHERE `campaign_id` = OLD.`campaign_id`), 0)),
		c.`brand_id`, coalesce(c.`publish` = 'public', 0), OLD.`contest_name`, OLD.`description`, OLD.`start_date`, OLD.`end_date`,
		OLD.`max_winners`, OLD.`weighting`, OLD.`commitment`, OLD.`committed_at`, OLD.`previous_hash`, OLD.`known_participant`, OLD.`changes`,
		OLD.`changed_at`, OLD.`drawn_at`, OLD.`revealed_seed`, OLD.`entrants_hash`, OLD.`entrants_count`, OLD.`total_entries`, OLD.`winners`,
		CAST(unixepoch('subsec') * 1000 AS INTEGER)
	FROM (SELECT 1) LEFT JOIN `campaigns` c ON c.`id` = OLD.`campaign_id`;
	INSERT INTO `past_entrants` (`campaign_id`, `number`, `part`, `list`)
	SELECT e.`campaign_id`, (SELECT max(`number`) FROM `past_contests` WHERE `campaign_id` = OLD.`campaign_id`), e.`part`, e.`list`
	FROM `contest_entrants` e WHERE e.`campaign_id` = OLD.`campaign_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `draws_outlive_campaigns` BEFORE DELETE ON `campaigns` BEGIN
	DELETE FROM `contests` WHERE `campaign_id` = OLD.`id` AND `drawn_at` IS NOT NULL;
	UPDATE `past_contests` SET `contest_name` = NULL, `description` = NULL WHERE `campaign_id` = OLD.`id`;
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_once` ON `webhooks` (`member_id`, `target`, coalesce(`campaign_id`, 0), coalesce(`events`, ''));
