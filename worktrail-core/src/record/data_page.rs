//! The page that says what is kept is made from the table of fields, and compared with what lies in the repository.
//! `UPDATE_DATA_PAGE=1` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use super::{JUDGEMENTS, SeenBy, StoredKind, inventory};
use crate::domain::{Audience, Topic};

const INTRODUCTION: &str = "\
# What Worktrail keeps

This page is generated from the table of fields in the code; a test compares the two. (`UPDATE_DATA_PAGE=1 cargo test -p
worktrail-core --lib data_page` writes it anew.) It says what is kept, about whom, why, until when and who sees it: the
basis of the host's record of processing activities (GDPR art. 30). The controller, the recipients outside of the
organisation and the security of the place where the store lies are the host's to add.

That somebody has a trail at all says something about their health, whatever the class of a field. A strictly protected
participant's records are shown to no staff at all until an explicit act releases them; nor does staff see what was
attested or consented to on a later trail in another team. Whoever reads the store's file reads everything.

*Until when* is what the records are meant for, not what happens by itself: Worktrail deletes nothing unasked. The
command `forget_participant` removes all records about a participant whose trails have ended, and the personal part of
what the journal tells of them. What a participant sees of their own case is not limited in time yet.
";

const BESIDE: &str = "
## Beside the records

| what | holds | until when |
| --- | --- | --- |
| journal | what happened, as a code; about which record and participant (ids); by whom, for what purpose and in which role; when; and, apart, the details, which may hold everything that the command held | the details go when the participant is forgotten; the rest stays |
| command stamps | the id of each command that was carried out, a fingerprint of it, and the ids it gave | as long as the store |

The participant and those who may read a trail see what happened on it, details and all, but for texts whose topic is
not written for them. A program that follows the journal for the host sees no details.
";

const COMPUTED: &str = "
## Computed judgements

What is computed about a person's case from what is kept and the day on which it is asked. None of these decides
anything about a person: no command is refused, no trail is moved or ended, and nothing is sent because of one. A person
reads it and decides (GDPR art. 22). They are computed when asked, and stored nowhere.

| name | version | what | hva | from | seen by |
| --- | --- | --- | --- | --- | --- |
";

const TOPICS: &str = "
## Topics of narratives

| topic | what | hva | class | written for |
| --- | --- | --- | --- | --- |
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Who sees it\n\n| code | who | hvem |\n| --- | --- | --- |\n");
    for seen_by in SeenBy::ALL {
        let _ = writeln!(page, "| {} | {} | {} |", seen_by.code(), seen_by.label().en, seen_by.label().nb);
    }
    page.push_str("\n## Records\n");
    for kind in inventory() {
        describe(&mut page, &kind);
    }
    topics(&mut page);
    judgements(&mut page);
    page.push_str(BESIDE);
    page
}

fn describe(page: &mut String, kind: &StoredKind) {
    let (thing, keeping) = (kind.thing().label(), kind.keeping());
    let _ = write!(page, "\n### {}\n\n{} ({})\n\n", kind.name(), capital(thing.en), thing.nb);
    let about = [
        ("about", "gjelder", keeping.concerns().label()),
        ("why", "hvorfor", keeping.purpose()),
        ("until when", "hvor lenge", keeping.retention().label()),
    ];
    page.push_str("| | English | norsk |\n| --- | --- | --- |\n");
    for (english, norwegian, label) in about {
        let _ = writeln!(page, "| {english} / {norwegian} | {} | {} |", label.en, label.nb);
    }
    page.push_str("\n| path | what | hva | class | seen by |\n| --- | --- | --- | --- | --- |\n");
    for field in kind.fields() {
        let (label, class, seen_by) = (field.label(), field.class().label().en, field.seen_by().code());
        let _ = writeln!(page, "| `{}` | {} | {} | {class} | {seen_by} |", field.path(), label.en, label.nb);
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// For whom a narrative is written, by topic: what `by_topic` comes to.
fn topics(page: &mut String) {
    page.push_str(TOPICS);
    for topic in Topic::ALL {
        let (label, class, audience) = (topic.label(), topic.class().label().en, Audience::label(topic.audience()).en);
        let _ = writeln!(page, "| `{}` | {} | {} | {class} | {audience} |", topic.code(), label.en, label.nb);
    }
}

fn judgements(page: &mut String) {
    page.push_str(COMPUTED);
    for judgement in JUDGEMENTS {
        let inputs: Vec<_> = judgement.inputs().iter().map(|input| format!("`{input}`")).collect();
        let (label, name, version) = (judgement.label(), judgement.name(), judgement.version());
        let (inputs, shown) = (inputs.join(", "), judgement.shown().en);
        let _ = writeln!(page, "| `{name}` | {version} | {} | {} | {inputs} | {shown} |", label.en, label.nb);
    }
}

#[test]
fn the_data_page_is_the_table_of_fields() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/data.md");
    let page = page();
    if std::env::var_os("UPDATE_DATA_PAGE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/data.md is not what the table of fields says: see UPDATE_DATA_PAGE");
}
