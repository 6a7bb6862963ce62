//! The rows of the table of topics.

use serde::{Deserialize, Serialize};

use super::{Audience, LONGEST_NARRATIVE, Section, Tab};
use crate::class::Class;
use crate::domain::method::Method;
use crate::label::Label;

const MIDDLING: usize = 4_000;
const SHORT: usize = 500;
const IPS: &[Method] = &[Method::Ips];

/// Makes [`Topic`] and all that is fixed about each of them from one table.
macro_rules! topics {
    ($(
        $(#[$doc:meta])*
        $name:ident = $key:literal, $nb:literal, $en:literal {
            $methods:ident, $tab:ident / $section:ident, $max:ident, $class:ident, $audience:ident,
            $guide_nb:literal, $guide_en:literal
        }
    )+) => {
        /// A topic of the career profile, the job development plan or the job support plan (seed rows 117–128).
        ///
        /// Each is one row of one table: key, tab, section, methods, label, guidance, length, class and audience.
        ///
        /// ```
        /// use worktrail_core::class::Class;
        /// use worktrail_core::domain::Topic;
        ///
        /// assert_eq!(Topic::Health.class(), Class::Health);
        /// assert_eq!(Topic::from_code("work_history"), Some(Topic::WorkHistory));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Topic { $( $(#[$doc])* #[serde(rename = $key)] $name, )+ }

        impl Topic {
            /// Every topic, in the order in which it is shown.
            pub const ALL: [Self; [$($key),+].len()] = [$(Self::$name),+];

            /// The stable wire code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// The topic with this wire code, if there is one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($key => Some(Self::$name),)+ _ => None }
            }

            /// What a person reads.
            #[must_use]
            pub const fn label(self) -> Label {
                match self { $(Self::$name => Label::new($nb, $en),)+ }
            }

            /// What to write, and what never; shown beside the field.
            #[must_use]
            pub const fn guidance(self) -> Label {
                match self { $(Self::$name => Label::new($guide_nb, $guide_en),)+ }
            }

            /// The methods that it belongs to.
            #[must_use]
            pub const fn methods(self) -> &'static [Method] {
                match self { $(Self::$name => $methods,)+ }
            }

            /// The tab that it stands under.
            #[must_use]
            pub const fn tab(self) -> Tab {
                match self { $(Self::$name => Tab::$tab,)+ }
            }

            /// The section of the tab.
            #[must_use]
            pub const fn section(self) -> Section {
                match self { $(Self::$name => Section::$section,)+ }
            }

            /// The most characters that it takes; never more than [`LONGEST_NARRATIVE`].
            #[must_use]
            pub const fn max_chars(self) -> usize {
                match self { $(Self::$name => $max,)+ }
            }

            /// How sensitive what is written here is expected to be.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)+ }
            }

            /// Who reads it.
            #[must_use]
            pub const fn audience(self) -> Audience {
                match self { $(Self::$name => Audience::$audience,)+ }
            }
        }
    };
}

