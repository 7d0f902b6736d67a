DROP INDEX `rewards_of_campaign`;--> statement-breakpoint
CREATE INDEX `rewards_revoked` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`) WHERE status = 'revoked';--> statement-breakpoint
CREATE INDEX `rewards_of_campaign` ON `rewards` (`campaign_id`,`reward_type`,`date_earned`);