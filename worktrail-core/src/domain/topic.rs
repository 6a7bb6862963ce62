//! What a narrative is about: the table of topics.

use super::coded::coded;
use super::consent::ConsentClass;
use super::method::Method;
use super::role::Role;

mod table;

pub use table::Topic;

/// The most characters that any topic takes.
pub const LONGEST_NARRATIVE: usize = 10_000;

coded! {
    /// The tab of the trail's page that a topic stands under (S124).
    pub enum Tab {
        /// The trail itself.
        Trail = "trail", "Jobbspor", "Trail";
        /// The career profile (formerly vocational profile).
        CareerProfile = "career_profile", "Karriereprofil", "Career profile";
        /// The job development plan.
        JobDevelopment = "job_development", "Jobbutvikling", "Job development";
        /// The job support plan.
        JobSupport = "job_support", "Jobbstøtte", "Job support";
    }
}

coded! {
    /// The section of a tab that a topic stands in.
    pub enum Section {
        /// Working together with the participant.
        Cooperation = "cooperation", "Samarbeid", "Cooperation";
        /// Mapping.
        Mapping = "mapping", "Kartlegging", "Mapping";
        /// Education and experience.
        EducationAndExperience = "education_and_experience", "Utdanning og erfaring", "Education and experience";
        /// Wishes and the frame of the search.
        Wishes = "wishes", "Ønsker og rammer", "Wishes and frame";
        /// Plan for support in job or education.
        SupportPlan = "support_plan", "Plan for jobbstøtte", "Job support plan";
        /// Finances.
        Finances = "finances", "Økonomi", "Finances";
    }
}

coded! {
    /// Who reads a topic without a consent that says more.
    pub enum Audience {
        /// The participant and those who follow the trail: specialist and supervisor.
        Trail = "trail", "Deltaker, jobbspesialist og metodeveileder", "Participant, specialist and supervisor";
        /// The participant and the specialist: health text, which not even a supervisor reads by default.
        Nearest = "nearest", "Deltaker og jobbspesialist", "Participant and specialist";
        /// The specialist and the supervisor; shown to the participant on request.
        Staff = "staff", "Jobbspesialist og metodeveileder", "Specialist and supervisor";
    }
}

impl Audience {
    /// Whether a role belongs to the audience.
    #[must_use]
    pub const fn includes(self, role: Role) -> bool {
        match self {
            Self::Trail => matches!(role, Role::Participant | Role::Specialist | Role::Supervisor),
            Self::Nearest => matches!(role, Role::Participant | Role::Specialist),
            Self::Staff => matches!(role, Role::Specialist | Role::Supervisor),
        }
    }
}

impl Topic {
    /// Whether a trail of this method has the topic.
    #[must_use]
    pub fn belongs_to(self, method: Method) -> bool {
        self.methods().contains(&method)
    }

    /// The class under which a consent shares what is written about it (S4). None for what no consent shares: what is
    /// for staff, what is about others, money, and where somebody comes from.
    #[must_use]
    pub const fn shared_as(self) -> Option<ConsentClass> {
        match self {
            Self::EducationHistory | Self::WorkHistory => Some(ConsentClass::Background),
            Self::CareerPriorities | Self::JobSearchFramework | Self::PreferredHours | Self::Geography => {
                Some(ConsentClass::Wishes)
            }
            Self::AccommodationNeeds | Self::RoutinesAroundWork => Some(ConsentClass::SupportNeeds),
            Self::Health | Self::EarlyWarningSigns | Self::CopingStrategies => Some(ConsentClass::Health),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::class::Class;

    #[test]
    fn every_topic_stands_once_and_its_key_is_its_serde_name() {
        let keys: BTreeSet<_> = Topic::ALL.into_iter().map(Topic::code).collect();
        assert_eq!(keys.len(), Topic::ALL.len());
        for topic in Topic::ALL {
            assert_eq!(serde_json::to_string(&topic).unwrap(), format!("\"{}\"", topic.code()));
            assert_eq!(Topic::from_code(topic.code()), Some(topic));
        }
    }

    #[test]
    fn every_topic_belongs_to_a_method_and_has_labels_guidance_and_a_length() {
        for topic in Topic::ALL {
            assert!(!topic.methods().is_empty(), "{topic:?}");
            for text in [topic.label(), topic.guidance()] {
                assert!(!text.nb.is_empty() && !text.en.is_empty(), "{topic:?}");
            }
            assert!((1..=LONGEST_NARRATIVE).contains(&topic.max_chars()), "{topic:?}");
        }
    }

    #[test]
    fn s4_a_topic_is_shared_as_its_class_says_or_not_at_all() {
        for topic in Topic::ALL {
            let shared = topic.shared_as();
            if matches!(topic.class(), Class::ThirdParty | Class::Finance) || topic.audience() == Audience::Staff {
                assert_eq!(shared, None, "{topic:?}");
            }
            // What is about health is shared by a consent that says so.
            if topic.class() == Class::Health {
                assert!(shared.is_none_or(ConsentClass::is_special), "{topic:?}");
            }
        }
        assert_eq!(Topic::CulturalBackground.shared_as(), None);
        let shared_as =
            |class| Topic::ALL.into_iter().filter(|it| it.shared_as() == Some(class)).collect::<BTreeSet<_>>();
        let background = [Topic::EducationHistory, Topic::WorkHistory];
        let wishes = [Topic::CareerPriorities, Topic::JobSearchFramework, Topic::PreferredHours, Topic::Geography];
        let needs = [Topic::AccommodationNeeds, Topic::RoutinesAroundWork];
        let health = [Topic::Health, Topic::EarlyWarningSigns, Topic::CopingStrategies];
        assert_eq!(shared_as(ConsentClass::Background), background.into());
        assert_eq!(shared_as(ConsentClass::Wishes), wishes.into());
        assert_eq!(shared_as(ConsentClass::SupportNeeds), needs.into());
        assert_eq!(shared_as(ConsentClass::Health), health.into());
    }

    #[test]
    fn s19_each_method_has_its_own_topics_and_those_that_all_have() {
        let of = |method: Method| Topic::ALL.into_iter().filter(|it| it.belongs_to(method)).collect::<Vec<_>>();
        let counts = Method::ALL.map(|method| of(method).len());
        assert_eq!(counts, [22, 14, 25], "the living fields of today's three pages");
        for topic in [Topic::NoShowPlan, Topic::Interests, Topic::Health, Topic::WorkHistory] {
            assert!(Method::ALL.into_iter().all(|method| topic.belongs_to(method)), "{topic:?}");
        }
        assert!(
            !Topic::Observations.belongs_to(Method::Ips)
                && !Topic::CopingStrategies.belongs_to(Method::SupportedEmployment)
        );
    }

    #[test]
    fn health_has_an_audience_of_its_own() {
        for topic in Topic::ALL.into_iter().filter(|topic| topic.class() == Class::Health) {
            assert_eq!(topic.audience(), Audience::Nearest, "{topic:?}");
            assert!(!topic.audience().includes(Role::Supervisor));
            assert!([Role::Participant, Role::Specialist].into_iter().all(|role| topic.audience().includes(role)));
        }
    }
}
