-- Three roles for a Worktrail schema: one that owns the tables and migrates them, one that programs write with, one that
-- reads the views. Run it after `migrate`, as somebody who may make roles and give the schema away:
--
--     psql -v schema=worktrail -v owner=worktrail_owner -v writer=worktrail_writer -v reader=worktrail_reader -f roles.sql
--
-- Give each LOGIN and a password, or grant it to those who log in. Run it again after every migration: a new view is
-- nobody's but its owner's.
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY[:'owner', :'writer', :'reader']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) \gexec

ALTER SCHEMA :"schema" OWNER TO :"owner";
SELECT format('ALTER TABLE %I.%I OWNER TO %I', :'schema', relname, :'owner')
FROM pg_class
WHERE relnamespace = to_regnamespace(quote_ident(:'schema')) AND relkind IN ('r', 'v') AND relname LIKE 'worktrail\_%' \gexec

REVOKE ALL ON SCHEMA :"schema" FROM PUBLIC;
GRANT USAGE ON SCHEMA :"schema" TO :"writer", :"reader";

-- The writer: everything in the tables, and nothing but a look at what migrations were done.
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO %I', :'schema', relname, :'writer')
FROM pg_class
WHERE relnamespace = to_regnamespace(quote_ident(:'schema')) AND relkind = 'r'
    AND relname LIKE 'worktrail\_%' AND relname <> 'worktrail_migration' \gexec
GRANT SELECT ON :"schema".worktrail_migration TO :"writer";

-- The reader: the views. They show no bodies and no details, but columns of every class, names and national ids among
-- them, and of strictly protected persons too: it is for whoever may see all cases, and for reports that show no rows.
SELECT format('GRANT SELECT ON %I.%I TO %I', :'schema', relname, :'reader')
FROM pg_class
WHERE relnamespace = to_regnamespace(quote_ident(:'schema')) AND relkind = 'v' AND relname LIKE 'worktrail\_v\_%' \gexec
