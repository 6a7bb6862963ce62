//! The sources of the workspace, and the tests in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A page of the documentation.
pub(crate) fn page(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Every file of Rust, by its path within the workspace.
pub(crate) fn sources() -> Vec<(String, String)> {
    let (mut sources, mut folders) = (Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let place = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                sources.push((place, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources
}

/// Every function of the workspace, tests among them: its name, and the files that have one of that name.
pub(crate) struct Tests(BTreeMap<String, Vec<String>>);

impl Tests {
    /// Reads them.
    pub(crate) fn read() -> Self {
        let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, text) in sources() {
            let place = path.trim_end_matches(".rs").replace('/', "::");
            for test in text.split("fn ").skip(1) {
                let name: String = test.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                tests.entry(name).or_default().push(place.clone());
            }
        }
        Self(tests)
    }

    /// Those of the names between backticks that are not there.
    pub(crate) fn missing<'a>(&self, shown: &'a str) -> Vec<&'a str> {
        let is_missing = |name: &&str| {
            let (place, test) = name.rsplit_once("::").unwrap_or(("", name));
            self.0.get(test).is_none_or(|places| places.iter().all(|it| !it.contains(place)))
        };
        named(shown).filter(is_missing).collect()
    }
}

/// The names between backticks.
pub(crate) fn named(shown: &str) -> impl Iterator<Item = &str> {
    shown.split('`').skip(1).step_by(2)
}

/// The rows of all tables of a page, their heads left out, each in `N` cells.
pub(crate) fn rows<const N: usize>(page: &str) -> Vec<[String; N]> {
    let lines: Vec<_> = page.lines().collect();
    let is_row = |place: usize| {
        let next = lines.get(place + 1).copied().unwrap_or_default();
        lines[place].starts_with("| ") && !lines[place].starts_with("| ---") && !next.starts_with("| ---")
    };
    let cells = |place: usize| -> Vec<String> {
        lines[place].trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let rows = (0..lines.len()).filter(|place| is_row(*place)).map(cells);
    rows.map(|cells| <[String; N]>::try_from(cells).unwrap_or_else(|cells| panic!("not {N} cells: {cells:?}")))
        .collect()
}
