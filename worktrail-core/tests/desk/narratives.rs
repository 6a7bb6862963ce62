//! A topic that is written again and again.

use pollster::block_on;
use worktrail_core::access::Actor;
use worktrail_core::command::WriteNarrative;
use worktrail_core::desk::Desk;
use worktrail_core::domain::{NarrativeId, NarrativeRevision, NarrativeRevisionId, NarrativeText, Topic};
use worktrail_core::question::{NarrativeRevisions, ReadTrail};
use worktrail_core::store::{Limit, PageRequest};

use crate::cast::{command, desk, done, id, office_with_a_trail, ravn, spurv, trail};

/// The longest text that the topic takes, in letters of two bytes, with its number before it.
fn text(topic: Topic, number: u32) -> NarrativeText {
    let number = format!("{number} ");
    let filling = topic.max_chars() - number.chars().count();
    NarrativeText::parse(&(number + &"æ".repeat(filling))).unwrap()
}

fn write(desk: &Desk<'_>, topic: Topic, number: u32) {
    let write = WriteNarrative {
        narrative: NarrativeId::new(id(0x60)),
        former: NarrativeRevisionId::new(id(0x6000 + u128::from(number))),
        trail: trail(1),
        topic,
        text: text(topic, number),
        entry: None,
    };
    done(desk, &spurv(), command(0x6000 + u128::from(number)), &write);
}

/// Every former text on a topic, and how many there were on each page.
fn former(desk: &Desk<'_>, actor: &Actor, topic: Topic) -> (Vec<NarrativeRevision>, Vec<usize>) {
    let limit = Limit::new(60);
    let (mut found, mut pages, mut page) = (Vec::new(), Vec::new(), PageRequest::first(limit));
    loop {
        let question = NarrativeRevisions { trail: trail(1), topic, page, entry: None };
        let answer = block_on(desk.ask(actor, &question)).unwrap();
        pages.push(answer.items.len());
        found.extend(answer.items);
        match answer.next {
            Some(next) => page = PageRequest::after(limit, next),
            None => return (found, pages),
        }
    }
}

#[test]
fn a_topic_written_two_hundred_times_keeps_every_text_in_order() {
    let store = office_with_a_trail();
    let desk = desk(store);
    let topic = Topic::WorkHistory;
    assert_eq!(former(&desk, &spurv(), topic), (Vec::new(), vec![0]));
    for number in 1..=200 {
        write(&desk, topic, number);
    }
    // The case file holds the text that stands, and no other.
    let file = block_on(desk.ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap();
    let standing: Vec<_> = file.narratives.iter().map(|it| (it.number(), it.text().clone())).collect();
    assert_eq!(standing, [(200, text(topic, 200))]);
    // Every text before it is there, oldest first, across the pages.
    let (kept, pages) = former(&desk, &spurv(), topic);
    assert_eq!(pages, [60, 60, 60, 19]);
    let numbers: Vec<_> = kept.iter().map(NarrativeRevision::number).collect();
    assert_eq!(numbers, (1..200).collect::<Vec<_>>());
    assert!(kept.iter().all(|it| *it.text() == text(topic, it.number()) && it.topic() == topic));
    assert!(kept.iter().all(|it| it.narrative() == NarrativeId::new(id(0x60)) && it.trail() == trail(1)));
    // And all of it holds together.
    assert!(block_on(desk.verify()).is_ok());
}

#[test]
fn former_texts_are_read_by_those_the_topic_is_written_for() {
    // Given a topic that is not for supervisors, written twice.
    let store = office_with_a_trail();
    let desk = desk(store);
    write(&desk, Topic::Health, 1);
    write(&desk, Topic::Health, 2);
    // Then to the supervisor it is as if nothing had been written, and the specialist reads it.
    assert_eq!(former(&desk, &ravn(), Topic::Health), (Vec::new(), vec![0]));
    assert_eq!(former(&desk, &spurv(), Topic::Health).0.len(), 1);
}
