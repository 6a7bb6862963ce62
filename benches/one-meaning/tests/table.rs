//! The table in the READMEs is the one that the suite gives.

use std::path::Path;

use one_meaning::{READMES, rows, subjects, table, within};

#[test]
fn every_store_passes_every_check_and_the_readmes_say_so() {
    let rows = rows(subjects()).expect("the suite");
    for (name, report) in &rows {
        println!("{name}: {report}");
        assert!(report.is_clean(), "{name}: {report}");
    }
    let table = table(&rows);
    println!("{table}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for readme in READMES {
        let page = std::fs::read_to_string(root.join(readme)).expect("a page");
        let wanted = within(&page, &table).expect("a place for the table");
        assert!(page == wanted, "{readme} is out of date: run `cargo run -p one-meaning`");
    }
}

#[test]
fn a_page_without_the_marks_has_no_place_for_the_table() {
    assert_eq!(within("# A store\n", "| a |\n"), None);
}
