CREATE TABLE `campaign_rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`role` text NOT NULL,
	`event_name` text NOT NULL,
	`min_amount` integer NOT NULL,
	`first_only` integer NOT NULL,
	`threshold` integer NOT NULL,
	`repeat` text NOT NULL,
	`reward_type` integer NOT NULL,
	`redirect_url` text,
	`custom_message` text,
	`amount` integer,
	`basis_points` integer,
	`max_amount` integer,
	`duration_months` integer,
	`max_per_participant` integer,
	`max_per_month` integer,
	`hold_days` integer DEFAULT 0 NOT NULL,
	`needs_approval` integer DEFAULT false NOT NULL,
	`budget` integer,
	`title` text,
	`position` integer NOT NULL,
	`date_added` integer NOT NULL,
	`date_removed` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `campaign_rules_of` ON `campaign_rules` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `conversions` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer,
	`referrer_id` integer,
	`event_name` text NOT NULL,
	`external_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`metadata` text,
	`outcome` text NOT NULL,
	`decisions` text NOT NULL,
	`refunded` integer,
	`occurred_at` integer NOT NULL,
	`date_added` integer NOT NULL,
	`event` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversions_once` ON `conversions` (`campaign_id`,`event_name`,`external_id`);--> statement-breakpoint
CREATE INDEX `conversions_of_campaign` ON `conversions` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `conversions_of_participant` ON `conversions` (`participant_id`) WHERE participant_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `credits` (
	`participant_id` integer NOT NULL,
	`reward_id` integer NOT NULL,
	`event` text NOT NULL,
	`conversion_id` integer,
	`amount` integer,
	`reason` text NOT NULL,
	`status` text,
	`by` text,
	`rule` text,
	`date` integer NOT NULL,
	PRIMARY KEY(`participant_id`, `reward_id`, `event`)
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`campaign_id` integer NOT NULL,
	`event_name` text NOT NULL,
	`external_id` text NOT NULL,
	`refund_id` text NOT NULL,
	`amount` integer,
	`reason` text,
	`date_added` integer NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `event_name`, `external_id`, `refund_id`)
);
--> statement-breakpoint
CREATE TABLE `rule_counts` (
	`participant_id` integer NOT NULL,
	`rule_id` integer NOT NULL,
	`reached` integer DEFAULT 0 NOT NULL,
	`granted` integer DEFAULT 0 NOT NULL,
	`month` text NOT NULL,
	`month_granted` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`participant_id`, `rule_id`)
);
--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `rewards_held` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `total_conversions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `rule_spent` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `recounted_to` integer DEFAULT 0;--> statement-breakpoint
CREATE INDEX `campaign_stats_recounts` ON `campaign_stats` (`recounted_to`) WHERE recounted_to IS NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `currency` text DEFAULT 'USD' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `default_emails` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `participants` ADD `form` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `is_visitor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `rewards` ADD `rule_id` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `conversion_id` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `amount` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `held_until` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `needs_approval` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `owed_back` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `currency` text;--> statement-breakpoint
CREATE INDEX `rewards_held` ON `rewards` (`held_until`) WHERE held_until IS NOT NULL AND needs_approval IS NOT 1;--> statement-breakpoint
--- By hand: the tables that drizzle-kit cannot write as WITHOUT ROWID.
DROP TABLE `credits`;--> statement-breakpoint
CREATE TABLE `credits` (
	`participant_id` integer NOT NULL,
	`reward_id` integer NOT NULL,
	`event` text NOT NULL,
	`conversion_id` integer,
	`amount` integer,
	`reason` text NOT NULL,
	`status` text,
	`by` text,
	`rule` text,
	`date` integer NOT NULL,
	PRIMARY KEY(`participant_id`, `reward_id`, `event`)
) WITHOUT ROWID;--> statement-breakpoint
DROP TABLE `rule_counts`;--> statement-breakpoint
CREATE TABLE `rule_counts` (
	`participant_id` integer NOT NULL,
	`rule_id` integer NOT NULL,
	`reached` integer DEFAULT 0 NOT NULL,
	`granted` integer DEFAULT 0 NOT NULL,
	`month` text NOT NULL,
	`month_granted` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`participant_id`, `rule_id`)
) WITHOUT ROWID;--> statement-breakpoint
DROP TABLE `refunds`;--> statement-breakpoint
CREATE TABLE `refunds` (
	`campaign_id` integer NOT NULL,
	`event_name` text NOT NULL,
	`external_id` text NOT NULL,
	`refund_id` text NOT NULL,
	`amount` integer,
	`reason` text,
	`date_added` integer NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`campaign_id`, `event_name`, `external_id`, `refund_id`)
) WITHOUT ROWID;