topics! {
    /// How to reach the participant who did not come.
    NoShowPlan = "no_show_plan", "Plan for kontakt ved uteblivelse", "Contact when not showing up" {
        IPS, Trail / Cooperation, MIDDLING, Personal, Staff,
        "Hvordan deltakeren vil bli nådd, og når behandler bør være med. Ikke navn på andre.",
        "How the participant wants to be reached, and when the clinician should take part. No names of others."
    }
    /// Interests and hobbies.
    Interests = "interests", "Interesser/hobby", "Interests and hobbies" {
        IPS, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Interesser som kan komme til nytte i arbeidslivet.",
        "Interests that may be of use in working life."
    }
    /// Personal qualities.
    PersonalQualities = "personal_qualities", "Personlige egenskaper", "Personal qualities" {
        IPS, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Styrker og trekk som det er godt å kjenne til på jobb. Ikke diagnoser.",
        "Strengths and traits that are good to know of at work. No diagnoses."
    }
    /// Cultural background.
    CulturalBackground = "cultural_background", "Kulturbakgrunn", "Cultural background" {
        IPS, CareerProfile / Mapping, MIDDLING, Health, Nearest,
        "Oppvekst og verdier, bare så langt deltakeren ønsker det og det betyr noe for valg av arbeid.",
        "Upbringing and values, only as far as the participant wishes and it bears on the choice of work."
    }
    /// Surroundings that bear on the choice of work.
    Surroundings = "surroundings", "Omgivelsesforhold", "Surroundings" {
        IPS, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Bosted, reisevei og hverdag som virker inn på valg av arbeid. Ikke opplysninger om andre personer.",
        "Housing, travel and daily life that bear on the choice of work. Nothing about other persons."
    }
    /// Finances that stand in the way of work.
    Finances = "finances", "Økonomiske forhold", "Finances" {
        IPS, CareerProfile / Finances, MIDDLING, Finance, Trail,
        "Økonomi som står i veien for arbeid. Aldri om sosiale tjenester.",
        "Finances that stand in the way of work. Never about social services."
    }
    /// Health as it bears on work.
    Health = "health", "Helse", "Health" {
        IPS, CareerProfile / Mapping, MIDDLING, Health, Nearest,
        "Helse bare så langt den virker inn på arbeid. Skriv behov, ikke diagnose.",
        "Health only as far as it bears on work. Write needs, not a diagnosis."
    }
    /// Anything else.
    Other = "other", "Annet", "Other" {
        IPS, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Annet som deltakeren mener er viktig for arbeid. Ikke navn på andre.",
        "Anything else that the participant finds important for work. No names of others."
    }
    /// Education.
    EducationHistory = "education_history", "Utdanning", "Education" {
        IPS, CareerProfile / EducationAndExperience, LONGEST_NARRATIVE, Personal, Trail,
        "Utdanning, også den som ble avbrutt. Årsaken bare hvis deltakeren vil ha den med.",
        "Education, also what was broken off. The reason only if the participant wants it there."
    }
    /// Work experience.
    WorkHistory = "work_history", "Arbeidserfaring", "Work experience" {
        IPS, CareerProfile / EducationAndExperience, LONGEST_NARRATIVE, Personal, Trail,
        "Tidligere jobber: hvordan de ble funnet, hva som var best, hva som var vanskeligst, hvordan de tok slutt.",
        "Earlier jobs: how they were found, what was best, what was hardest, how they ended."
    }
    /// Conversation with previous employers; takes openness towards that employer (row 128).
    PreviousEmployerFeedback = "previous_employer_feedback", "Samtale med tidligere arbeidsgivere",
    "Conversation with previous employers" {
        IPS, CareerProfile / EducationAndExperience, MIDDLING, Personal, Staff,
        "Tilbakemelding med vekt på styrker. Bare der deltakeren har sagt ja til åpenhet overfor arbeidsgiveren.",
        "Feedback with weight on strengths. Only where the participant has agreed to openness towards the employer."
    }
    /// Prioritised wishes for occupation or education.
    CareerPriorities = "career_priorities", "Prioriterte yrkes- og utdanningsønsker",
    "Prioritised occupational and educational wishes" {
        IPS, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Hva deltakeren ønsker på kort og lang sikt, og hva som avgjør: lønn, miljø, sted.",
        "What the participant wants in the short and the long run, and what decides: pay, environment, place."
    }
    /// The frame of the job search.
    JobSearchFramework = "job_search_framework", "Rammer for jobbutvikling/jobbsøk",
    "Frame of the job development and search" {
        IPS, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Mål på kort sikt, bransje, oppgaver, timer. Ikke opplysninger om andre personer.",
        "Short-term targets, industry, tasks, hours. Nothing about other persons."
    }
    /// Wanted working hours.
    PreferredHours = "preferred_hours", "Ønsket arbeidstid", "Wanted working hours" {
        IPS, JobDevelopment / Wishes, SHORT, Personal, Trail,
        "Fra og til, dager og timer per uke.",
        "From and to, days and hours a week."
    }
    /// Geography and travel.
    Geography = "geography", "Geografi", "Geography" {
        IPS, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Hvor, hvor langt og hvordan deltakeren kan reise.",
        "Where, how far and how the participant can travel."
    }
    /// Resources in the network (row 122).
    Network = "network", "Nettverk", "Network" {
        IPS, JobDevelopment / Wishes, MIDDLING, ThirdParty, Trail,
        "Ressurser i nettverket. Aldri navn.",
        "Resources in the network. Never by name."
    }
    /// Routines before and after work.
    RoutinesAroundWork = "routines_around_work", "Strategi før og etter jobb/utdanning",
    "Strategy before and after work or education" {
        IPS, JobSupport / SupportPlan, MIDDLING, Personal, Trail,
        "Det som gjør at dagen går: stå opp, reise, hvile.",
        "What makes the day work: getting up, travel, rest."
    }
    /// Needs for adaptation.
    AccommodationNeeds = "accommodation_needs", "Behov for tilrettelegging", "Needs for adaptation" {
        IPS, JobSupport / SupportPlan, MIDDLING, Health, Nearest,
        "Utstyr, arbeidstid, oppgaver. Skriv behovet, ikke diagnosen.",
        "Equipment, hours, tasks. Write the need, not the diagnosis."
    }
    /// Early signs of more symptoms.
    EarlyWarningSigns = "early_warning_signs", "Tidlige tegn på økt symptomtrykk", "Early signs of more symptoms" {
        IPS, JobSupport / SupportPlan, MIDDLING, Health, Nearest,
        "Tegn som deltakeren selv kjenner, og hva som da skal skje. Lag dem gjerne sammen med behandler.",
        "Signs that the participant knows, and what is then to happen. Best made together with the clinician."
    }
    /// Coping strategies.
    CopingStrategies = "coping_strategies", "Mestringsstrategier", "Coping strategies" {
        IPS, JobSupport / SupportPlan, MIDDLING, Health, Nearest,
        "Det som hjelper.",
        "What helps."
    }
    /// The network that supports at work.
    SupportNetwork = "support_network", "Nettverk i jobbstøtten", "Network in the job support" {
        IPS, JobSupport / SupportPlan, MIDDLING, ThirdParty, Trail,
        "Hvem som støtter, etter rolle. Aldri navn.",
        "Who supports, by role. Never by name."
    }
    /// Finances at important transitions.
    FinancialTransition = "financial_transition", "Økonomiske rammer ved viktige overganger",
    "Finances at important transitions" {
        IPS, JobSupport / Finances, MIDDLING, Finance, Trail,
        "Råd om økonomi før jobbstart og ved endring av timer eller lønn. Aldri om sosiale tjenester.",
        "Advice on finances before a job starts and when hours or pay change. Never about social services."
    }
}
