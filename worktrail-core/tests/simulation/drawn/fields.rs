//! What may stand in the fields of a command, by their names.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};
use worktrail_core::domain::{
    AddressProtection, ConfirmationStance, ConfirmingParty, ConsentGiver, CoverExtent, EmploymentForm, EndReason,
    JobEndReason, Method, OpennessStance, PauseReason, Phase, Plan, RecruitmentOutcome, StaffShielding, SubGoalOutcome,
    SubGoalProgress, SupportedWho, Topic,
};

/// What other things belong to: of these a form is only about one when it is about nothing that belongs to one.
pub(super) const WHOLES: [&str; 10] =
    ["trail", "participant", "team", "contact_person", "employer", "education", "staff", "owner", "office", "parent"];

/// Fields that say the same as those of what the form is about.
pub(super) const OF_THE_CASE: [&str; 2] = ["method", "topic"];

/// Fields that are mostly left empty, since what stands in them is there once.
pub(super) const SCARCE: [&str; 3] = ["national_id", "organisation_number", "exclusion"];

/// Commands after which less can be done.
pub(super) const FINAL: [&str; 8] = [
    "change_protection",
    "declare_conflict",
    "end_membership",
    "end_trail",
    "forget_contact_person",
    "forget_participant",
    "merge_employers",
    "merge_participants",
];

/// Commands about what is often agreed on before it begins.
pub(super) const AGREED_AHEAD: [&str; 4] = ["enter_programme", "pause_trail", "register_education", "register_job"];

/// What may be a number instead.
pub(super) const NUMBERS: [u32; 9] = [0, 1, 5, 30, 60, 100, 200, 375, 100_000];

/// The ids that a command makes, each after the command's name; those that any command makes without.
const NEW: [(&str, &[&str]); 21] = [
    ("", &["attestation", "former", "held_number", "acts_as", "assessment", "benefits_counselling", "confirmation"]),
    ("", &["document", "employer_agreement", "general_contact", "notice", "plan_version", "wishes"]),
    ("", &["support_contact"]),
    ("admit_member", &["membership"]),
    ("agree_openness", &["openness"]),
    ("appoint_staff", &["appointment"]),
    ("declare_conflict", &["conflict"]),
    ("found_cleared_team", &["team", "membership"]),
    ("found_office", &["office"]),
    ("found_team", &["team", "membership"]),
    ("give_consent", &["consent"]),
    ("open_trail", &["trail"]),
    ("propose_transfer", &["transfer"]),
    ("reassign_trail", &["transfer"]),
    ("receive_referral", &["referral"]),
    ("register_collaborator", &["collaborator"]),
    ("register_contact_person", &["contact_person"]),
    ("register_employer_contact", &["employer_contact"]),
    ("register_guardian", &["guardianship"]),
    ("register_round", &["employer_contact"]),
    ("set_sub_goal", &["sub_goal"]),
];

/// Whether an id is that of something that the command makes.
pub(super) fn is_new(command: &str, field: &str) -> bool {
    if command == "withdraw_number" {
        return false;
    }
    let made = NEW.iter().filter(|(maker, _)| maker.is_empty() || *maker == command);
    made.flat_map(|(_, fields)| *fields).any(|made| *made == field)
        || command.strip_prefix("register_").is_some_and(|made| made == field)
}

/// The kind of thing whose id stands in a field.
pub(super) fn kind_of<'f>(command: &str, field: &'f str) -> &'f str {
    match (command, field) {
        ("merge_employers", "duplicate") | (_, "may_contact" | "must_not_contact") => "employer",
        ("merge_contact_persons", "duplicate") | (_, "only_through") => "contact_person",
        (_, "kept" | "merged") => "participant",
        (_, "owner" | "supervisor") => "staff",
        (_, "parent") => "office",
        _ => field,
    }
}

/// What a command is mostly about: of a kind, something of which something holds today.
pub(super) type About = (&'static str, fn(&Map<String, Json>, NaiveDate) -> bool);

/// What a command is mostly about, where few things of a kind will do, or where the form does not name it by its id.
pub(super) fn about(command: &str) -> Option<About> {
    Some(match command {
        "accept_transfer" | "return_transfer" | "withdraw_transfer" => {
            ("transfer", |it, today| !has(it, "closing") && !is_over(it, "/terms/answer_by", today))
        }
        "agree_plan" => ("narrative", |_, _| true),
        "answer_referral" => ("referral", |it, _| has(it, "outcome")),
        "agree_with_employer" | "register_support_contact" => ("openness", |it, _| !has(it, "withdrawn")),
        "change_protection" => ("participant", |it, _| is_strict(it)),
        "confirm" => ("trail", |it, _| has(it, "main_goal")),
        "correct_education" => ("education", |it, _| !has(it, "aborted")),
        "correct_education_ending" => ("education", |it, _| has(it, "aborted")),
        "correct_job" => ("job", |it, _| !has(it, "ending")),
        "correct_job_ending" => ("job", |it, _| has(it, "ending")),
        "correct_leaving" => ("trail", |it, _| has_left(it)),
        "correct_ending" | "reopen_trail" => ("trail", |it, _| has(it, "ending")),
        "end_absence" => ("membership", |it, _| has(it, "absences")),
        "end_cover" => ("cover", |it, today| !has(it, "ended") && !is_over(it, "/terms/period/last", today)),
        "enter_programme" => ("trail", |it, _| it.get("method").is_some_and(|method| method == "supported_employment")),
        "leave_programme" => ("trail", |it, _| has(it, "recruitment")),
        "lift_conflict" => ("conflict", |it, _| !has(it, "lifted")),
        "release_trails" => ("trail", |it, _| it.get("audience").is_some_and(|audience| audience == "withheld")),
        "remove_pause" | "revise_pause" => {
            ("trail", |it, today| !has(it, "ending") && any_of(it, "pauses", |pause| is_to_come(pause, today)))
        }
        "reopen_sub_goal" => ("sub_goal", |it, _| has(it, "closing")),
        "withdraw_education" => ("education", is_to_come),
        "withdraw_enrolment" => ("trail", |it, today| any_of(it, "recruitment", |period| is_to_come(period, today))),
        "withdraw_job" => ("job", is_to_come),
        "withdraw_number" => ("held_number", |it, _| !has(it, "withdrawn")),
        _ => return None,
    })
}

fn has(body: &Map<String, Json>, field: &str) -> bool {
    body.get(field).is_some_and(|value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()))
}

