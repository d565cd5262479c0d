CREATE TABLE `factor_passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`credential` text NOT NULL,
	`public_key` blob NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `factor_passkeys_credential_unique` ON `factor_passkeys` (`credential`);--> statement-breakpoint
CREATE INDEX `factor_passkeys_by_practice` ON `factor_passkeys` (`practice`);--> statement-breakpoint
CREATE TABLE `factor_spares` (
	`practice` text NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`practice`, `hash`),
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `factor_totps` (
	`practice` text PRIMARY KEY NOT NULL,
	`box` blob NOT NULL,
	`last_step` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
