CREATE TABLE `mail_days` (
	`member_id` integer NOT NULL,
	`day` text NOT NULL,
	`mails` integer NOT NULL,
	PRIMARY KEY(`member_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`cause` text NOT NULL,
	`kind` text NOT NULL,
	`member_id` integer NOT NULL,
	`campaign_id` integer,
	`participant_id` integer,
	`invitation_id` integer,
	`reward_id` integer,
	`webhook_id` integer,
	`origin` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`hinted_until` integer,
	`leased_until` integer,
	`lease` text,
	`recipient` text,
	`date_tried` integer,
	`error` text,
	`date_added` integer NOT NULL,
	`date_sent` integer,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mails_cause_unique` ON `mails` (`cause`);--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`next_attempt_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `mails_sending` ON `mails` (`leased_until`) WHERE status = 'sending';--> statement-breakpoint
CREATE INDEX `mails_of_participant` ON `mails` (`participant_id`) WHERE participant_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_of_member` ON `mails` (`member_id`,`kind`,`date_added`) WHERE participant_id IS NULL;--> statement-breakpoint
CREATE INDEX `mails_to` ON `mails` (`recipient`,`date_tried`) WHERE recipient IS NOT NULL;--> statement-breakpoint
CREATE TABLE `suppressions` (
	`member_id` integer NOT NULL,
	`email_hash` text NOT NULL,
	`date` integer NOT NULL,
	PRIMARY KEY(`member_id`, `email_hash`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `campaigns` ADD `double_opt_in` integer DEFAULT false NOT NULL;