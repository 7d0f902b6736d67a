ALTER TABLE `members` ADD `needs_second_factor` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `stage` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `ends_at` integer;