CREATE INDEX worktrail_appointment_by_office ON worktrail_appointment (tenant, "over", "last_day", id)
    WHERE tenant <> 'index by_office' AND "over" IS NOT NULL AND "last_day" IS NOT NULL;
