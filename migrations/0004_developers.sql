ALTER TABLE `api_keys` ADD `name` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `mode` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `scopes` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `allowed_origins` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `rolled_at` integer;--> statement-breakpoint
CREATE INDEX `api_keys_revoked` ON `api_keys` (`revoked_at`) WHERE revoked_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `api_keys_rolled` ON `api_keys` (`rolled_at`) WHERE rolled_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `test_of` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `members_test_of` ON `members` (`test_of`) WHERE test_of IS NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `rewards_expired` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `credit_expired` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `expires_days` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `date_expired` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `expired_amount` integer;--> statement-breakpoint
CREATE INDEX `rewards_expiring` ON `rewards` (`expires_at`) WHERE expires_at IS NOT NULL AND (status = 'pending' OR status = 'fulfilled' AND reward_type = 6);--> statement-breakpoint
CREATE INDEX `rewards_expired` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE date_expired IS NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `is_test` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `scopes` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `app_name` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `app_host` text;--> statement-breakpoint
CREATE INDEX `mails_of_tests` ON `mails` (`member_id`,`id`) WHERE provider_id = 'test';