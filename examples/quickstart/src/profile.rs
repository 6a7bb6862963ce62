//! What ABSURD BRANNHYDRANT told of himself: invented, like everything here.

use worktrail_core::domain::Topic;

/// Fifteen topics of the career profile and the plans.
pub(crate) const PROFILE: [(Topic, &str); 15] = [
    (Topic::Interests, "Bread, brass bands and old radios."),
    (Topic::PersonalQualities, "Punctual to the minute. Does not give up."),
    (Topic::CulturalBackground, "Grew up on the coast; everybody started work early."),
    (Topic::Surroundings, "Lives within a walk of the town centre."),
    (Topic::Finances, "Wants to know what a first wage changes before it comes."),
    (Topic::Health, "Needs short breaks, and quiet after a busy hour."),
    (Topic::Other, "Would like to wear no uniform cap."),
    (Topic::EducationHistory, "Two years of restaurant and food processing."),
    (Topic::WorkHistory, "A summer in a canteen kitchen; best were the mornings."),
    (Topic::RoutinesAroundWork, "Clothes laid out the night before, and the bus in good time."),
    (Topic::CareerPriorities, "A bakery now; perhaps the certificate of apprenticeship later."),
    (Topic::JobSearchFramework, "Two visits a week, on foot, with the specialist."),
    (Topic::PreferredHours, "Five to eleven, three days a week to begin with."),
    (Topic::Geography, "Fjellvik and the valley; there is a bus at half past four."),
    (Topic::Network, "A sibling who drives past the bakery every morning."),
];
