//! The closed lists of education.

use crate::domain::coded::coded;

coded! {
    /// Whether an education is ordinary or vocational training.
    pub enum EducationTrack {
        /// School, college, university, courses.
        Ordinary = "ordinary", "Ordinær utdanning", "Ordinary education";
        /// Training for a trade, with or without a workplace in it.
        Vocational = "vocational", "Fag- og yrkesopplæring", "Vocational training";
    }
}

coded! {
    /// The form of study.
    pub enum StudyForm {
        /// Full-time study.
        FullTime = "full_time", "Heltidsstudie", "Full-time study";
        /// Part-time study.
        PartTime = "part_time", "Deltidsstudie", "Part-time study";
        /// A course in the evening.
        EveningCourse = "evening_course", "Kurs på kveldstid", "Evening course";
        /// A course in the daytime.
        DayCourse = "day_course", "Kurs på dagtid", "Day course";
        /// Vocational training in modules.
        Modules = "modules", "Modulstrukturert fag- og yrkesopplæring", "Vocational training in modules";
        /// Apprenticeship.
        Apprentice = "apprentice", "Lærling", "Apprentice";
        /// A trade certificate earned at work.
        CertificateAtWork = "certificate_at_work", "Fagbrev på jobb", "Trade certificate at work";
        /// All of the training at the workplace.
        ZeroPlusFour = "zero_plus_four", "0+4-ordning", "0+4 scheme";
        /// Training for a practice certificate.
        PracticeCertificate = "practice_certificate", "Praksisbrevkandidat", "Practice certificate candidate";
        /// A trade certificate by long practice.
        PracticeCandidate = "practice_candidate", "Praksiskandidat", "Experienced candidate";
        /// Training for a competence certificate.
        TrainingCandidate = "training_candidate", "Lærekandidat", "Training candidate";
        /// Upper secondary education for adults.
        AdultUpperSecondary =
            "adult_upper_secondary", "Videregående opplæring for voksne (VOV)", "Upper secondary education for adults";
    }
}

coded! {
    /// The level of an education.
    pub enum EducationLevel {
        /// Primary and lower secondary school.
        Primary = "primary", "Grunnskole", "Primary and lower secondary school";
        /// Upper secondary school.
        UpperSecondary = "upper_secondary", "Videregående skole", "Upper secondary school";
        /// Vocational college.
        VocationalCollege = "vocational_college", "Fagskole", "Vocational college";
        /// University or university college.
        University = "university", "Universitet eller høgskole", "University or university college";
    }
}

coded! {
    /// A programme of upper secondary education.
    pub enum Programme {
        /// Building and construction.
        Building = "building", "Bygg- og anleggsteknikk", "Building and construction";
        /// Electrical engineering and computer technology.
        Electrical = "electrical", "Elektro- og datateknologi", "Electrical engineering and computer technology";
        /// Hairdressing, floral, interior and retail design.
        Design = "design", "Frisør, blomster, interiør og eksponeringsdesign",
            "Hairdressing, floral, interior and retail design";
        /// Health, childhood and youth development.
        Health = "health", "Helse- og oppvekstfag", "Health, childhood and youth development";
        /// Crafts, design and product development.
        Crafts = "crafts", "Håndverk, design og produktutvikling", "Crafts, design and product development";
        /// Information technology and media production.
        InformationTechnology = "information_technology", "Informasjonsteknologi og medieproduksjon",
            "Information technology and media production";
        /// Agriculture, fishing and forestry.
        Nature = "nature", "Naturbruk", "Agriculture, fishing and forestry";
        /// Restaurant and food processing.
        Food = "food", "Restaurant- og matfag", "Restaurant and food processing";
        /// Sales, service and tourism.
        Sales = "sales", "Salg, service og reiseliv", "Sales, service and tourism";
        /// Technology and industry.
        Industry = "industry", "Teknologi- og industrifag", "Technology and industry";
        /// Sports and physical education.
        Sports = "sports", "Idrettsfag", "Sports and physical education";
        /// Art, design and architecture.
        Art = "art", "Kunst, design og arkitektur", "Art, design and architecture";
        /// Media and communication.
        Media = "media", "Medier og kommunikasjon", "Media and communication";
        /// Music, dance and drama.
        Music = "music", "Musikk, dans og drama", "Music, dance and drama";
        /// General studies.
        General = "general", "Studiespesialisering", "General studies";
    }
}

impl StudyForm {
    /// Whether it is a form of the track; an apprenticeship is one of both.
    #[must_use]
    pub const fn is_of(self, track: EducationTrack) -> bool {
        match self {
            Self::Apprentice => true,
            Self::FullTime | Self::PartTime | Self::EveningCourse | Self::DayCourse | Self::Modules => {
                matches!(track, EducationTrack::Ordinary)
            }
            Self::CertificateAtWork
            | Self::ZeroPlusFour
            | Self::PracticeCertificate
            | Self::PracticeCandidate
            | Self::TrainingCandidate
            | Self::AdultUpperSecondary => matches!(track, EducationTrack::Vocational),
        }
    }
}

impl Programme {
    /// Whether it leads to a trade: the others prepare for further study.
    #[must_use]
    pub const fn is_vocational(self) -> bool {
        !matches!(self, Self::Sports | Self::Art | Self::Media | Self::Music | Self::General)
    }
}
