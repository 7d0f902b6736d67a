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
ALTER TABLE `sessions` ADD `is_test` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_of_tests` ON `mails` (`member_id`,`id`) WHERE provider_id = 'test';