//! The dictionary: every closed list with its labels, as a page (S81).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::Label;
use crate::{access, command, domain, record};

const INTRODUCTION: &str = "\
# Ordliste · Dictionary

This page is generated from the tables in the code; a test compares the two. (`UPDATE_DICTIONARY=1 cargo test -p
worktrail-core --lib dictionary` writes it anew.) Every list that a person sees values of stands here, with the stable
code of each value, its Norwegian and its English label.
";

type List = (&'static str, Vec<(&'static str, Label)>);

macro_rules! lists {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        /// Every closed list, in the order of their names.
        fn lists() -> Vec<List> {
            let mut lists = vec![$((
                stringify!($name),
                $module::$name::ALL.into_iter().map(|value| (value.code(), value.label())).collect(),
            )),+];
            lists.sort_by_key(|(name, _)| *name);
            lists
        }
    };
}

lists! {
    domain::AbsenceReason,
    domain::AddressProtection,
    domain::Advice,
    domain::Affiliation,
    command::AfterLoss,
    domain::Audience,
    domain::BenefitsOutcome,
    domain::BenefitsQualification,
    domain::BenefitsTrigger,
    domain::CapacityOutcome,
    domain::Channel,
    domain::CheckRule,
    domain::Clearance,
    domain::CompetitiveQuestion,
    record::Concerns,
    domain::ConfirmationStance,
    domain::ConfirmingParty,
    domain::ConsentClass,
    domain::ConsentGiver,
    domain::ConsentPurpose,
    domain::Consenter,
    domain::ContactAbout,
    domain::ContactAdvice,
    domain::ContactHeldBy,
    domain::ContactTiming,
    domain::ContactWay,
    domain::Corrector,
    domain::CoverExtent,
    domain::CoverReason,
    domain::Datum,
    domain::DayOf,
    domain::Declaration,
    domain::DoNotContactReason,
    domain::DocumentKind,
    domain::DueKind,
    domain::EducationEnding,
    domain::EducationLevel,
    domain::EducationStatus,
    domain::EducationTrack,
    domain::EmployerMet,
    domain::EmploymentForm,
    domain::EndGroup,
    domain::ExperienceKind,
    domain::FactSource,
    domain::FollowAlong,
    domain::Formality,
    domain::GeneralPurpose,
    domain::GoalKind,
    domain::GuardianKind,
    domain::HoursBand,
    domain::IndustryScheme,
    domain::JobAccess,
    domain::JobEndReason,
    domain::JobPay,
    domain::JobStatus,
    domain::LawfulBasis,
    domain::ListName,
    domain::Method,
    domain::NationalIdKind,
    domain::NotCompetitive,
    domain::NoticePart,
    domain::OccupationScheme,
    domain::OnCallPolicy,
    domain::OpenMatter,
    domain::OpenTo,
    domain::OpennessPart,
    domain::OpennessStance,
    domain::OtherEnding,
    domain::PauseReason,
    domain::PauseState,
    domain::Phase,
    domain::Plan,
    domain::PlanAgreement,
    domain::PositionKind,
    domain::Presence,
    domain::Programme,
    domain::ProgrammeVariant,
    access::Purpose,
    access::Reach,
    domain::RecruitmentOutcome,
    domain::RecruitmentStatus,
    domain::ReferralClosing,
    domain::ReferralDecision,
    domain::ReferralSource,
    domain::Responsible,
    record::Retention,
    domain::RetentionAction,
    domain::RetentionAnchor,
    access::Right,
    domain::Role,
    domain::Section,
    record::SeenBy,
    domain::SignedPaper,
    domain::SmsStance,
    domain::SpecialBasis,
    domain::StaffShielding,
    domain::StudyForm,
    domain::SubGoalOutcome,
    domain::SubGoalProgress,
    domain::SubGoalStatus,
    domain::SubsidyKind,
    domain::SupportedWho,
    domain::Tab,
    domain::TenureMark,
    domain::Thing,
    domain::Tie,
    domain::TrailAudience,
    domain::TransferKind,
    domain::TransferStatus,
    domain::UnitKind,
    domain::VisitWish,
    domain::Wanted,
    domain::WarningAbout,
    domain::Weekday,
    domain::WishPart,
    domain::WishesFollowed,
    domain::WorkEnding,
    domain::WorkTrait,
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (name, values) in lists() {
        let _ = write!(page, "\n## {name}\n\n| code | norsk | English |\n| --- | --- | --- |\n");
        for (code, label) in values {
            let _ = writeln!(page, "| `{code}` | {} | {} |", label.nb, label.en);
        }
    }
    page
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

#[test]
fn s81_the_dictionary_is_what_the_tables_say() {
    let file = root().join("../docs/ordliste.md");
    let page = page();
    if std::env::var_os("UPDATE_DICTIONARY").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    assert!(std::fs::read_to_string(file).unwrap() == page, "UPDATE_DICTIONARY=1 writes the dictionary anew");
}

#[test]
fn s81_every_closed_list_of_the_code_is_in_the_dictionary() {
    let listed: BTreeSet<String> = lists().into_iter().map(|(name, _)| name.to_owned()).collect();
    let (mut found, mut folders) = (BTreeSet::new(), vec![root().join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for list in text.split("\ncoded! {").skip(1) {
                let name = list.split(" enum ").nth(1).unwrap_or_default();
                found.extend(name.split([' ', '{']).next().map(str::to_owned));
            }
        }
    }
    assert_eq!(listed.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "Topic and other tables aside");
    assert_eq!(found.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "not in the dictionary");
}

#[test]
fn s81_no_label_is_empty_and_no_code_stands_twice_in_a_list() {
    for (name, values) in lists() {
        let codes: BTreeSet<_> = values.iter().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), values.len(), "{name}");
        assert!(values.iter().all(|(_, label)| !label.nb.is_empty() && !label.en.is_empty()), "{name}");
    }
}
