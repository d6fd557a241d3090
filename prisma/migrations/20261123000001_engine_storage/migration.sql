-- Storage of the engine's tables that Prisma's schema language cannot say: partial indexes (Prisma leaves them alone) and room on the page.

-- Only rows with something to do, in the order in which they are claimed.
CREATE INDEX "DueRow_due" ON "DueRow"("lane", "scope", "urgency" DESC, "dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "DueRow_alone" ON "DueRow"("lane", "scope") WHERE "isAlone";
CREATE INDEX "DueRow_waiting" ON "DueRow"("scope", "waitsFor") WHERE "waitsFor" IS NOT NULL;
-- A claimed row brings along the other due rows of its object.
CREATE INDEX "DueRow_object" ON "DueRow"("lane", "scope", "object") WHERE "object" IS NOT NULL;

-- A claim changes no indexed column: with room on the page it touches no index at all.
ALTER TABLE "DueRow" SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "LaneRow" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "Budget" SET (fillfactor = 50);
