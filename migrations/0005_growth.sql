CREATE TABLE `domains` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`brand_id` integer NOT NULL,
	`hostname` text NOT NULL,
	`state` text DEFAULT 'unverified' NOT NULL,
	`proven_at` integer,
	`cf_id` text,
	`ssl_state` text,
	`error` text,
	`checked_at` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`brand_id`) REFERENCES `brands`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `domains_proven` ON `domains` (`hostname`) WHERE proven_at IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `domains_of_brand` ON `domains` (`brand_id`,`hostname`);--> statement-breakpoint
CREATE INDEX `domains_of_member` ON `domains` (`member_id`);--> statement-breakpoint
CREATE INDEX `domains_checked` ON `domains` (`checked_at`) WHERE proven_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `exports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`filters` text NOT NULL,
	`date_added` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `exports_of_member` ON `exports` (`member_id`);--> statement-breakpoint
CREATE INDEX `exports_old` ON `exports` (`date_added`);--> statement-breakpoint
CREATE TABLE `import_jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`rows` integer NOT NULL,
	`token` text,
	`key` text NOT NULL,
	`sends_emails` integer NOT NULL,
	`sends_webhooks` integer NOT NULL,
	`leased_until` integer,
	`date_added` integer NOT NULL,
	`date_done` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `import_jobs_of_member` ON `import_jobs` (`member_id`);--> statement-breakpoint
