//! Cursors that no page gave.

use pollster::block_on;

use super::{SEED, Said, inputs, texts};
use crate::command::scene::{everyday, supervisor};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::domain::Trail;
use crate::domain::samples::team;
use crate::question::TeamPortfolio;
use crate::record::samples::id;
use crate::simulation::Dice;
use crate::store::{Cursor, Limit, PageRequest, Place, StoreErrorKind, Tenant, Value};

/// A value that no index of trails holds in this place; now and then one that might.
fn value(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => Value::Text(texts::text(dice)),
        1 => Value::Integer(i64::from_ne_bytes(dice.roll().to_ne_bytes())),
        2 => Value::Id(uuid::Uuid::from_u128(dice.wide())),
        _ => Value::Text("team".to_owned()),
    }
}

#[test]
fn a_cursor_that_no_page_gave_is_refused_and_nothing_is_shown() {
    let tenant = Tenant::default();
    let range = Trail::of_team(&crate::command::scene::our_team(), None).expect("a range");
    let desk = desk(everyday().store());
    let first = TeamPortfolio { team: team(), phase: None, page: PageRequest::first(Limit::new(1)) };
    let sound = block_on(desk.ask(&supervisor(), &first)).expect("a page").next.expect("a second page");
    let (mut dice, mut said, mut taken) = (Dice::new(SEED), Said::default(), 0);
    for round in 0..inputs(100_000) {
        let cursor = match dice.below(3) {
            0 => Cursor::from_text(texts::text(&mut dice)),
            1 => {
                let mut text = sound.as_str().as_bytes().to_vec();
                let place = usize::try_from(dice.below(text.len() as u64)).expect("small");
                text[place] = *dice.pick(b"AZaz09-_=+/ ").expect("some");
                text.truncate(usize::try_from(dice.below(2 * text.len() as u64)).expect("small").max(place));
                Cursor::from_text(String::from_utf8(text).expect("text"))
            }
            // The check is no secret: one made by hand, to a place where no page ended.
            _ => {
                let values = (0..dice.below(6)).map(|_| value(&mut dice)).collect();
                Cursor::at(&tenant, &range, &Place { values, id: id(dice.wide() >> 64) })
            }
        };
        if cursor == sound {
            continue;
        }
        match PageRequest::after(Limit::MAX, cursor.clone()).place(&tenant, &range) {
            Err(error) => {
                assert_eq!(error.kind(), StoreErrorKind::InvalidCursor);
                said.of(&error);
            }
            Ok(_) => taken += 1,
        }
        if round % 100 == 0 {
            let page = PageRequest::after(Limit::MAX, cursor);
            let asked = block_on(desk.ask(&supervisor(), &TeamPortfolio { team: team(), phase: None, page }));
            assert!(matches!(asked, Err(Error::Store(error)) if error.kind() == StoreErrorKind::InvalidCursor));
        }
    }
    assert_eq!(taken, 0);
    said.assert_few_words("cursor", 1);
}
