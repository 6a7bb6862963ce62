//! The people in code, tests and examples are invented, and their names say so (`DA2`).

use crate::sources::sources;

/// The two texts of each name that is made in a source; a line break in one is written with a letter, and is none.
fn names(text: &str) -> impl Iterator<Item = [String; 2]> {
    text.split("PersonName::new(\"").skip(1).filter_map(|call| {
        let mut texts = call.split('"');
        Some([texts.next()?, texts.nth(1)?].map(|text| text.replace("\\n", " ")))
    })
}

#[test]
fn da2_whoever_is_named_in_the_sources_has_a_name_in_capitals() {
    let sources = sources();
    let people: Vec<_> = sources.iter().flat_map(|(path, text)| names(text).map(move |name| (path, name))).collect();
    assert!(people.len() > 20, "the names are looked for where they are: {people:?}");
    let real = people.iter().filter(|(_, name)| name.iter().any(|part| part.chars().any(char::is_lowercase)));
    assert_eq!(real.collect::<Vec<_>>(), Vec::<&(&String, [String; 2])>::new());
}
