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
ALTER TABLE `members` ADD `needs_second_factor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `stage` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `ends_at` integer;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `trigger` text DEFAULT 'conversion' NOT NULL;--> statement-breakpoint
CREATE INDEX `rewards_of_rules` ON `rewards` (`earn_event`) WHERE rule_id IS NOT NULL AND conversion_id IS NULL;