CREATE INDEX `import_jobs_of_campaign` ON `import_jobs` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `import_jobs_running` ON `import_jobs` (`id`) WHERE status = 'running';--> statement-breakpoint
CREATE TABLE `import_parts` (
	`import_id` integer NOT NULL,
	`part` integer NOT NULL,
	`rows` text,
	`counts` text,
	`problems` text,
	PRIMARY KEY(`import_id`, `part`),
	FOREIGN KEY (`import_id`) REFERENCES `import_jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `notification_choices` (
	`account_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`name` text NOT NULL,
	`is_on` integer NOT NULL,
	PRIMARY KEY(`account_id`, `person_id`, `name`),
	FOREIGN KEY (`account_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `notification_choices_of_person` ON `notification_choices` (`person_id`);--> statement-breakpoint
CREATE TABLE `report_links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`brand_id` integer,
	`campaign_id` integer,
	`date_added` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`brand_id`) REFERENCES `brands`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "report_links_of_one" CHECK((brand_id IS NULL) <> (campaign_id IS NULL))
);
--> statement-breakpoint
CREATE INDEX `report_links_of_member` ON `report_links` (`member_id`);--> statement-breakpoint
CREATE INDEX `report_links_of_brand` ON `report_links` (`brand_id`) WHERE brand_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `report_links_of_campaign` ON `report_links` (`campaign_id`) WHERE campaign_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `fraud_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`action` text NOT NULL,
	`note` text,
	`expires_at` integer,
	`date_added` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fraud_entries_value` ON `fraud_entries` (`member_id`,`kind`,`value`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`referrer_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`score` integer NOT NULL,
	`reasons` text NOT NULL,
	`version` integer NOT NULL,
	`is_holding` integer NOT NULL,
	`event` text NOT NULL,
	`date_opened` integer NOT NULL,
	`decides_at` integer,
	`date_decided` integer,
	`by` text,
	`note` text,
	`settles_at` integer
);
--> statement-breakpoint
CREATE INDEX `reviews_of_member` ON `reviews` (`member_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_of_campaign` ON `reviews` (`campaign_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_of_referrer` ON `reviews` (`referrer_id`,`state`);--> statement-breakpoint
CREATE INDEX `reviews_due` ON `reviews` (`decides_at`) WHERE state = 'open' AND decides_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reviews_settling` ON `reviews` (`settles_at`) WHERE settles_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `transfers` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`order_key` text NOT NULL,
	`chain_id` integer,
	`token` text,
	`symbol` text,
	`amount` text,
	`state` text NOT NULL,
	`reason` text,
	`tries` integer DEFAULT 1 NOT NULL,
	`address` text,
	`wallet` text,
	`units` text,
	`approved_by` integer,
	`date_approved` integer,
	`hash` text,
	`block` integer,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text,
	`date_added` integer NOT NULL,
	`date_settled` integer
);
--> statement-breakpoint
CREATE INDEX `transfers_due` ON `transfers` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `transfers_of_member` ON `transfers` (`member_id`,`date_added`);--> statement-breakpoint
CREATE INDEX `transfers_of_member_in` ON `transfers` (`member_id`,`state`,`date_added`);--> statement-breakpoint
CREATE INDEX `transfers_of_campaign` ON `transfers` (`campaign_id`,`date_added`);--> statement-breakpoint
CREATE INDEX `transfers_of_campaign_in` ON `transfers` (`campaign_id`,`state`,`date_added`);--> statement-breakpoint
CREATE INDEX `transfers_to_approve` ON `transfers` (`member_id`,`date_added`) WHERE reason = 'approval';--> statement-breakpoint
CREATE INDEX `transfers_stopped` ON `transfers` (`reason`) WHERE state IN ('signing', 'sent') AND reason IS NOT NULL;--> statement-breakpoint
CREATE INDEX `transfers_failed` ON `transfers` (`date_settled`) WHERE state = 'failed';--> statement-breakpoint
CREATE TABLE `veto_calls` (
	`id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`state` text NOT NULL,
	`code` text,
	`error` text,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`asked_at` integer NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text,
	`date_added` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `veto_calls_due` ON `veto_calls` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `veto_calls_of_campaign` ON `veto_calls` (`campaign_id`,`status`,`id`);--> statement-breakpoint
CREATE TABLE `vetoes` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`link` text NOT NULL,
	`is_on` integer NOT NULL,
	`ending` text NOT NULL,
	`is_unproven` integer NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_expires` integer,
	`date_added` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `rewards_pending`;--> statement-breakpoint
ALTER TABLE `rewards` ADD `terms` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `in_review` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `in_veto` integer;--> statement-breakpoint
ALTER TABLE `rewards` ADD `token_state` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `token_reason` text;--> statement-breakpoint
ALTER TABLE `rewards` ADD `updated_at` integer;--> statement-breakpoint
CREATE INDEX `rewards_updated` ON `rewards` (`member_id`,`updated_at`) WHERE updated_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `rewards_in_review` ON `rewards` (`participant_id`) WHERE in_review = 1;--> statement-breakpoint
CREATE INDEX `rewards_without_transfer` ON `rewards` (`id`) WHERE reward_type = 4 AND status = 'pending' AND token_state IS NULL AND held_until IS NULL AND needs_approval IS NULL;--> statement-breakpoint
CREATE INDEX `rewards_pending` ON `rewards` (`campaign_id`,`reward_type`,(held_until IS NOT NULL OR needs_approval IS NOT NULL),`date_earned`) WHERE status = 'pending';--> statement-breakpoint
ALTER TABLE `members` ADD `digest_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `reviews_due_at` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `reviews_told_at` integer;--> statement-breakpoint
CREATE INDEX `members_reviews_due` ON `members` (`reviews_due_at`) WHERE reviews_due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `members_digest` ON `members` (`digest_at`) WHERE test_of IS NULL;--> statement-breakpoint
ALTER TABLE `brands` ADD `name` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `color` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `button_color` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `font_family` text;--> statement-breakpoint
ALTER TABLE `brands` ADD `link_host` text;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `conversions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `revenue` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `refunded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `tally` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_days` ADD `cohort` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_rewards` ADD `title` text;--> statement-breakpoint
ALTER TABLE `campaign_rewards` ADD `image_url` text;--> statement-breakpoint
ALTER TABLE `campaign_stats` ADD `coupon_alert_told` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `campaign_stats_untold` ON `campaign_stats` (`campaign_id`) WHERE coupon_alert <> coupon_alert_told;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `friend_emails` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `nudge_at` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `reminded_to` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `recapped_to` integer;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `recapped_in` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `fraud_mode` text DEFAULT 'hold' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `review_days` integer DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `review_ending` text DEFAULT 'by_score' NOT NULL;--> statement-breakpoint
CREATE INDEX `campaigns_nudged` ON `campaigns` (`nudge_at`) WHERE nudge_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign_rules` ADD `is_counted` integer;--> statement-breakpoint
ALTER TABLE `conversions` ADD `updated_at` integer;--> statement-breakpoint
CREATE INDEX `conversions_updated` ON `conversions` (`member_id`,`updated_at`) WHERE updated_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `input_events` ADD `half` text;--> statement-breakpoint
ALTER TABLE `input_events` ADD `half_at` integer;--> statement-breakpoint
ALTER TABLE `input_events` ADD `other_half` text;--> statement-breakpoint
CREATE INDEX `input_events_halves` ON `input_events` (`input_id`,`half`) WHERE half IS NOT NULL;--> statement-breakpoint
ALTER TABLE `inputs` ADD `has_links` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `wallet_address` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `updated_at` integer;--> statement-breakpoint
ALTER TABLE `participants` ADD `source` text;--> statement-breakpoint
ALTER TABLE `participants` ADD `stage` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `participants` ADD `first_friend` integer;--> statement-breakpoint
CREATE INDEX `participants_updated` ON `participants` (`member_id`,`updated_at`) WHERE updated_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD `updated_at` integer;--> statement-breakpoint
CREATE INDEX `coupons_updated` ON `coupons` (`campaign_id`,`updated_at`) WHERE updated_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `memberships` ADD `brand_ids` text;--> statement-breakpoint
ALTER TABLE `team_invitations` ADD `brand_ids` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `updated_at` integer;--> statement-breakpoint
CREATE INDEX `deliveries_updated` ON `deliveries` (`webhook_id`,`updated_at`) WHERE updated_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_unstamped` ON `deliveries` (`webhook_id`) WHERE updated_at IS NULL;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `failing_told` integer;--> statement-breakpoint
CREATE INDEX `webhooks_untold` ON `webhooks` (`failing_since`) WHERE failing_since IS NOT failing_told;--> statement-breakpoint
--- By hand:
CREATE VIEW credit_entries AS
  SELECT participant_id, reward_id, event, conversion_id, amount, reason, status, by, rule, date FROM credits
  UNION ALL SELECT participant_id, id, earn_event, conversion_id, terms ->> 'amount', 'earned', terms ->> 'status', 'rule ' || rule_id, terms -> 'rule', date_earned
    FROM rewards WHERE terms IS NOT NULL;
--> statement-breakpoint
CREATE TRIGGER transfers_end AFTER UPDATE OF status ON rewards WHEN NEW.reward_type = 4 AND OLD.status = 'pending' AND NEW.status <> 'pending' BEGIN
  UPDATE transfers SET status = 'done', state = 'cancelled', reason = NEW.status, lease = NULL WHERE id = NEW.id AND state = 'pending';
  UPDATE rewards SET token_state = 'cancelled', token_reason = NEW.status WHERE id = NEW.id AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = NEW.id AND t.state = 'cancelled');
END;
--> statement-breakpoint
CREATE TRIGGER `participants_stamp` AFTER UPDATE OF email, name, status, date_signedup, invited_by, invited_social, referral_url, external_id, checkout_code, metadata, referral_count, click_count, share_count, wallet_address ON `participants` WHEN NEW.`updated_at` IS OLD.`updated_at` BEGIN
	UPDATE `participants` SET `updated_at` = max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1024, 1 + coalesce((SELECT max(last.updated_at) FROM participants last INDEXED BY participants_updated WHERE last.member_id = NEW.member_id AND last.updated_at IS NOT NULL), 0)) WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `rewards_stamp` AFTER UPDATE OF status, amount, redirect_url, custom_message, cash_cents, credit_cents, token_symbol, token_address, token_amount, token_transaction, token_state, token_reason, date_fulfilled, held_until, needs_approval, expires_at, date_expired, expired_amount, owed_back, payout_id, note ON `rewards` WHEN NEW.`updated_at` IS OLD.`updated_at` BEGIN
	UPDATE `rewards` SET `updated_at` = max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1024, 1 + coalesce((SELECT max(last.updated_at) FROM rewards last INDEXED BY rewards_updated WHERE last.member_id = NEW.member_id AND last.updated_at IS NOT NULL), 0)) WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `coupons_stamp` AFTER UPDATE OF code, reward_id, date_assigned ON `coupons` WHEN NEW.`updated_at` IS OLD.`updated_at` AND NOT (OLD.reward_id IS NULL AND NEW.reward_id IS NOT NULL) BEGIN
	UPDATE `coupons` SET `updated_at` = max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1024, 1 + coalesce((SELECT max(last.updated_at) FROM coupons last INDEXED BY coupons_updated WHERE last.campaign_id = NEW.campaign_id AND last.updated_at IS NOT NULL), 0)) WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `conversions_clock` AFTER DELETE ON `conversions` WHEN OLD.`id` > (SELECT coalesce(max(`id`), 0) FROM `conversions`) BEGIN
	DELETE FROM `conversions` WHERE `campaign_id` = 0;
	INSERT INTO `conversions` (`id`, `member_id`, `campaign_id`, `event_name`, `external_id`, `amount`, `currency`, `outcome`, `decisions`, `occurred_at`, `date_added`, `event`)
	VALUES (OLD.`id`, 0, 0, 'clock', '', 0, 'USD', 'not_credited', '[]', OLD.`date_added`, OLD.`date_added`, 'clock');
END;
--> statement-breakpoint
CREATE TRIGGER `conversions_stamp` AFTER UPDATE OF amount, metadata, outcome, decisions, refunded ON `conversions` WHEN NEW.`updated_at` IS OLD.`updated_at` BEGIN
	UPDATE `conversions` SET `updated_at` = max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1024, 1 + coalesce((SELECT max(last.updated_at) FROM conversions last INDEXED BY conversions_updated WHERE last.member_id = NEW.member_id AND last.updated_at IS NOT NULL), 0)) WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `deliveries_stamp` AFTER UPDATE OF status, attempts, next_attempt_at ON `deliveries` WHEN NEW.`updated_at` IS OLD.`updated_at` BEGIN
	UPDATE `deliveries` SET `updated_at` = max(CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1024, 1 + coalesce((SELECT max(last.updated_at) FROM deliveries last INDEXED BY deliveries_updated WHERE last.webhook_id = NEW.webhook_id AND last.updated_at IS NOT NULL), 0)) WHERE `id` = NEW.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER vetoes_ask AFTER INSERT ON rewards WHEN NEW.in_veto = 1 BEGIN
  INSERT INTO veto_calls (id, member_id, campaign_id, state, status, asked_at, next_attempt_at, date_added)
  VALUES (NEW.id, NEW.member_id, NEW.campaign_id, 'waiting', 'pending', coalesce(NEW.held_until, NEW.date_earned), coalesce(NEW.held_until, NEW.date_earned), NEW.date_earned)
  ON CONFLICT (id) DO UPDATE SET member_id = excluded.member_id, campaign_id = excluded.campaign_id, state = 'waiting', status = 'pending', code = NULL, error = NULL, attempts = 0,
    asked_at = excluded.asked_at, next_attempt_at = excluded.next_attempt_at, hinted_until = NULL, leased_until = NULL, lease = NULL, date_added = excluded.date_added;
END;
--> statement-breakpoint
CREATE TRIGGER `reviews_due` AFTER INSERT ON `reviews` WHEN NEW.`state` = 'open' BEGIN
	UPDATE `members` SET `reviews_due_at` = max(NEW.`date_opened` + 900000, coalesce(`reviews_told_at` + 86400000, 0)) WHERE `id` = NEW.`member_id` AND `reviews_due_at` IS NULL;
END;
