//! Tests: `docs/rights.md` is the rights table, written down a second time.
//!
//! The page is not written by a program: whoever changes a row in [`reach`](super::reach) changes it there as well, and
//! says so with that. The walk takes what it expects from the page.

use std::path::Path;

use super::reach::program_reach;
use super::{Reach, Right, reach};
use crate::domain::Role;

/// What the page says: how far a role, or the host program, carries a right.
pub(super) struct RightsPage(Vec<(Right, Vec<Reach>)>);

/// Every role in the order of the columns, and the host program.
fn columns() -> impl Iterator<Item = Option<Role>> {
    Role::ALL.into_iter().map(Some).chain([None])
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

impl RightsPage {
    pub(super) fn read() -> Self {
        let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rights.md")).unwrap();
        let row = |line: &str| {
            let cells = cells(line);
            let (right, reaches) = cells.split_first()?;
            if *right == "Right" || right.starts_with("---") {
                return None;
            }
            let right = Right::ALL.into_iter().find(|it| it.label().en == *right).expect("a right that there is");
            let reach = |cell: &&str| Reach::ALL.into_iter().find(|it| it.label().en == *cell).expect("a reach");
            Some((right, reaches.iter().map(reach).collect()))
        };
        Self(page.lines().filter(|line| line.starts_with('|')).filter_map(row).collect())
    }

    pub(super) fn reach(&self, role: Option<Role>, right: Right) -> Reach {
        let place = columns().position(|column| column == role).expect("a column");
        let (_, row) = self.0.iter().find(|(listed, _)| *listed == right).expect("a row");
        row[place]
    }
}

/// The table as the code has it.
fn table() -> String {
    let name = |role: Option<Role>| role.map_or("Host program", |role| role.label().en);
    let head: Vec<_> = columns().map(name).collect();
    let rule = vec!["---"; head.len()];
    let mut lines = vec![format!("| Right | {} |", head.join(" | ")), format!("| --- | {} |", rule.join(" | "))];
    for right in Right::ALL {
        let of = |role: Option<Role>| role.map_or_else(|| program_reach(right), |role| reach(role, right)).label().en;
        lines.push(format!("| {} | {} |", right.label().en, columns().map(of).collect::<Vec<_>>().join(" | ")));
    }
    lines.join("\n")
}

#[test]
fn da7_the_page_of_rights_says_what_the_table_says() {
    let page = RightsPage::read();
    for right in Right::ALL {
        assert!(
            page.0.iter().any(|(listed, _)| *listed == right),
            "docs/rights.md has no row for {right:?}; as the code has it:\n{}",
            table()
        );
        for role in columns() {
            let said = role.map_or_else(|| program_reach(right), |role| reach(role, right));
            assert_eq!(page.reach(role, right), said, "{role:?} {right:?}; as the code has it:\n{}", table());
        }
    }
    assert_eq!(page.0.len(), Right::ALL.len(), "docs/rights.md has a row twice");
}
