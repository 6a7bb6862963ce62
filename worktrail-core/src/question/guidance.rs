//! What somebody is told who is unsure of a routine.

use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::command_guidance;
use crate::domain::{Guidance, GuidanceId, GuidanceOn, TeamId};
use crate::label::Label;

/// What is told about a method, phase, topic or command: the organisation's own words where it has some, and the library's
/// otherwise (S81, S106).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadGuidance {
    /// The team that asks.
    pub team: TeamId,
    /// What about.
    pub on: GuidanceOn,
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuidanceText {
    /// In Norwegian.
    pub nb: String,
    /// In English.
    pub en: String,
    /// Where there is more.
    pub link: Option<String>,
    /// Whose words they are.
    pub from: GuidanceFrom,
}

/// Whose words guidance is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuidanceFrom {
    /// The library's.
    Library,
    /// The organisation's.
    Organisation,
}

impl Question for ReadGuidance {
    /// None for a command of the host's own that it told nothing about.
    type Answer = Option<GuidanceText>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let own = view.find::<Guidance>(GuidanceId::of(&self.on));
        let (_, permit) = right?;
        let own = own?.and_then(Guidance::terms).map(|terms| GuidanceText {
            nb: terms.nb.as_str().to_owned(),
            en: terms.en.as_str().to_owned(),
            link: terms.link.as_ref().map(|link| link.as_str().to_owned()),
            from: GuidanceFrom::Organisation,
        });
        Ok(permit.answer(own.or_else(|| library(&self.on).map(GuidanceText::of_library))))
    }
}

impl GuidanceText {
    fn of_library(words: Label) -> Self {
        let (nb, en) = (words.nb.to_owned(), words.en.to_owned());
        Self { nb, en, link: None, from: GuidanceFrom::Library }
    }
}

/// What the library tells by itself.
fn library(on: &GuidanceOn) -> Option<Label> {
    match on {
        GuidanceOn::Method(method) => Some(method.guidance()),
        GuidanceOn::Phase(phase) => Some(phase.guidance()),
        GuidanceOn::Topic(topic) => Some(topic.guidance()),
        GuidanceOn::Command(name) => command_guidance(name.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::StateGuidance;
    use crate::command::samples::state_guidance;
    use crate::command::scene::{everyday, specialist, user_support};
    use crate::desk::spy::desk;
    use crate::domain::samples::team;
    use crate::domain::{Line, Method, Phase, Topic};
    use crate::record::samples::id;
    use crate::store::CommandId;

    fn command(name: &str) -> GuidanceOn {
        GuidanceOn::Command(Line::parse(name).expect("a line"))
    }

    #[test]
    fn s106_whoever_is_unsure_is_told_the_organisations_words_and_otherwise_the_librarys() {
        let desk = desk(everyday().store());
        let ask = |on: GuidanceOn| block_on(desk.ask(&specialist(), &ReadGuidance { team: team(), on })).unwrap();
        // given nothing of the organisation's, then the library tells of everything there is
        for on in [
            GuidanceOn::Method(Method::Ips),
            GuidanceOn::Phase(Phase::Mapping),
            GuidanceOn::Topic(Topic::Health),
            command("open_trail"),
        ] {
            assert_eq!(ask(on).map(|told| (told.from, told.link)), Some((GuidanceFrom::Library, None)));
        }
        assert_eq!(ask(command("brew_coffee")), None, "a command of the host's own");
        // when the organisation states its own, then that is told, with its link
        let StateGuidance { on, terms } = state_guidance();
        block_on(desk.run(&user_support(), CommandId::new(id(1)), &state_guidance())).unwrap();
        let told = ask(on.clone()).unwrap();
        let terms = terms.unwrap();
        assert_eq!((told.nb.as_str(), told.from), (terms.nb.as_str(), GuidanceFrom::Organisation));
        assert_eq!(told.link.as_deref(), terms.link.as_ref().map(Line::as_str));
        // and when it is taken back, the library's stands again
        let taken_back = StateGuidance { on: on.clone(), terms: None };
        block_on(desk.run(&user_support(), CommandId::new(id(2)), &taken_back)).unwrap();
        assert_eq!(ask(on).map(|told| told.from), Some(GuidanceFrom::Library));
    }
}
