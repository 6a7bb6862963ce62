//! Hostile texts.

use crate::simulation::Dice;

/// Texts that were thought of. Most hold a mark.
pub(super) const HAND_MADE: [&str; 74] = [
    "",
    " ",
    "\u{a0}",
    "\u{0}",
    "KANARI\u{0}",
    "\u{0}48128549318",
    "KANARI\nKANARI",
    "KANARI\r\nKANARI\r",
    "KANARI\u{85}KANARI",
    "KANARI\u{2028}KANARI\u{2029}",
    "\u{feff}KANARI",
    "\u{202e}IRANAK",
    "\u{2066}KANARI\u{2069}",
    "\u{200b}48128549318",
    "KANARI\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
    "\u{10ffff}\u{fffd}\u{e000}",
    "48128549319",
    "48128549318",
    "481285 49318",
    "481285\u{a0}49318",
    "4812854931",
    "481285493188",
    "-48128549318",
    "+48128549318",
    "48128549318e0",
    "0x48128549318",
    "４８１２８５４９３１８",
    "٤٨١٢٨٥٤٩٣١٨",
    "4812854931\u{b2}",
    "00000000000",
    "99999999999",
    "0000-00-00",
    "0000-01-01",
    "9999-12-31",
    "9999-12-32",
    "10000-01-01",
    "+10000-01-01",
    "-0001-01-01",
    "+262142-12-31",
    "-262143-01-01",
    "+999999999999-01-01",
    "1985-02-29",
    "1985-12-08T00:00:00",
    "1985-12-08 ",
    "1985-12-8",
    "１９８５-12-08",
    "9999-12-31T23:59:59.999999+02:00",
    "9999-12-31T23:59:60Z",
    "1985-12-08T24:00:00Z",
    "1985-12-08T09:00:00.0000000000000000000000001+99:99",
    "0001-01-01T00:00:00+14:00",
    "kanari@example.com",
    "kanari@@example.com",
    "@",
    "kanari@exa mple.com",
    "kanari@xn--example.com",
    "\"kanari\"@[127.0.0.1]",
    "+47 00000918",
    "0047 0000 0918",
    "NaN",
    "1e999",
    "37,5",
    "-0,0000000000000000000000001",
    "nb-KANARI-",
    "nb_NO",
    "K\u{130}",
    "KANARI/2024",
    "0301/48128549318",
    "０３０１/2024",
    "09:60",
    "24:01",
    "-9:00",
    "http://data.europa.eu/esco/../KANARI",
];

/// What somebody might have meant: a mutation of it gets further.
const SOUND: [&str; 19] = [
    "48128549318",
    "15819010037",
    "311002104",
    "1985-12-08",
    "2022-06-02T09:00:00.000000+02:00",
    "kanari@example.com",
    "+47 00000918",
    "37,5",
    "KANARI KANARIFUGL",
    "c0de0000-0000-4000-8000-000000000030",
    "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
    "main",
    "nb-NO",
    "duf",
    "0301/2024",
    "09:00",
    "7512",
    "7512101",
    "http://data.europa.eu/esco/occupation/c0de0000-0000-4000-8000-000000000030",
];

/// What is put into a text or in the place of a letter.
const LETTERS: [char; 40] = [
    '0',
    '1',
    '4',
    '7',
    '9',
    'a',
    'K',
    'Z',
    'ø',
    'Å',
    ' ',
    '\u{a0}',
    '\t',
    '\n',
    '\r',
    '\0',
    '\u{7f}',
    '\u{85}',
    '-',
    '+',
    '.',
    ',',
    ':',
    '@',
    '/',
    '\\',
    '"',
    '\'',
    '{',
    '[',
    '\u{300}',
    '\u{200b}',
    '\u{200d}',
    '\u{202e}',
    '\u{2028}',
    '\u{feff}',
    '７',
    '²',
    '\u{1f426}',
    '\u{10ffff}',
];

/// A hostile text: hand-made, random, or a mutation of something sound. One in some thousands is long.
pub(super) fn text(dice: &mut Dice) -> String {
    if dice.happens(1) && dice.happens(300) {
        return "7".repeat(100_000);
    }
    match dice.below(4) {
        0 => (*dice.pick(&HAND_MADE).expect("some")).to_owned(),
        1 => (0..dice.below(40)).filter_map(|_| dice.pick(&LETTERS)).collect(),
        2 => [dice.pick(&HAND_MADE), dice.pick(&SOUND)].into_iter().flatten().copied().collect(),
        _ => mutation(dice),
    }
}

/// Something sound with a letter or three of it changed; now and then none.
fn mutation(dice: &mut Dice) -> String {
    let mut letters: Vec<char> = dice.pick(&SOUND).expect("some").chars().collect();
    for _ in 0..dice.below(4) {
        let place = usize::try_from(dice.below(letters.len() as u64)).expect("small");
        let letter = *dice.pick(&LETTERS).expect("some");
        match (dice.below(4), letters.get_mut(place)) {
            (0, Some(there)) => *there = letter,
            (1, Some(there)) => {
                let twice = *there;
                letters.insert(place, twice);
            }
            (2, Some(_)) => drop(letters.remove(place)),
            _ => letters.insert(place, letter),
        }
    }
    letters.into_iter().collect()
}
