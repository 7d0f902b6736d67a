ALTER TABLE `campaign_stats` ADD `coupons_expired` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupons_look_at` integer;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupons_fenced` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_stats_to_look` ON `campaign_stats` (`coupons_look_at`) WHERE coupons_look_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD `valid_until` integer;--> statement-breakpoint
ALTER TABLE `coupons` ADD `last_day` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `date_expired` integer;--> statement-breakpoint
CREATE INDEX `coupons_tape` ON `coupons` (`campaign_id`,`id`,`valid_until`) WHERE date_expired IS NULL;--> statement-breakpoint
CREATE INDEX `coupons_ending` ON `coupons` (`campaign_id`,`valid_until`) WHERE valid_until IS NOT NULL AND date_expired IS NULL AND reward_id IS NULL;--> statement-breakpoint
CREATE INDEX `coupons_expired` ON `coupons` (`campaign_id`) WHERE date_expired IS NOT NULL;