CREATE TABLE `holds` (
	`practice` text PRIMARY KEY NOT NULL,
	`run` text NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
