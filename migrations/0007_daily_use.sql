CREATE TABLE `saved_views` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`is_shared` integer NOT NULL,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `saved_views_of_list` ON `saved_views` (`account_id`,`list`,`is_shared`,`person_id`);--> statement-breakpoint
CREATE INDEX `saved_views_of_person` ON `saved_views` (`person_id`);--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupons_expired` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupons_look_at` integer;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupons_fenced` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_stats_to_look` ON `campaign_stats` (`coupons_look_at`) WHERE coupons_look_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `rule_counts` ADD `behind` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `participants` ADD `is_denied` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `denied_friends` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `participants_denied` ON `participants` (`invited_by`) WHERE is_denied = 1;--> statement-breakpoint
CREATE INDEX `participants_with_denied` ON `participants` (`campaign_id`) WHERE denied_friends > 0;--> statement-breakpoint
ALTER TABLE `reviews` ADD `recounts_at` integer;--> statement-breakpoint
CREATE INDEX `reviews_due_in_turn` ON `reviews` (`member_id`,`decides_at`) WHERE state = 'open' AND decides_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reviews_settling_in_turn` ON `reviews` (`member_id`,`settles_at`) WHERE settles_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reviews_recounting` ON `reviews` (`recounts_at`) WHERE recounts_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD `valid_until` integer;--> statement-breakpoint
ALTER TABLE `coupons` ADD `last_day` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `date_expired` integer;--> statement-breakpoint
CREATE INDEX `coupons_tape` ON `coupons` (`campaign_id`,`id`,`valid_until`) WHERE date_expired IS NULL;--> statement-breakpoint
CREATE INDEX `coupons_ending` ON `coupons` (`campaign_id`,`valid_until`) WHERE valid_until IS NOT NULL AND date_expired IS NULL AND reward_id IS NULL;--> statement-breakpoint
CREATE INDEX `coupons_expired` ON `coupons` (`campaign_id`) WHERE date_expired IS NOT NULL;--> statement-breakpoint
--- By hand:
CREATE TRIGGER `reviews_deny` AFTER UPDATE OF `state` ON `reviews` WHEN NEW.`id` % 2 = 0 AND NEW.`state` <> OLD.`state` BEGIN
	UPDATE `participants` SET `is_denied` = (NEW.`state` = 'denied' AND (NEW.`is_holding` OR NEW.`by` IS NOT 'rule'))
	WHERE `id` = NEW.`participant_id` AND coalesce(`is_denied`, 0) <> (NEW.`state` = 'denied' AND (NEW.`is_holding` OR NEW.`by` IS NOT 'rule'));
END;
--> statement-breakpoint
CREATE TRIGGER `participants_deny` AFTER UPDATE OF `is_denied`, `invited_by`, `credit_event` ON `participants` WHEN OLD.`is_denied` = 1 OR NEW.`is_denied` = 1 BEGIN
	UPDATE `participants` SET `denied_friends` = `denied_friends` - 1 WHERE `id` = OLD.`invited_by` AND OLD.`is_denied` = 1 AND OLD.`credit_event` IS NOT NULL;
	UPDATE `participants` SET `denied_friends` = `denied_friends` + 1 WHERE `id` = NEW.`invited_by` AND NEW.`is_denied` = 1 AND NEW.`credit_event` IS NOT NULL;
END;
--> statement-breakpoint
UPDATE `participants` SET `is_denied` = 1 WHERE `id` IN (
	SELECT `participant_id` FROM `reviews` WHERE `state` = 'denied' AND `id` % 2 = 0 AND (`is_holding` OR `by` IS NOT 'rule'));
--> statement-breakpoint
CREATE TRIGGER `rewards_again` AFTER UPDATE OF `earn_event` ON `rewards` WHEN OLD.`status` = 'revoked' AND NEW.`status` <> 'revoked' BEGIN
	INSERT OR IGNORE INTO `credits` (`participant_id`, `reward_id`, `event`, `conversion_id`, `amount`, `reason`, `status`, `by`, `date`)
	VALUES (OLD.`participant_id`, OLD.`id`, OLD.`earn_event`, NULL, NULL, 'earned', 'held', NULL, OLD.`date_earned`);
	INSERT INTO `credits` (`participant_id`, `reward_id`, `event`, `conversion_id`, `amount`, `reason`, `status`, `by`, `date`)
	VALUES (NEW.`participant_id`, NEW.`id`, NEW.`earn_event`, NULL, NULL, 'earned again', iif(NEW.`needs_approval` IS NULL, NEW.`status`, 'held'), NULL, NEW.`date_earned`);
	UPDATE `campaign_stats` SET `rewards_revoked` = `rewards_revoked` - 1 WHERE `campaign_id` = NEW.`campaign_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `vetoes_ask_again` AFTER UPDATE OF `earn_event` ON `rewards` WHEN NEW.`in_veto` = 1 BEGIN
	INSERT INTO `veto_calls` (`id`, `member_id`, `campaign_id`, `state`, `status`, `asked_at`, `next_attempt_at`, `date_added`)
	VALUES (NEW.`id`, NEW.`member_id`, NEW.`campaign_id`, 'waiting', 'pending', coalesce(NEW.`held_until`, NEW.`date_earned`), coalesce(NEW.`held_until`, NEW.`date_earned`), NEW.`date_earned`)
	ON CONFLICT (`id`) DO UPDATE SET `state` = 'waiting', `status` = 'pending', `code` = NULL, `error` = NULL, `attempts` = 0,
		`asked_at` = excluded.`asked_at`, `next_attempt_at` = excluded.`next_attempt_at`, `hinted_until` = NULL, `leased_until` = NULL, `lease` = NULL, `date_added` = excluded.`date_added`;
END;
