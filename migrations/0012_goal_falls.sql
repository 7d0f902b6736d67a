CREATE TABLE `goal_falls` (
	`campaign_id` integer PRIMARY KEY NOT NULL,
	`mark` text NOT NULL,
	`origin` text NOT NULL,
	`looked_up_to` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
