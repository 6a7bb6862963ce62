//! The career profile of a trail, as one document.

use chrono::NaiveDate;

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{
    CareerProfile, HostList, HostListId, ListName, Narrative, Participant, PersonName, Tab, Trail, TrailId,
};
use crate::label::Language;

/// Reads the career profile of a trail as one document, as far as it is written for the reader: what is written on each
/// topic, what is not, and how complete it is (S26).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCareerProfile {
    /// The trail.
    pub trail: TrailId,
}

/// The career profile of a trail, as one document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileDocument {
    /// The trail.
    pub trail: TrailId,
    /// Whose it is.
    pub name: PersonName,
    /// As of which day.
    pub on: NaiveDate,
    /// What is written.
    pub profile: CareerProfile,
}

impl ProfileDocument {
    /// The document in plain text, to be printed: title, name and day, and the profile by section and topic.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let title = Tab::CareerProfile.label().in_language(language);
        format!("{title}\n{}\n{}\n\n{}\n", self.name.full(), self.on, self.profile.text(language))
    }
}

impl Question for ReadCareerProfile {
    type Answer = ProfileDocument;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<ProfileDocument> {
        let (trail, list) = (view.get::<Trail>(self.trail), view.find::<HostList>(HostListId::of(ListName::Topics)));
        let trail = trail?;
        let right = view.may(trail);
        let participant = view.get::<Participant>(trail.participant());
        let narratives = view.children::<Narrative, Trail>(self.trail);
        let permit = right?;
        let (name, narratives, list) = (participant?.name().clone(), narratives?, list?);
        let on = view.today();
        let profile = permit.role().map(|reader| CareerProfile::of(trail.method(), reader, list, &narratives));
        let profile = profile.unwrap_or_default();
        Ok(permit.answer(ProfileDocument { trail: self.trail, name, on, profile }))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Actor;
    use crate::command::samples::trail_id;
    use crate::command::scene::{everyday, specialist, supervisor};
    use crate::desk::spy::desk;
    use crate::domain::Topic;
    use crate::domain::samples::participant_id;
    use crate::record::samples;

    #[test]
    fn s26_the_profile_is_printed_with_what_the_reader_may_see() {
        let store = everyday().with(&samples::narrative()).with(&samples::named_narrative()).store();
        let read = |actor: &Actor| block_on(desk(&store).ask(actor, &ReadCareerProfile { trail: trail_id() })).unwrap();
        let text = |actor: &Actor| read(actor).text(Language::English);
        let themself = Actor::participant(participant_id());
        for actor in [specialist(), themself] {
            let printed = text(&actor);
            assert!(printed.starts_with("Career profile\nKANARI KANARIGUL KANARIFUGL\n2022-09-01\n\n"), "{printed}");
            assert!(printed.contains("KANARI tier"), "{printed}");
        }
        // The supervisor reads no text on health, and is not told that there is one.
        let printed = text(&supervisor());
        assert!(!printed.contains("KANARI tier") && printed.contains("KANARI synger"), "{printed}");
        assert!(!printed.contains(Topic::Health.label().en), "{printed}");
    }
}
