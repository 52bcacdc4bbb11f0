DROP INDEX "reports_workspace";--> statement-breakpoint
CREATE INDEX "reports_workspace" ON "reports" USING btree ("workspace_id");