CREATE TABLE "images" (
	"workspace_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "images_report_id_sha256_pk" PRIMARY KEY("report_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "meta" jsonb;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "origin_id" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "suggestion_kind" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "suggestion_text" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "suggestion_state" text;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "suggestion_decided_by" uuid;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "images_workspace" ON "images" USING btree ("workspace_id","sha256");--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_suggestion_decided_by_members_id_fk" FOREIGN KEY ("suggestion_decided_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;