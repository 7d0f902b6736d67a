ALTER TABLE `audit_entries` ADD `key_prefix` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `answers_of` integer;--> statement-breakpoint
CREATE INDEX `deliveries_answers` ON `deliveries` (`answers_of`) WHERE answers_of IS NOT NULL;