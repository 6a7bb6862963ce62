//! The rows of the table of topics.

use serde::{Deserialize, Serialize};

use super::{Audience, LONGEST_NARRATIVE, Section, Tab};
use crate::class::Class;
use crate::domain::method::Method;
use crate::label::Label;

const MIDDLING: usize = 4_000;
const SHORT: usize = 500;
const IPS: &[Method] = &[Method::Ips];
const IPS_SE: &[Method] = &[Method::Ips, Method::SupportedEmployment];
const SE_CE: &[Method] = &[Method::SupportedEmployment, Method::CustomizedEmployment];
const CE: &[Method] = &[Method::CustomizedEmployment];
const ALL: &[Method] = &Method::ALL;

/// Makes [`Topic`] and all that is fixed about each of them from one table.
macro_rules! topics {
    ($(
        $(#[$doc:meta])*
        $name:ident = $key:literal, $nb:literal, $en:literal {
            $methods:ident, $tab:ident / $section:ident, $max:ident, $class:ident, $audience:ident,
            $guide_nb:literal, $guide_en:literal
        }
    )+) => {
        /// A topic of the career profile, the job development plan or the job support plan (S117–S128).
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
        ALL, Trail / Cooperation, MIDDLING, Personal, Staff,
        "Hvordan deltakeren vil bli nådd, og når behandler bør være med. Ikke navn på andre.",
        "How the participant wants to be reached, and when the clinician should take part. No names of others."
    }
    /// Interests and hobbies.
    Interests = "interests", "Interesser/hobby", "Interests and hobbies" {
        ALL, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Interesser som kan komme til nytte i arbeidslivet.",
        "Interests that may be of use in working life."
    }
    /// Personal qualities.
    PersonalQualities = "personal_qualities", "Personlige egenskaper", "Personal qualities" {
        ALL, CareerProfile / Mapping, MIDDLING, Personal, Trail,
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
        IPS_SE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Bosted, reisevei og hverdag som virker inn på valg av arbeid. Ikke opplysninger om andre personer.",
        "Housing, travel and daily life that bear on the choice of work. Nothing about other persons."
    }
    /// Finances that stand in the way of work.
    Finances = "finances", "Økonomiske forhold", "Finances" {
        IPS_SE, CareerProfile / Finances, MIDDLING, Finance, Trail,
        "Økonomi som står i veien for arbeid. Aldri om sosiale tjenester.",
        "Finances that stand in the way of work. Never about social services."
    }
    /// Health as it bears on work.
    Health = "health", "Helse", "Health" {
        ALL, CareerProfile / Mapping, MIDDLING, Health, Nearest,
        "Helse bare så langt den virker inn på arbeid. Skriv behov, ikke diagnose.",
        "Health only as far as it bears on work. Write needs, not a diagnosis."
    }
    /// Anything else.
    Other = "other", "Annet", "Other" {
        ALL, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Annet som deltakeren mener er viktig for arbeid. Ikke navn på andre.",
        "Anything else that the participant finds important for work. No names of others."
    }
    /// Education.
    EducationHistory = "education_history", "Utdanning", "Education" {
        ALL, CareerProfile / EducationAndExperience, LONGEST_NARRATIVE, Personal, Trail,
        "Utdanning, også den som ble avbrutt. Årsaken bare hvis deltakeren vil ha den med.",
        "Education, also what was broken off. The reason only if the participant wants it there."
    }
    /// Work experience.
    WorkHistory = "work_history", "Arbeidserfaring", "Work experience" {
        ALL, CareerProfile / EducationAndExperience, LONGEST_NARRATIVE, Personal, Trail,
        "Tidligere jobber: hvordan de ble funnet, hva som var best, hva som var vanskeligst, hvordan de tok slutt.",
        "Earlier jobs: how they were found, what was best, what was hardest, how they ended."
    }
    /// Conversation with previous employers; takes a registered talk, and so openness towards that employer (S128).
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
    /// Social conditions as they bear on work.
    SocialConditions = "social_conditions", "Sosiale forhold", "Social conditions" {
        SE_CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Nettverk og livssituasjon som virker inn på arbeid. Aldri navn, aldri om sosiale tjenester.",
        "Network and life as they bear on work. Never names, never about social services."
    }
    /// How far and how the participant travels.
    Mobility = "mobility", "Mobilitet", "Mobility" {
        SE_CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Hvor langt og hvordan deltakeren reiser, og hva som hindrer. Skriv behov, ikke diagnose.",
        "How far and how the participant travels, and what hinders. Write needs, not a diagnosis."
    }
    /// The wanted occupation, industry or career.
    DesiredOccupation = "desired_occupation", "Ønsket yrke/bransje/karriere", "Wanted occupation, industry or career" {
        SE_CE, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Tanker på kort og lang sikt, med deltakerens egne ord.",
        "Thoughts in the short and the long run, in the participant's own words."
    }
    /// The wanted working environment.
    DesiredEnvironment = "desired_environment", "Ønsket arbeidsmiljø", "Wanted working environment" {
        SE_CE, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Størrelse, tempo, kolleger, det fysiske og det sosiale.",
        "Size, pace, colleagues, the physical and the social."
    }
    /// The wanted tasks.
    DesiredTasks = "desired_tasks", "Ønskede arbeidsoppgaver", "Wanted tasks" {
        SE_CE, JobDevelopment / Wishes, MIDDLING, Personal, Trail,
        "Hva deltakeren liker og ikke liker, fast eller nytt, foran eller bak disken.",
        "What the participant likes and does not, routine or new, front or back office."
    }
    /// What matters to the participant.
    WhatMatters = "what_matters", "Hva er viktig for deg?", "What matters to you?" {
        CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Ting, fortellinger og det som betyr noe. Ikke navn på andre.",
        "Things, stories and what means something. No names of others."
    }
    /// Interests beyond work.
    InterestsBeyondWork = "interests_beyond_work", "Interesser og hobbyer utover arbeid", "Interests beyond work" {
        CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Det deltakeren gjør når ingen ber om det.",
        "What the participant does when nobody asks for it."
    }
    /// Skills and abilities.
    Skills = "skills", "Hvilke ferdigheter/evner har du", "Skills and abilities" {
        CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Styrker, ferdigheter og ressurser, med eksempler.",
        "Strengths, skills and resources, with examples."
    }
    /// What help tasks take.
    SupportNeeds = "support_needs", "Behov for støtte for å fullføre oppgaver", "Support needed to complete tasks" {
        CE, CareerProfile / Mapping, MIDDLING, Health, Nearest,
        "Hva som hjelper i en oppgave. Skriv behovet, ikke diagnosen.",
        "What helps in a task. Write the need, not the diagnosis."
    }
    /// How the participant learns best.
    LearningStrategies = "learning_strategies", "Hvordan lærer du best?", "How do you learn best?" {
        CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Måter å lære på, og hjelpemidler. Ikke diagnoser.",
        "Ways to learn, and aids. No diagnoses."
    }
    /// Places in the neighbourhood.
    LocalPlaces = "local_places", "Steder du pleier å besøke i nærmiljøet", "Places you usually visit" {
        CE, CareerProfile / Mapping, MIDDLING, Personal, Trail,
        "Steder i nærmiljøet, for å finne arbeidsplasser der. Ikke hvem som bor der.",
        "Places nearby, to find workplaces there. Not who lives there."
    }
    /// Means of transport.
    Transport = "transport", "Hvilke transportmidler benytter du?", "Means of transport" {
        CE, CareerProfile / Mapping, SHORT, Personal, Trail,
        "Buss, tog, sykkel, følge.",
        "Bus, train, bicycle, company."
    }
    /// What was seen during discovery.
    Observations = "observations", "Observasjoner", "Observations" {
        CE, CareerProfile / Mapping, LONGEST_NARRATIVE, Personal, Trail,
        "Det som ble sett under aktiviteter, uten tolkning. Ikke navn på andre.",
        "What was seen during activities, without interpretation. No names of others."
    }
    /// The participant's own words.
    Quotes = "quotes", "Sitater", "Quotes" {
        CE, CareerProfile / Mapping, LONGEST_NARRATIVE, Personal, Trail,
        "Deltakerens egne ord, som de ble sagt.",
        "The participant's own words, as they were said."
    }
    /// The descriptive career profile: what discovery led to.
    DescriptiveProfile = "descriptive_profile", "Beskrivende yrkesprofil", "Descriptive career profile" {
        CE, CareerProfile / Mapping, LONGEST_NARRATIVE, Personal, Trail,
        "Resultatet av utforskningen: under hvilke vilkår deltakeren arbeider best.",
        "What discovery led to: the conditions under which the participant works best."
    }
    /// Occupational themes.
    OccupationalThemes = "occupational_themes", "Yrkestemaer", "Occupational themes" {
        CE, JobDevelopment / Wishes, SHORT, Personal, Trail,
        "Temaer som peker mot steder å prøve.",
        "Themes that point to places to try."
    }
    /// Pay and other requirements.
    PayRequirements = "pay_requirements", "Lønns- og andre økonomiske krav", "Pay and other financial requirements" {
        CE, JobDevelopment / Wishes, MIDDLING, Finance, Trail,
        "Krav til lønn før et forslag legges fram. Aldri om sosiale tjenester.",
        "Requirements on pay before a proposal is made. Never about social services."
    }
    /// The plan for working together.
    CollaborationPlan = "collaboration_plan", "Plan for samarbeidet", "Plan for working together" {
        CE, Trail / Cooperation, MIDDLING, Personal, Trail,
        "Hvem som gjør hva, etter rolle. Aldri navn.",
        "Who does what, by role. Never by name."
    }
}
