-- Storage of the engine's tables that Prisma's schema language cannot say (same columns, so the two still agree).

-- Only rows with something to do, in the order in which they are claimed.
DROP INDEX "DueRow_lane_scope_urgency_dueAt_idx";
CREATE INDEX "DueRow_lane_scope_urgency_dueAt_idx" ON "DueRow"("lane", "scope", "urgency" DESC, "dueAt") WHERE "dueAt" IS NOT NULL;

DROP INDEX "DueRow_lane_scope_isAlone_idx";
CREATE INDEX "DueRow_lane_scope_isAlone_idx" ON "DueRow"("lane", "scope", "isAlone") WHERE "isAlone";

DROP INDEX "DueRow_scope_waitsFor_idx";
CREATE INDEX "DueRow_scope_waitsFor_idx" ON "DueRow"("scope", "waitsFor") WHERE "waitsFor" IS NOT NULL;

-- A claim changes no indexed column: with room on the page it touches no index at all.
ALTER TABLE "DueRow" SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "LaneRow" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "Budget" SET (fillfactor = 50);
