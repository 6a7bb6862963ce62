-- What was done for, and in which role. What was told before has neither.
ALTER TABLE worktrail_journal ADD COLUMN purpose TEXT CHECK (length(CAST(purpose AS BLOB)) BETWEEN 1 AND 64);
ALTER TABLE worktrail_journal ADD COLUMN role TEXT CHECK (length(CAST(role AS BLOB)) BETWEEN 1 AND 64);

-- Set while a batch is written inside a host's transaction, and taken away with its last statement.
ALTER TABLE worktrail_head ADD COLUMN torn INTEGER NOT NULL DEFAULT 0 CHECK (torn IN (0, 1));
CREATE INDEX worktrail_head_torn ON worktrail_head (tenant) WHERE torn = 1;

DROP VIEW worktrail_v_journal;
CREATE VIEW worktrail_v_journal AS SELECT
    tenant,
    position,
    CASE WHEN command IS NOT NULL THEN lower(substr(hex(command), 1, 8) || '-' || substr(hex(command), 9, 4) || '-' || substr(hex(command), 13, 4) || '-' || substr(hex(command), 17, 4) || '-' || substr(hex(command), 21)) END AS command,
    code,
    kind,
    CASE WHEN id IS NOT NULL THEN lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) END AS id,
    CASE WHEN subject IS NOT NULL THEN lower(substr(hex(subject), 1, 8) || '-' || substr(hex(subject), 9, 4) || '-' || substr(hex(subject), 13, 4) || '-' || substr(hex(subject), 17, 4) || '-' || substr(hex(subject), 21)) END AS subject,
    CASE WHEN actor IS NOT NULL THEN lower(substr(hex(actor), 1, 8) || '-' || substr(hex(actor), 9, 4) || '-' || substr(hex(actor), 13, 4) || '-' || substr(hex(actor), 17, 4) || '-' || substr(hex(actor), 21)) END AS actor,
    strftime('%Y-%m-%dT%H:%M:%S', (at - (at % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', (at % 1000000 + 1000000) % 1000000) AS at,
    purpose,
    role
FROM worktrail_journal;
