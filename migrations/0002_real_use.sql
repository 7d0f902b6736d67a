ALTER TABLE `campaign_stats` ADD `recounted_to` integer DEFAULT 0;--> statement-breakpoint
CREATE INDEX `campaign_stats_recounts` ON `campaign_stats` (`recounted_to`) WHERE recounted_to IS NOT NULL;