fn any_of(body: &Map<String, Json>, field: &str, will_do: impl Fn(&Map<String, Json>) -> bool) -> bool {
    let items = body.get(field).and_then(Json::as_array);
    items.is_some_and(|items| items.iter().filter_map(Json::as_object).any(will_do))
}

/// Whether somebody left a recruitment programme.
fn has_left(body: &Map<String, Json>) -> bool {
    any_of(body, "recruitment", |period| has(period, "leaving"))
}

/// Whether the first day of something lies ahead.
fn is_to_come(body: &Map<String, Json>, today: NaiveDate) -> bool {
    let places = ["/terms/period/first", "/period/first", "/first"];
    places.into_iter().find_map(|place| day_at(body, place)).is_some_and(|first| first > today)
}

/// Whether a day has gone by.
fn is_over(body: &Map<String, Json>, place: &str, today: NaiveDate) -> bool {
    day_at(body, place).is_some_and(|last| last < today)
}

/// The day that stands in a place.
fn day_at(body: &Map<String, Json>, place: &str) -> Option<NaiveDate> {
    let mut fields = place.split('/').skip(1);
    let first = body.get(fields.next()?)?;
    fields.try_fold(first, |value, field| value.get(field))?.as_str()?.parse().ok()
}

fn is_strict(body: &Map<String, Json>) -> bool {
    body.get("protection").and_then(|it| it.get("address")).is_some_and(|address| address == "strictly_confidential")
}

/// What a case holds that a field names by its first day or its moment.
pub(super) fn named_by(command: &str, field: &str) -> Option<&'static str> {
    match (command, field) {
        ("remove_pause" | "revise_pause", "first") => Some("pauses"),
        ("correct_leaving", "first") => Some("recruitment"),
        (_, "set_at") => Some("main_goal"),
        _ => None,
    }
}

macro_rules! codes {
    ($($list:ty),+) => { [$(<$list>::ALL.map(|value| value.code()).as_slice()),+].concat() };
}

/// What may stand in a field instead of what stands there.
pub(super) fn others(command: &str, field: &str) -> Vec<&'static str> {
    match (command, field) {
        (_, "phase") => codes!(Phase),
        ("found_team" | "found_cleared_team", "method") => vec!["supported_employment", "customized_employment"],
        (_, "method") => codes!(Method),
        ("admit_member" | "change_role", "role") => vec!["specialist", "specialist", "supervisor"],
        ("appoint_staff", "role") => {
            let (of_all, of_offices) =
                (["user_support", "user_support", "market_adviser", "auditor"], ["professional_lead", "line_manager"]);
            [of_all.as_slice(), &of_offices, &of_offices].concat()
        }
        (_, "topic") => codes!(Topic),
        (_, "form") => codes!(EmploymentForm),
        (_, "stance") => codes!(OpennessStance, ConfirmationStance),
        (_, "given_by") => codes!(ConsentGiver),
        ("register_participant" | "change_protection", "address") => vec![AddressProtection::Ungraded.code()],
        ("register_participant", "staff") => vec![StaffShielding::None.code()],
        ("confirm", "party") => codes!(ConfirmingParty),
        (_, "address") => codes!(AddressProtection),
        (_, "staff") => codes!(StaffShielding),
        (_, "extent") => codes!(CoverExtent),
        (_, "with") => codes!(SupportedWho),
        (_, "plan") => codes!(Plan),
        (_, "progress") => codes!(SubGoalProgress),
        ("close_sub_goal", "outcome") => codes!(SubGoalOutcome),
        ("leave_programme", "outcome") => codes!(RecruitmentOutcome),
        ("end_trail", "reason") | ("correct_ending", "end_reason") => EndReason::ALL.map(EndReason::code).to_vec(),
        ("end_job" | "lose_work", "reason") => codes!(JobEndReason),
        ("pause_trail" | "revise_pause", "reason") => codes!(PauseReason),
        ("publish_notice", "version") => vec!["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"],
        (_, "national_id") => vec!["15819010029", "15819010037", "15819010045", "15819010053"],
        (_, "organisation_number") => vec!["311002007", "311002171", "311002341"],
        _ => Vec::new(),
    }
}
