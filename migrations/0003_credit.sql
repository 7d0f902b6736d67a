CREATE TABLE `aliases` (
	`campaign_id` integer NOT NULL,
	`code` text NOT NULL,
	`participant_id` integer NOT NULL,
	`import_key` text,
	PRIMARY KEY(`campaign_id`, `code`)
);
--> statement-breakpoint
CREATE INDEX `aliases_of_participant` ON `aliases` (`participant_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`key` text NOT NULL,
	`is_told` integer NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`date_added` integer NOT NULL,
	`undo_before` integer,
	`date_undone` integer,
	`kept` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_once` ON `imports` (`campaign_id`,`key`);--> statement-breakpoint
CREATE INDEX `imports_open` ON `imports` (`id`) WHERE undo_before IS NOT NULL AND date_undone IS NULL;--> statement-breakpoint
CREATE TABLE `input_aliases` (
	`campaign_id` integer NOT NULL,
	`alias` text NOT NULL,
	`sale_id` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `alias`)
);
--> statement-breakpoint
CREATE TABLE `input_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`input_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`key` text NOT NULL,
	`type` text NOT NULL,
	`is_test` integer NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`act` text,
	`event_name` text NOT NULL,
	`sale_id` text,
	`amount` integer,
	`currency` text,
	`command` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text,
	`date_added` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `input_events_once` ON `input_events` (`input_id`,`key`);--> statement-breakpoint
CREATE INDEX `input_events_of_campaign` ON `input_events` (`campaign_id`,`input_id`);--> statement-breakpoint
CREATE INDEX `input_events_due` ON `input_events` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `input_events_waiting` ON `input_events` (`input_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `inputs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`secret` text,
	`event_name` text NOT NULL,
	`test_mode` integer NOT NULL,
	`status` text NOT NULL,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inputs_key_unique` ON `inputs` (`key`);--> statement-breakpoint
CREATE INDEX `inputs_of_campaign` ON `inputs` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `payout_lines` (
	`payout_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`netted` integer NOT NULL,
	`rewards` integer NOT NULL,
	`date_undone` integer,
	PRIMARY KEY(`payout_id`, `campaign_id`, `participant_id`, `currency`)
);
--> statement-breakpoint
CREATE INDEX `payout_lines_of_campaign` ON `payout_lines` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `payout_lines_netted` ON `payout_lines` (`campaign_id`,`participant_id`) WHERE netted <> 0 AND date_undone IS NULL;--> statement-breakpoint
CREATE TABLE `payouts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`reference` text NOT NULL,
	`by` text,
	`date_added` integer NOT NULL,
	`event` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payouts_of_member` ON `payouts` (`member_id`,`event`);--> statement-breakpoint
CREATE TABLE `redemptions` (
	`participant_id` integer NOT NULL,
	`redemption_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`date_added` integer NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`participant_id`, `redemption_id`)
);
--> statement-breakpoint
CREATE INDEX `redemptions_of` ON `redemptions` (`participant_id`,`date_added`);--> statement-breakpoint
CREATE TABLE `releases` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`key` text NOT NULL,
	`quota` integer,
	`min_referrals` integer,
	`signed_up_before` integer,
	`participant_ids` text,
	`admitted` integer DEFAULT 0 NOT NULL,
	`round` text DEFAULT '[]' NOT NULL,
	`cursor_key` integer,
	`cursor_ticket` integer,
	`origin` text NOT NULL,
	`date_added` integer NOT NULL,
	`date_finished` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `releases_of_campaign` ON `releases` (`campaign_id`,`key`);--> statement-breakpoint
CREATE INDEX `releases_open` ON `releases` (`id`) WHERE date_finished IS NULL;--> statement-breakpoint
CREATE TABLE `waitlist_buckets` (
	`campaign_id` integer NOT NULL,
	`bucket` integer NOT NULL,
	`waiting` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `bucket`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `members` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `members` ADD `needs_second_factor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_rewards` ADD `credit_cents` integer;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `waitlist_tickets` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `admitted_notify_subject` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `admitted_notify_message` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `waitlist_enabled` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `waitlist_places_per_friend` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `stage` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `ends_at` integer;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `trigger` text DEFAULT 'conversion' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `image_url` text;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `visible` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `conversions` ADD `attributed_by` text;--> statement-breakpoint
ALTER TABLE `conversions` ADD `mailbox` text;--> statement-breakpoint
CREATE INDEX `conversions_of_mailbox` ON `conversions` (`campaign_id`,`mailbox`) WHERE mailbox IS NOT NULL;--> statement-breakpoint
ALTER TABLE `import_layouts` ADD `encoding` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `checkout_code` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `checkout_key` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `email_since` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `waitlist_ticket` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `waitlist_key` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `admitted_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `participants_checkout` ON `participants` (`campaign_id`,`checkout_key`) WHERE checkout_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `participants_waiting` ON `participants` (`campaign_id`,`waitlist_key`,waitlist_ticket DESC) WHERE waitlist_key IS NOT NULL;--> statement-breakpoint
ALTER TABLE `rewards` ADD `credit_cents` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `payout_id` integer;--> statement-breakpoint
CREATE INDEX `rewards_of_rules` ON `rewards` (`earn_event`) WHERE rule_id IS NOT NULL AND conversion_id IS NULL;--> statement-breakpoint
CREATE INDEX `rewards_store_credit` ON `rewards` (`participant_id`) WHERE reward_type = 6 AND status = 'fulfilled';--> statement-breakpoint
CREATE INDEX `rewards_owed_back` ON `rewards` (`campaign_id`,`participant_id`) WHERE owed_back IS NOT NULL;--> statement-breakpoint
CREATE INDEX `rewards_of_payout` ON `rewards` (`payout_id`) WHERE payout_id IS NOT NULL;