CREATE TABLE `outbox_holds` (
	`outbox` text NOT NULL,
	`reason` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`set_by` text NOT NULL,
	PRIMARY KEY(`outbox`, `reason`)
);
