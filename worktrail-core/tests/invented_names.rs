//! People in code, tests and examples are invented: their names stand in capitals, which nobody's do (`DA2`).

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::path::{Path, PathBuf};

/// The sources of the workspace, and its pages.
fn sources() -> Vec<(PathBuf, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// The texts between quotation marks in the arguments of each name that is made.
fn names(text: &str) -> Vec<&str> {
    let made = text.split("PersonName::new(").skip(1).filter_map(|rest| rest.split(')').next());
    made.flat_map(|arguments| arguments.split('"').skip(1).step_by(2)).collect()
}

#[test]
fn da2_every_person_who_is_named_is_invented_and_in_capitals() {
    let mut read = 0;
    for (path, text) in sources() {
        for name in names(&text) {
            // An escape is a character of the test that refuses it.
            let letters = name.replace("\\n", " ");
            assert_eq!(letters, letters.to_uppercase(), "{}", path.display());
            read += 1;
        }
    }
    assert!(read > 60, "only {read} names were found");
}
