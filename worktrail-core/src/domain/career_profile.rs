//! The career profile as one document: what is written, what is not, and how complete it is (S26).

use super::host_list::{BaseValue, HostList, ListChoice, ListName};
use super::method::Method;
use super::narrative::Narrative;
use super::role::Role;
use super::topic::{Section, Tab, Topic};
use crate::label::{Label, Language};

/// The career profile of a trail, as far as it is written for a reader: each section with its topics in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareerProfile {
    sections: Vec<ProfileSection>,
}

/// A section of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileSection {
    /// Which one.
    pub section: Section,
    /// Its topics, in the order in which they are shown.
    pub topics: Vec<ProfileTopic>,
}

/// A topic of the profile, or an entry of the organisation's own list that stands for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileTopic {
    /// The topic.
    pub topic: Topic,
    /// What it is called.
    pub heading: ListChoice,
    /// What is written; none when nothing is.
    pub text: Option<Narrative>,
}

/// How much of a profile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// On how many topics something is written.
    pub written: usize,
    /// How many topics there are.
    pub topics: usize,
}

impl CareerProfile {
    /// The profile of a trail for a reader: the topics of its method that the organisation offers, and those that
    /// something is written on all the same. What is not written for the reader is not counted either, so that a count
    /// tells nothing of a text on health (S26, of state).
    #[must_use]
    pub fn of(method: Method, reader: Role, list: Option<&HostList>, narratives: &[&Narrative]) -> Self {
        let mut topics: Vec<ProfileTopic> = Vec::new();
        for heading in HostList::offered(list, ListName::Topics) {
            let BaseValue::Topics(topic) = heading.base else { continue };
            let is_written =
                |it: &&&Narrative| it.topic() == topic && it.entry(ListName::Topics) == heading.entry.as_ref();
            let text = narratives.iter().find(is_written).map(|it| (*it).clone());
            if topic.belongs_to(method) || text.is_some() {
                topics.push(ProfileTopic { topic, heading, text });
            }
        }
        for narrative in narratives {
            if !topics.iter().any(|it| it.text.as_ref().is_some_and(|text| text.id() == narrative.id())) {
                let heading = formerly_offered(list, narrative);
                topics.push(ProfileTopic { topic: narrative.topic(), heading, text: Some((*narrative).clone()) });
            }
        }
        topics.retain(|it| it.topic.tab() == Tab::CareerProfile && it.topic.audience().includes(reader));
        topics.sort_by_key(|it| it.topic);
        let of_section = |section: Section| {
            let topics: Vec<_> = topics.iter().filter(|it| it.topic.section() == section).cloned().collect();
            (!topics.is_empty()).then_some(ProfileSection { section, topics })
        };
        Self { sections: Section::ALL.into_iter().filter_map(of_section).collect() }
    }

    /// Its sections, in the order in which they are shown.
    #[must_use]
    pub fn sections(&self) -> &[ProfileSection] {
        &self.sections
    }

    /// Every topic, section by section.
    pub fn topics(&self) -> impl Iterator<Item = &ProfileTopic> {
        self.sections.iter().flat_map(|section| &section.topics)
    }

    /// How complete it is. There is no measure of enough: a participant may have nothing to say on a topic.
    #[must_use]
    pub fn completeness(&self) -> Completeness {
        Completeness { written: self.topics().filter(|it| it.text.is_some()).count(), topics: self.topics().count() }
    }

    /// The profile in plain text, to be printed: what is written under its headings, each with its day, and at the end how
    /// complete it is and what is not written.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut parts = Vec::new();
        for section in &self.sections {
            let written: Vec<_> = section.topics.iter().filter_map(|topic| topic.print(language)).collect();
            if !written.is_empty() {
                parts.push(section.section.label().in_language(language).to_uppercase());
                parts.extend(written);
            }
        }
        let Completeness { written, topics } = self.completeness();
        let so_far = Label::new("Skrevet", "Written").in_language(language);
        let of = Label::new("av", "of").in_language(language);
        parts.push(format!("{so_far}: {written} {of} {topics}"));
        let missing: Vec<_> = self.topics().filter(|it| it.text.is_none()).map(|it| it.heading(language)).collect();
        if !missing.is_empty() {
            let not_written = Label::new("Ikke skrevet", "Not written").in_language(language);
            parts.push(format!("{not_written}: {}", missing.join("; ")));
        }
        parts.join("\n\n")
    }
}

impl ProfileTopic {
    /// What it is called in a language.
    #[must_use]
    pub fn heading(&self, language: Language) -> &str {
        match language {
            Language::Norwegian => &self.heading.nb,
            Language::English => &self.heading.en,
        }
    }

    fn print(&self, language: Language) -> Option<String> {
        let text = self.text.as_ref()?;
        Some(format!("{} ({})\n{}", self.heading(language), text.authorship().day(), text.text().as_str()))
    }
}

