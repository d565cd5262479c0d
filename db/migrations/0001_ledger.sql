CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`room` text NOT NULL,
	`begun_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `calls_by_practice` ON `calls` (`practice`,`begun_at`);--> statement-breakpoint
CREATE INDEX `calls_by_settling` ON `calls` (`settled_at`);--> statement-breakpoint
CREATE TABLE `entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`day` integer NOT NULL,
	`account` text NOT NULL,
	`kind` text,
	`minutes` integer NOT NULL,
	`amount` integer NOT NULL,
	`waived` integer NOT NULL,
	`grant_entry` integer,
	`until` integer,
	`corrects` integer,
	`key` blob NOT NULL,
	`line` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `entries_by_day` ON `entries` (`number`,`day`);--> statement-breakpoint
CREATE INDEX `entries_by_account` ON `entries` (`number`,`account`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_once` ON `entries` (`key`,`line`);--> statement-breakpoint
CREATE TABLE `intervals` (
	`call` text NOT NULL,
	`run` text NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`begun_at` integer NOT NULL,
	`length_ms` integer NOT NULL,
	PRIMARY KEY(`call`, `run`, `n`),
	FOREIGN KEY (`call`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `ledger_numbers` (
	`practice` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_numbers_number_unique` ON `ledger_numbers` (`number`);--> statement-breakpoint
CREATE TABLE `tariffs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`from_day` integer NOT NULL,
	`price` integer NOT NULL,
	`free` integer NOT NULL,
	CONSTRAINT "tariffs_price" CHECK("tariffs"."price" >= 0)
);
--> statement-breakpoint
CREATE INDEX `tariffs_by_day` ON `tariffs` (`kind`,`from_day`);--> statement-breakpoint
CREATE TABLE `vouchers` (
	`hash` blob PRIMARY KEY NOT NULL,
	`key` blob NOT NULL,
	`account` text NOT NULL,
	`amount` integer NOT NULL,
	`days` integer,
	`until` integer,
	`redeemed_day` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vouchers_key_unique` ON `vouchers` (`key`);--> statement-breakpoint
CREATE TRIGGER `entries_no_update` BEFORE UPDATE ON `entries` BEGIN SELECT RAISE(ABORT, 'entries are append only'); END;--> statement-breakpoint
CREATE TRIGGER `entries_no_delete` BEFORE DELETE ON `entries` BEGIN SELECT RAISE(ABORT, 'entries are append only'); END;--> statement-breakpoint
CREATE TRIGGER `entries_no_replace` BEFORE INSERT ON `entries` WHEN EXISTS (SELECT 1 FROM `entries` WHERE `id` = NEW.`id`) OR EXISTS (SELECT 1 FROM `entries` WHERE `key` = NEW.`key` AND `line` = NEW.`line`) BEGIN SELECT RAISE(ABORT, 'entries are append only'); END;--> statement-breakpoint
CREATE TRIGGER `tariffs_no_update` BEFORE UPDATE ON `tariffs` BEGIN SELECT RAISE(ABORT, 'tariffs are append only'); END;--> statement-breakpoint
CREATE TRIGGER `tariffs_no_delete` BEFORE DELETE ON `tariffs` BEGIN SELECT RAISE(ABORT, 'tariffs are append only'); END;--> statement-breakpoint
CREATE TRIGGER `tariffs_no_replace` BEFORE INSERT ON `tariffs` WHEN EXISTS (SELECT 1 FROM `tariffs` WHERE `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'tariffs are append only'); END;--> statement-breakpoint
INSERT INTO `tariffs` (`kind`, `from_day`, `price`, `free`) VALUES ('single', 0, 400, 1), ('group', 0, 1000, 0);--> statement-breakpoint
INSERT INTO `ledger_numbers` (`practice`, `number`) SELECT `id`, lower(hex(randomblob(16))) FROM `practices`;--> statement-breakpoint
INSERT INTO `entries` (`number`, `day`, `account`, `kind`, `minutes`, `amount`, `waived`, `key`, `line`) SELECT `number`, CAST(unixepoch() / 86400 AS INTEGER), 'trial', NULL, 0, 60, 0, randomblob(32), 0 FROM `ledger_numbers`;
