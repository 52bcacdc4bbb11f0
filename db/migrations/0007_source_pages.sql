CREATE TABLE "source_pages" (
	"workspace_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"position" "bytea" NOT NULL,
	CONSTRAINT "source_pages_report_id_page_pk" PRIMARY KEY("report_id","page")
);
--> statement-breakpoint
ALTER TABLE "source_pages" ADD CONSTRAINT "source_pages_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_pages" ADD CONSTRAINT "source_pages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;