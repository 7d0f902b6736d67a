CREATE TABLE `account_days` (
	`member_id` integer NOT NULL,
	`day` text NOT NULL,
	`signups` integer DEFAULT 0 NOT NULL,
	`shares` integer DEFAULT 0 NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`impressions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`member_id`, `day`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `account_rolls` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`rolled_to` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_rolls_behind` ON `account_rolls` (`rolled_to`);--> statement-breakpoint
CREATE TRIGGER `account_days_without_campaign` BEFORE DELETE ON `campaigns` BEGIN
	UPDATE `account_days` SET
		`signups` = `account_days`.`signups` - d.`signups`,
		`shares` = `account_days`.`shares` - d.`shares`,
		`clicks` = `account_days`.`clicks` - d.`clicks`,
		`impressions` = `account_days`.`impressions` - d.`impressions`
	FROM `campaign_days` d
	WHERE d.`campaign_id` = OLD.`id` AND `account_days`.`member_id` = OLD.`member_id` AND `account_days`.`day` = d.`day`;
END;