/// What a text is called whose topic or entry is not offered any more.
fn formerly_offered(list: Option<&HostList>, narrative: &Narrative) -> ListChoice {
    let code = narrative.entry(ListName::Topics);
    let entry = list.zip(code).and_then(|(list, code)| list.entry(code));
    entry.map_or_else(|| ListChoice::of(BaseValue::Topics(narrative.topic())), super::host_list::ListEntry::choice)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::by_spurv;
    use crate::domain::trail::samples::started;
    use crate::domain::{EntryCode, HostListTerms, Line, NarrativeId, NarrativeText, NewListEntry};

    fn write(number: u128, topic: Topic, text: &str) -> Narrative {
        let trail = started("2022-05-27", "2022-06-02");
        let (id, text) = (NarrativeId::new(Uuid::from_u128(number)), NarrativeText::parse(text).expect("a text"));
        Narrative::write(id, &trail, topic, text, &by_spurv("2022-06-03")).expect("written").0
    }

    fn profile(reader: Role, list: Option<&HostList>, texts: &[Narrative]) -> CareerProfile {
        CareerProfile::of(Method::Ips, reader, list, &texts.iter().collect::<Vec<_>>())
    }

    #[test]
    fn s26_the_profile_says_how_complete_it_is_and_only_of_what_the_reader_may_read() {
        // given a text on interests and one on health, and one of another tab
        let texts = [
            write(1, Topic::Interests, "Hester"),
            write(2, Topic::Health, "Trenger pauser"),
            write(3, Topic::PreferredHours, "Formiddag"),
        ];
        // when the specialist and the supervisor look, then health is counted for the one and not there for the other
        let of = |reader| profile(reader, None, &texts).completeness();
        let all = Topic::ALL.into_iter().filter(|it| it.tab() == Tab::CareerProfile && it.belongs_to(Method::Ips));
        let (all, hidden) = (all.clone().count(), all.filter(|it| !it.audience().includes(Role::Supervisor)).count());
        assert!(hidden > 0);
        assert_eq!(of(Role::Specialist), Completeness { written: 2, topics: all });
        assert_eq!(of(Role::Supervisor), Completeness { written: 1, topics: all - hidden });
        assert_eq!(of(Role::Auditor), Completeness { written: 0, topics: 0 });
    }

    #[test]
    fn s26_it_is_printed_by_topic_in_both_languages() {
        let texts = [write(1, Topic::WorkHistory, "Stallen\nSagbruket"), write(2, Topic::Interests, "Hester")];
        let printed = |language| profile(Role::Supervisor, None, &texts).text(language);
        let norwegian = printed(Language::Norwegian);
        let expected = "KARTLEGGING\n\nInteresser/hobby (2022-06-03)\nHester\n\nUTDANNING OG ERFARING\n\n\
                        Arbeidserfaring (2022-06-03)\nStallen\nSagbruket\n\nSkrevet: 2 av ";
        assert!(norwegian.starts_with(expected), "{norwegian}");
        let (_, missing) = norwegian.split_once("Ikke skrevet: ").expect("what is not written");
        assert!(missing.contains("Utdanning") && !missing.contains("Arbeidserfaring"), "{missing}");
        let english = printed(Language::English);
        let expected = "MAPPING\n\nInterests and hobbies (2022-06-03)\nHester\n\nEDUCATION AND EXPERIENCE\n\n";
        assert!(english.starts_with(expected) && english.contains("Written: 2 of "), "{english}");
    }

    #[test]
    fn s26_da9_the_organisations_own_topics_stand_in_it_and_what_is_closed_is_not_asked_for() {
        let (base, line) = (BaseValue::Topics(Topic::Interests), Line::parse("Dyr").expect("a line"));
        let code = EntryCode::parse("animals").expect("a code");
        let entry = NewListEntry { code: code.clone(), base, nb: line.clone(), en: line };
        let by = by_spurv("2022-06-01");
        let state = |former: Option<&HostList>, entries, closed: &[BaseValue]| {
            let terms = HostListTerms { entries, closed: closed.iter().copied().collect() };
            HostList::state(former, ListName::Topics, terms, &by).expect("stated").0
        };
        let list = state(None, vec![entry], &[base]);
        let (animals, _) = write(1, Topic::Interests, "Hester").choose(ListName::Topics, Some(code));
        let before = profile(Role::Specialist, None, &[]).completeness().topics;
        let of = |list: &HostList, texts: &[Narrative]| profile(Role::Specialist, Some(list), texts);
        let written = of(&list, std::slice::from_ref(&animals));
        assert_eq!(written.completeness(), Completeness { written: 1, topics: before });
        assert!(written.text(Language::Norwegian).contains("Dyr (2022-06-03)\nHester"));
        // and what was written stays there when neither is offered any more
        let gone = state(Some(&list), Vec::new(), &[base]);
        assert_eq!(of(&gone, &[animals]).completeness(), Completeness { written: 1, topics: before });
        assert_eq!(of(&gone, &[]).completeness(), Completeness { written: 0, topics: before - 1 });
    }
}
