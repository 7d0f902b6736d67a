CREATE TABLE `participant_versions` (
	`participant_id` integer NOT NULL,
	`until` integer NOT NULL,
	`email` text,
	`name` text,
	`external_id` text,
	`metadata` text,
	`date` integer NOT NULL,
	PRIMARY KEY(`participant_id`, `until`)
);
--> statement-breakpoint
CREATE INDEX `participant_versions_old` ON `participant_versions` (`date`);--> statement-breakpoint
CREATE TABLE `event_days` (
	`day` text PRIMARY KEY NOT NULL,
	`participant_id` integer NOT NULL
);
--> statement-breakpoint
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
ALTER TABLE `conversions` ADD `paid` integer;--> statement-breakpoint
ALTER TABLE `refunds` ADD `currency` text;--> statement-breakpoint
ALTER TABLE `refunds` ADD `part` text;--> statement-breakpoint
ALTER TABLE `refunds` ADD `is_total` integer;--> statement-breakpoint
ALTER TABLE `refunds` ADD `of_paid` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `date_expired` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `expired_amount` integer;--> statement-breakpoint
CREATE INDEX `rewards_expiring` ON `rewards` (`expires_at`) WHERE expires_at IS NOT NULL AND (status = 'pending' OR status = 'fulfilled' AND reward_type = 6);--> statement-breakpoint
CREATE INDEX `rewards_to_approve` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE needs_approval = 1;--> statement-breakpoint
CREATE INDEX `rewards_expired` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE date_expired IS NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `is_test` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `scopes` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `app_name` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `app_host` text;--> statement-breakpoint
ALTER TABLE `events` ADD `member_id` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `sequence` integer;--> statement-breakpoint
CREATE INDEX `events_log` ON `events` (`member_id`,`sequence`) WHERE sequence & 63 = 0;--> statement-breakpoint
CREATE INDEX `input_aliases_of` ON `input_aliases` (`campaign_id`,`sale_id`);--> statement-breakpoint
CREATE INDEX `mails_of_tests` ON `mails` (`member_id`,`id`) WHERE provider_id = 'test';--> statement-breakpoint
--- By hand:
CREATE TRIGGER `participants_clock` AFTER DELETE ON `participants` WHEN OLD.`id` > (SELECT coalesce(max(`id`), 0) FROM `participants`) BEGIN
	INSERT INTO `participants` (`id`, `member_id`, `campaign_id`, `status`, `date_signedup`, `signup_event`)
	VALUES (OLD.`id`, 0, 0, 'erased', OLD.`date_signedup`, 'clock');
END;
--> statement-breakpoint
CREATE TRIGGER `events_gone` AFTER DELETE ON `events` WHEN OLD.`sequence` >= (SELECT coalesce(max(`id`), 0) FROM `participants`) * 1048576 BEGIN
	INSERT INTO `participants` (`id`, `member_id`, `campaign_id`, `status`, `date_signedup`, `signup_event`)
	VALUES ((SELECT coalesce(max(`id`), 0) + 1 FROM `participants`), 0, 0, 'erased', OLD.`date`, 'clock');
END;
--> statement-breakpoint
CREATE TRIGGER `events_full` AFTER INSERT ON `events` WHEN NEW.`sequence` & 524288 AND NEW.`sequence` >= (SELECT coalesce(max(`id`), 0) FROM `participants`) * 1048576 BEGIN
	INSERT INTO `participants` (`id`, `member_id`, `campaign_id`, `status`, `date_signedup`, `signup_event`)
	VALUES ((SELECT coalesce(max(`id`), 0) + 1 FROM `participants`), 0, 0, 'erased', NEW.`date`, 'clock');
END;
--> statement-breakpoint
CREATE TRIGGER `events_of_earlier_code` AFTER INSERT ON `events` WHEN NEW.`sequence` IS NULL AND NEW.`type` <> 'participant.signup' AND EXISTS (SELECT 1 FROM `event_days`) BEGIN
	UPDATE `events` SET `member_id` = c.`member_id`, `sequence` = 64 + max(
		(SELECT coalesce(max(`id`), 0) FROM `participants`) * 1048576,
		coalesce((SELECT max(x.`sequence`) FROM `events` x WHERE x.`member_id` = c.`member_id` AND x.`sequence` & 63 = 0), 0))
	FROM `campaigns` c WHERE c.`id` = NEW.`campaign_id` AND `events`.`campaign_id` = NEW.`campaign_id` AND `events`.`id` = NEW.`id`;
END;
--> statement-breakpoint
INSERT INTO `event_days` (`day`, `participant_id`) SELECT '', coalesce(max(`id`), 0) FROM `participants`;
