ALTER TABLE `campaign_rules` ADD `is_counted` integer;--> statement-breakpoint
ALTER TABLE `input_events` ADD `half` text;--> statement-breakpoint
ALTER TABLE `input_events` ADD `half_at` integer;--> statement-breakpoint
ALTER TABLE `input_events` ADD `other_half` text;--> statement-breakpoint
CREATE INDEX `input_events_halves` ON `input_events` (`input_id`,`half`) WHERE half IS NOT NULL;--> statement-breakpoint
ALTER TABLE `inputs` ADD `has_links` integer;