//! The tables that the record schema asks for, as text: what the migrations must come to.
//!
//! This is not how a file is made: the migrations are frozen. It is what they are compared with, so that a schema
//! line without a migration fails a test.

use std::fmt::Write as _;

use worktrail_core::store::{Field, FieldType, Kind, Path, Schema, Uniqueness};

use crate::columns::{index_columns, index_name, table};

/// The whole of it.
pub(crate) fn foundation(schema: &Schema) -> String {
    let mut text = format!("{BOOKKEEPING}\n{}", journal_view());
    for kind in schema.kinds() {
        text.push_str(&record_table(kind));
    }
    text
}

const BOOKKEEPING: &str = "\
-- Where each tenant's history stands.
CREATE TABLE worktrail_head (
    tenant TEXT NOT NULL PRIMARY KEY CHECK (length(tenant) BETWEEN 1 AND 64),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    position INTEGER NOT NULL CHECK (position >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    torn INTEGER NOT NULL DEFAULT 0 CHECK (torn IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX worktrail_head_torn ON worktrail_head (tenant) WHERE torn = 1;

-- What happened, in commit order, chained by hashes. Forgetting empties salt and details.
CREATE TABLE worktrail_journal (
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    command BLOB CHECK (length(command) = 16),
    code TEXT NOT NULL CHECK (length(CAST(code AS BLOB)) BETWEEN 1 AND 64),
    kind TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    subject BLOB CHECK (length(subject) = 16),
    actor BLOB NOT NULL CHECK (length(actor) = 16),
    at INTEGER NOT NULL,
    seal BLOB CHECK (length(seal) = 32),
    salt BLOB CHECK (length(salt) = 16),
    details BLOB CHECK (length(details) <= 65536),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    purpose TEXT CHECK (length(CAST(purpose AS BLOB)) BETWEEN 1 AND 64),
    role TEXT CHECK (length(CAST(role AS BLOB)) BETWEEN 1 AND 64),
    PRIMARY KEY (tenant, position),
    CHECK ((salt IS NULL) = (details IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX worktrail_journal_subject ON worktrail_journal (tenant, subject, position) WHERE subject IS NOT NULL;

-- The commands that were accepted, with their replies.
CREATE TABLE worktrail_stamp (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    first_entry INTEGER CHECK (first_entry > 0),
    last_entry INTEGER CHECK (last_entry >= first_entry),
    at INTEGER NOT NULL,
    fingerprint BLOB CHECK (length(fingerprint) = 32),
    reply BLOB NOT NULL CHECK (length(reply) <= 4096),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
";

fn record_table(kind: Kind) -> String {
    let table = table(kind);
    let parent = match kind.parent() {
        Some(_) => "parent BLOB NOT NULL CHECK (length(parent) = 16)",
        None => "parent BLOB CHECK (parent IS NULL)",
    };
    let mut text = format!(
        "
CREATE TABLE {table} (
    tenant TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    revision INTEGER NOT NULL CHECK (revision > 0),
    children INTEGER NOT NULL CHECK (children >= 0),
    subject BLOB CHECK (length(subject) = 16),
    {parent},
"
    );
    for field in kind.fields() {
        let _ = writeln!(text, "    {},", field_column(*field));
    }
    let _ = write!(
        text,
        "    body_version INTEGER NOT NULL CHECK (body_version BETWEEN 0 AND 65535),
    body BLOB NOT NULL CHECK (length(body) <= 1048576),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX {table}_subject ON {table} (tenant, subject) WHERE subject IS NOT NULL;
"
    );
    if kind.parent().is_some() {
        let _ = writeln!(text, "CREATE INDEX {} ON {table} (tenant, parent, id);", index_name(kind.children()));
    }
    for index in kind.indexes() {
        if matches!(index.path(), Path::Declared(_)) {
            let quoted: Vec<String> = index_columns(index).iter().map(|column| format!("\"{column}\"")).collect();
            let columns = quoted.join(", ");
            let present: Vec<String> = quoted.iter().map(|column| format!("{column} IS NOT NULL")).collect();
            let (unique, id) = match index.uniqueness() {
                Uniqueness::Unique => ("UNIQUE ", ""),
                Uniqueness::Shared => ("", ", id"),
            };
            let name = index_name(index);
            let present = present.join(" AND ");
            let _ =
                writeln!(text, "CREATE {unique}INDEX {name} ON {table} (tenant, {columns}{id})\n    WHERE {present};");
        }
    }
    let _ = write!(text, "\n{}", view(kind));
    text
}

fn field_column(field: Field) -> String {
    let name = field.name();
    match field.field_type() {
        FieldType::Text => format!("\"{name}\" TEXT CHECK (length(CAST(\"{name}\" AS BLOB)) <= 1024)"),
        FieldType::Integer | FieldType::Instant => format!("\"{name}\" INTEGER"),
        FieldType::Day => format!("\"{name}\" TEXT CHECK (\"{name}\" GLOB '????-??-??')"),
        FieldType::Id => format!("\"{name}\" BLOB CHECK (length(\"{name}\") = 16)"),
    }
}

/// The view of a kind: ids as hyphenated text, instants as ISO text, no body and no digest.
fn view(kind: Kind) -> String {
    let mut columns = vec!["tenant".to_owned(), id_text("id"), "revision".to_owned(), id_text("subject")];
    if kind.parent().is_some() {
        columns.push(id_text("parent"));
    }
    for field in kind.fields() {
        let name = format!("\"{}\"", field.name());
        columns.push(match field.field_type() {
            FieldType::Text | FieldType::Integer | FieldType::Day => name,
            FieldType::Instant => instant_text(&name),
            FieldType::Id => id_text(&name),
        });
    }
    let name = kind.name();
    format!("CREATE VIEW worktrail_v_{name} AS SELECT\n    {}\nFROM {};\n", columns.join(",\n    "), table(kind))
}

/// The view of the journal, without details.
fn journal_view() -> String {
    let columns = [
        "tenant".to_owned(),
        "position".to_owned(),
        id_text("command"),
        "code".to_owned(),
        "kind".to_owned(),
        id_text("id"),
        id_text("subject"),
        id_text("actor"),
        instant_text("at"),
        "purpose".to_owned(),
        "role".to_owned(),
    ];
    format!("CREATE VIEW worktrail_v_journal AS SELECT\n    {}\nFROM worktrail_journal;\n", columns.join(",\n    "))
}

fn id_text(name: &str) -> String {
    let part = |rest: &str| format!("substr(hex({name}), {rest})");
    let parts = [part("1, 8"), part("9, 4"), part("13, 4"), part("17, 4"), part("21")];
    // An absent id must stay absent, and it does: joining with NULL gives NULL, but hex(NULL) is empty text.
    format!("CASE WHEN {name} IS NOT NULL THEN lower({}) END AS {name}", parts.join(" || '-' || "))
}

fn instant_text(name: &str) -> String {
    let micros = format!("({name} % 1000000 + 1000000) % 1000000");
    format!(
        "strftime('%Y-%m-%dT%H:%M:%S', ({name} - {micros}) / 1000000, 'unixepoch') || printf('.%06dZ', {micros}) \
         AS {name}"
    )
}

#[cfg(test)]
mod difference;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sha2::{Digest as _, Sha256};
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
    use sqlx::{AssertSqlSafe, ConnectOptions as _};
    use worktrail_core::record::SCHEMA;

    use super::difference::{catalogue, difference};
    use super::*;
    use crate::columns::FIXED;
    use crate::migration::{LADDER, Work};
    use crate::{SqliteOptions, migrate};

    async fn migrated(directory: &Path) -> SqliteConnection {
        let file = directory.join("migrated.db");
        migrate(&SqliteOptions::file(&file)).await.unwrap();
        SqliteConnectOptions::new().filename(file).connect().await.unwrap()
    }

    #[tokio::test]
    async fn the_migrations_come_to_what_the_schema_lines_ask_for() {
        let directory = tempfile::tempdir().unwrap();
        let text = foundation(&SCHEMA);
        if let Some(step) = std::env::var_os("UPDATE_STEP") {
            update(Path::new(&step), directory.path()).await;
        }
        let mut migrated = migrated(directory.path()).await;
        let mut wanted = SqliteConnectOptions::new().filename(directory.path().join("wanted.db"));
        wanted = wanted.create_if_missing(true);
        let mut wanted = wanted.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut wanted).await.unwrap();
        let (found, wanted) = (catalogue(&mut migrated).await, catalogue(&mut wanted).await);
        for (name, lines) in &wanted {
            assert_eq!(found.get(name), Some(lines), "{name}: a schema line has no migration");
        }
        assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn every_field_has_its_check() {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = migrated(directory.path()).await;
        for kind in SCHEMA.kinds() {
            let sql: String = sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE name = ?")
                .bind(table(kind))
                .fetch_one(&mut connection)
                .await
                .unwrap();
            for field in kind.fields() {
                assert!(sql.contains(&field_column(*field)), "{}.{}", kind.name(), field.name());
            }
        }
    }

    /// Writes the last step of the ladder anew, from what the steps before it come to: for as long as no file in use
    /// was made with it. The name is that of its file, without an ending.
    async fn update(name: &Path, directory: &Path) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
        let mut connection = SqliteConnectOptions::new()
            .filename(directory.join("before.db"))
            .create_if_missing(true)
            .connect()
            .await
            .unwrap();
        let file = path.with_extension("sql");
        let last = std::fs::read_to_string(&file).unwrap_or_default();
        for step in LADDER.steps {
            let Work::Sql(text) = step.work else { continue };
            if text == last {
                break;
            }
            sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
        }
        let text = difference(&mut connection, &SCHEMA).await;
        std::fs::write(file, &text).unwrap();
        std::fs::write(path.with_extension("sha256"), checksum(&text)).unwrap();
        panic!("the step was written anew: run the tests again");
    }

    fn checksum(text: &str) -> String {
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    #[test]
    fn the_text_of_no_step_was_changed() {
        for step in LADDER.steps {
            let Work::Sql(text) = step.work else { continue };
            assert_eq!(
                checksum(text),
                step.checksum.trim(),
                "{}: a step that was released is never changed",
                step.name
            );
        }
    }

    #[test]
    fn no_field_and_no_index_takes_a_name_that_a_table_has_already() {
        for kind in SCHEMA.kinds() {
            for field in kind.fields() {
                assert!(!FIXED.contains(&field.name()), "{}.{}", kind.name(), field.name());
            }
            for index in kind.indexes() {
                assert!(!["subject", "children", "all"].contains(&index.name()), "{}.{}", kind.name(), index.name());
            }
        }
    }
}
