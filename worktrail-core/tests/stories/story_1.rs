//! The demonstration, without its fault.

use std::collections::BTreeSet;
use std::sync::Mutex;

use chrono::NaiveDate;
use worktrail_core::command::{
    EndTrail, HoldStartUpMeeting, MoveTo, OpenTrail, PublishNotice, ReceiveReferral, RegisterEmployerContact,
    RegisterJob, RegisterParticipant, SetMainGoal, SetSubGoal, Workplace, WriteNarrative,
};
use worktrail_core::domain::{
    BirthDate, ContactAbout, ContactHeldBy, ContactTiming, ContactWay, Controller, DayOf, DefaultNotice, EmailAddress,
    EmployerContactClock, EmployerContactId, EmployerId, EmploymentForm, EndReason, GoalKind, HoursPerWeek, JobDetails,
    JobId, MainGoal, Method, Moment, NameBeginning, Narrative, NarrativeId, NarrativeRevisionId, NationalId,
    NewEmployerContact, NewNotice, NewReferral, NoticeId, NoticePart, ParticipantId, Period, Phase, ReferralId,
    ReferralSource, ReferringUnit, Rejection, Responsible, SubGoalId, SubGoalTerms, TeamId, Text, Topic, TrailId,
    UnitKind, WorkEnding,
};
use worktrail_core::label::Language;
use worktrail_core::question::{
    EndingChecklist, FindByName, ParticipantCard, Portfolio, PortfolioLine, PortfolioPhases, PresentNotice, ReadTrail,
    WaitingList,
};
use worktrail_core::store::Store;

use crate::stage::{
    Stage, asker, attested, bærum, elg, employer, id, line, living_in, met, ravn, register, spurv, whole,
};

