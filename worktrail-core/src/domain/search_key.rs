//! The form in which names are compared and found by their beginning.

/// The longest key, in characters: in UTF-8 it never fills a field of a store.
const LONGEST: usize = 200;

/// A text in lower case, with single spaces between its words: two names are the same when their keys are.
///
/// # Examples
/// ```
/// use worktrail_core::domain::search_key;
///
/// assert_eq!(search_key("  FJELLVIK   Bakeri AS"), "fjellvik bakeri as");
/// ```
#[must_use]
pub fn search_key(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    folded.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_make_no_difference_and_a_key_is_its_own_key() {
        assert_eq!(search_key("BLÅKLOKKE\u{a0}Hagesenter"), "blåklokke hagesenter");
        assert_eq!(search_key(&search_key("  TIDEVANN  Kafe ")), "tidevann kafe");
        assert!(search_key(&"İ".repeat(300)).len() <= 1024);
    }
}