/// The fields of the demonstration's profile; the main goal is the fifteenth.
const PROFILE: [Topic; 14] = [
    Topic::CareerPriorities,
    Topic::JobSearchFramework,
    Topic::PreferredHours,
    Topic::Geography,
    Topic::Network,
    Topic::Interests,
    Topic::PersonalQualities,
    Topic::CulturalBackground,
    Topic::Surroundings,
    Topic::Finances,
    Topic::Health,
    Topic::EducationHistory,
    Topic::WorkHistory,
    Topic::PreviousEmployerFeedback,
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person() -> ParticipantId {
    ParticipantId::new(id(0x101))
}

fn trail() -> TrailId {
    TrailId::new(id(0x201))
}

/// The number that the public demonstration printed.
fn demonstration() -> String {
    NationalId::DEMONSTRATION.as_str().to_owned()
}

fn brannhydrant(person: u128, team: TeamId) -> RegisterParticipant {
    register(person, team, ("ABSURD", "BRANNHYDRANT"), &demonstration(), "1985-12-08")
}

fn received() -> NewReferral {
    NewReferral {
        received_on: day("2022-05-27"),
        source: ReferralSource::TreatmentTeam,
        unit: Some(ReferringUnit { register_id: None, name: line("Team Salesforce"), kind: UnitKind::TreatmentTeam }),
        counsellor: None,
        wish: Text::parse("Vil jobbe med mennesker").ok(),
    }
}

/// Plays the story over a store.
pub(crate) async fn play(store: &dyn Store) {
    let now = Mutex::new(Moment::parse("2022-05-02T09:00:00+02:00").unwrap());
    let stage = Stage::over(store, &now);
    stage.offices("2022-05-01").await;
    notice(&stage).await;
    stage.at("2022-05-31T10:00:00+02:00");
    altered(&stage).await;
    referred(&stage).await;
    opened(&stage).await;
    mapped(&stage).await;
    worked(&stage).await;
    stage.desk.verify().await.unwrap();
}

/// The notice of rights: five parts, in both languages.
async fn notice(stage: &Stage<'_>) {
    let email = EmailAddress::parse("personvern@example.com").unwrap();
    let controller = Controller { name: line("Fjellbekken arbeidsstøtte"), email, phone: None };
    let new = DefaultNotice::of(&controller, day("2022-05-02")).unwrap();
    let new = NewNotice { version: line("v2022-05"), ..new };
    stage.done(&ravn(), &PublishNotice { notice: NoticeId::new(id(0x500)), new }).await;
    let name = line(DefaultNotice::NAME);
    let present = stage.desk.ask(&spurv(), &PresentNotice { team: asker(), name }).await.unwrap().unwrap();
    assert_eq!(present.version().as_str(), "v2022-05");
    assert_eq!(NoticePart::ALL.len(), 5);
    for (part, language) in
        NoticePart::ALL.into_iter().zip([Language::Norwegian, Language::English].into_iter().cycle())
    {
        assert!(!present.parts().part(part).in_language(language).as_str().is_empty(), "{part:?}");
    }
}

/// The number with any one digit changed is none: 99 variants, each refused before anything is asked of a store.
async fn altered(stage: &Stage<'_>) {
    let digits = demonstration();
    let before = stage.told().await;
    let mut refused = 0;
    for (place, digit) in digits.char_indices() {
        for other in ('0'..='9').filter(|other| *other != digit) {
            let mut altered = digits.clone();
            altered.replace_range(place..=place, &other.to_string());
            assert!(NationalId::parse(&altered).is_err(), "{place} {other}");
            let mut body = serde_json::to_value(brannhydrant(0x101, asker())).unwrap();
            body["new"]["national_id"] = altered.into();
            assert!(serde_json::from_value::<RegisterParticipant>(body).is_err(), "{place} {other}");
            refused += 1;
        }
    }
    assert_eq!(refused, 99);
    assert_eq!(stage.told().await, before, "nothing was written");
}

/// A referral by the treatment team, received on the 27th, waits for an answer.
async fn referred(stage: &Stage<'_>) {
    stage.done(&spurv(), &brannhydrant(0x101, asker())).await;
    let receive = ReceiveReferral {
        referral: ReferralId::new(id(0x600)),
        participant: person(),
        team: asker(),
        new: received(),
        source_entry: None,
    };
    stage.done(&spurv(), &receive).await;
    let waiting = stage.desk.ask(&spurv(), &WaitingList { team: asker(), page: whole() }).await.unwrap();
    assert_eq!(waiting.items.len(), 1);
}

/// 36 years old, so that no guardian is asked; no owner is named, so it is the one who acts; the referral is accepted.
async fn opened(stage: &Stage<'_>) {
    assert_eq!(BirthDate::parse("1985-12-08").unwrap().age_on(day("2022-05-31")), 36);
    let open = OpenTrail {
        trail: trail(),
        participant: person(),
        team: asker(),
        owner: None,
        method: Method::Ips,
        referral: received().opening(),
        attestations: attested(0x201, "v2022-05"),
        by_referral: Some(ReferralId::new(id(0x600))),
        returns: None,
        source_entry: None,
    };
    stage.done(&spurv(), &open).await;
    stage.done(&spurv(), &living_in(0x201, "ASKER", "3025/2020")).await;
    let waiting = stage.desk.ask(&spurv(), &WaitingList { team: asker(), page: whole() }).await.unwrap();
    assert_eq!(waiting.items, []);

    // Found by the beginning of the name and by number: one hit, with the place, the number masked.
    let beginning = NameBeginning::parse("absurd bra").unwrap();
    let by_name = FindByName { team: asker(), beginning, page: whole() };
    let by_name = stage.desk.ask(&spurv(), &by_name).await.unwrap().items;
    let by_number = stage.card(&spurv(), asker(), &demonstration()).await;
    for card in [by_name, by_number.into_iter().collect::<Vec<ParticipantCard>>()] {
        let shown: Vec<_> = card.iter().map(|card| (card.place.clone(), card.masked_number.as_deref())).collect();
        assert_eq!(shown, [(Some(line("ASKER")), Some("*********18"))]);
    }
    // No variant: the demonstration asked "IPS Ung?", and the answer was no.
    assert_eq!(line_of(stage).await.variant, None);
    // Henvist 1, and zeros: five in the demonstration, and the phase that came later, in education.
    let phases = stage.desk.ask(&spurv(), &PortfolioPhases { team: asker() }).await.unwrap();
    let told: Vec<_> = phases.iter().map(|it| (it.phase.label().nb, it.count)).collect();
    assert_eq!(told.first(), Some(&("Henvist", 1)));
    assert_eq!(told.iter().skip(1).map(|(_, count)| *count).collect::<Vec<_>>(), [0; 6]);

    // A second office opens no second trail, and does not learn that there is one.
    let second = OpenTrail { trail: TrailId::new(id(0x202)), team: bærum(), by_referral: None, ..open };
    let second = OpenTrail { attestations: attested(0x202, "v2022-05"), ..second };
    assert_eq!(stage.refused(&elg(), &second).await, Rejection::CannotOpenHere);
    assert_eq!(stage.refused(&elg(), &brannhydrant(0x102, bærum())).await, Rejection::CannotOpenHere);
}

/// The start-up meeting on the 2nd of June begins the mapping; then the goals and the profile are written.
async fn mapped(stage: &Stage<'_>) {
    stage.at("2022-06-02T12:00:00+02:00");
    stage.done(&spurv(), &HoldStartUpMeeting { trail: trail(), on: day("2022-06-02") }).await;
    let line = line_of(stage).await;
    assert_eq!((line.phase, line.phase.label().nb), (Phase::Mapping, "Kartlegging"));
    let end = |on: &str| EndTrail {
        trail: trail(),
        on: day(on),
        reason: EndReason::Work(WorkEnding::WithoutWageSubsidy),
        exclusion: None,
        entry: None,
    };
    let early = Rejection::DateBefore { day: DayOf::Ending, earliest: day("2022-06-02") };
    assert_eq!(stage.refused(&spurv(), &end("2022-06-01")).await, early);

    let goal = MainGoal { kind: GoalKind::Work, description: Text::parse("Fast arbeid i et bakeri").unwrap() };
    stage.done(&spurv(), &SetMainGoal { trail: trail(), goal }).await;
    let terms = SubGoalTerms {
        text: Text::parse("Besøke to bakerier").unwrap(),
        responsible: Responsible::Both,
        due: Some(day("2022-06-30")),
    };
    stage.done(&spurv(), &SetSubGoal { sub_goal: SubGoalId::new(id(0x700)), trail: trail(), terms }).await;
    former_employer(stage).await;
    for (topic, number) in PROFILE.into_iter().zip(0x800..) {
        let write = WriteNarrative {
            narrative: NarrativeId::new(id(number)),
            former: NarrativeRevisionId::new(id(0x100 + number)),
            trail: trail(),
            topic,
            text: Text::parse(topic.label().nb).unwrap(),
            entry: None,
        };
        stage.done(&spurv(), &write).await;
    }
    let file = stage.desk.ask(&spurv(), &ReadTrail { trail: trail() }).await.unwrap();
    assert!(file.trail.main_goal().is_some() && file.sub_goals.len() == 1);
    let topics = file.narratives.iter().map(Narrative::topic);
    let written: BTreeSet<_> = topics.collect();
    assert_eq!(written, PROFILE.into_iter().collect());
}

/// He calls the canteen where he once worked, and nobody else does: without a talk there is no feedback to write down.
async fn former_employer(stage: &Stage<'_>) {
    let feedback = WriteNarrative {
        narrative: NarrativeId::new(id(0x8FF)),
        former: NarrativeRevisionId::new(id(0x9FF)),
        trail: trail(),
        topic: Topic::PreviousEmployerFeedback,
        text: Text::parse("Alltid først på plass").unwrap(),
        entry: None,
    };
    assert_eq!(stage.refused(&spurv(), &feedback).await, Rejection::NoTalkWithFormerEmployer);
    stage.done(&spurv(), &employer(0x901, "311002171", "TIDEVANN KANTINE AS")).await;
    let call = |held_by| RegisterEmployerContact {
        employer_contact: EmployerContactId::new(id(0x911)),
        trail: trail(),
        employer: EmployerId::new(id(0x901)),
        contact_person: None,
        new: NewEmployerContact {
            way: ContactWay::Phone,
            about: ContactAbout::FormerWork,
            ..met("2022-06-02", held_by)
        },
    };
    let not_open = Rejection::NotOpenTo { employer: EmployerId::new(id(0x901)) };
    assert_eq!(stage.refused(&spurv(), &call(ContactHeldBy::Specialist)).await, not_open);
    stage.done(&spurv(), &call(ContactHeldBy::Participant)).await;
}

/// FJELLVIK visited after 19 days; a job from August, step-down in November, ended in February.
async fn worked(stage: &Stage<'_>) {
    let fjellvik = EmployerId::new(id(0x900));
    stage.at("2022-06-21T15:00:00+02:00");
    stage.done(&spurv(), &employer(0x900, "311002007", "FJELLVIK BAKERI AS")).await;
    let visit = RegisterEmployerContact {
        employer_contact: EmployerContactId::new(id(0x910)),
        trail: trail(),
        employer: fjellvik,
        contact_person: None,
        new: met("2022-06-21", ContactHeldBy::Both),
    };
    stage.done(&spurv(), &visit).await;
    let clock = EmployerContactClock::Met { days: 19, timing: ContactTiming::AfterStart };
    assert_eq!(line_of(stage).await.clock, clock);

    stage.at("2022-08-15T09:00:00+02:00");
    let job = RegisterJob {
        job: JobId::new(id(0x920)),
        trail: trail(),
        workplace: Workplace::Employer { employer: fjellvik, contact_person: None },
        title: line("Baker"),
        form: EmploymentForm::Permanent,
        hours: HoursPerWeek::from_tenths(375).ok(),
        period: Period::from(day("2022-08-15")).unwrap(),
        training_reason: None,
        education: None,
        details: JobDetails::default(),
    };
    stage.done(&spurv(), &job).await;
    let to = |phase, on: &str| MoveTo { trail: trail(), phase, on: day(on) };
    stage.done(&spurv(), &to(Phase::Working, "2022-08-15")).await;
    stage.at("2022-11-01T09:00:00+01:00");
    stage.done(&spurv(), &to(Phase::StepDown, "2022-11-01")).await;

    stage.at("2023-02-28T14:00:00+01:00");
    let (on, reason) = (day("2023-02-28"), EndReason::Work(WorkEnding::WithoutWageSubsidy));
    assert!(!stage.desk.ask(&spurv(), &EndingChecklist { trail: trail(), on }).await.unwrap().is_empty());
    stage.done(&spurv(), &EndTrail { trail: trail(), on, reason, exclusion: None, entry: None }).await;
    let line = line_of(stage).await;
    assert_eq!((line.phase.label().nb, line.clock), ("Sluttet", clock));
}

/// The one line of the portfolio.
async fn line_of(stage: &Stage<'_>) -> PortfolioLine {
    let portfolio = Portfolio { team: asker(), phase: None, page: whole() };
    let mut lines = stage.desk.ask(&spurv(), &portfolio).await.unwrap().items;
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}
