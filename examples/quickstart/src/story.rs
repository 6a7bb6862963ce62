//! The case: ABSURD BRANNHYDRANT, from referral to work.

use worktrail_core::command::{
    AdmitMember, AgreeOpenness, Attested, CloseSubGoal, EndTrail, FoundTeam, HoldStartUpMeeting, MoveTo, OpenTrail,
    RegisterContactPerson, RegisterEmployer, RegisterEmployerContact, RegisterJob, RegisterParticipant, RegisterStaff,
    SetMainGoal, SetSubGoal, Workplace, WriteNarrative,
};
use worktrail_core::domain::{
    AttestationKind, BirthDate, Channel, ContactAbout, ContactHeldBy, ContactPersonDetails, ContactWay,
    EmployerDetails, EmployerMet, EmploymentForm, EndReason, FactSource, GoalKind, HoursPerWeek, JobDetails, MainGoal,
    Method, NationalId, NewEmployerContact, NewParticipant, NewStaff, NewTeam, OpennessStance, OpennessTerms, Period,
    PersonName, Phase, Protection, Referral, ReferralSource, Responsible, Role, SubGoalOutcome, SubGoalTerms,
    WishesFollowed, WorkEnding,
};
use worktrail_core::label::Language;

use crate::profile::PROFILE;
use crate::stage::{Stage, Told, id};

/// The number printed in the public demonstration of 2022.
pub(crate) const NUMBER: NationalId = NationalId::DEMONSTRATION;

/// The whole story.
pub(crate) async fn play(stage: &mut Stage) -> Told {
    found_the_team(stage).await?;
    open_the_trail(stage).await?;
    map(stage).await?;
    find_work(stage).await?;
    step_down_and_end(stage).await
}

/// KLOK RAVN founds a team and admits KVIKK SPURV.
pub(crate) async fn found_the_team(stage: &mut Stage) -> Told {
    let (ravn, spurv, team) = (stage.ids.ravn, stage.ids.spurv, stage.ids.team);
    let today = stage.on("2022-05-30")?;
    let new = NewStaff { name: PersonName::new("KLOK", "RAVN")?, host_identity: "klok.ravn".parse()? };
    stage.ravn(RegisterStaff { staff: ravn, new }).await?;
    let new = NewStaff { name: PersonName::new("KVIKK", "SPURV")?, host_identity: "kvikk.spurv".parse()? };
    stage.ravn(RegisterStaff { staff: spurv, new }).await?;
    let new = NewTeam { name: "IPS Fjellvik".parse()?, method: Method::Ips };
    stage.ravn(FoundTeam { team, membership: id("RAVN in the team"), new }).await?;
    let (membership, role, period) = (id("SPURV in the team"), Role::Specialist, Period::from(today)?);
    stage.ravn(AdmitMember { membership, team, staff: spurv, role, period }).await?;
    Ok(())
}

/// The participant is registered, informed of his rights, and his trail opened. The owner is left out: it is whoever
/// opens it.
pub(crate) async fn open_the_trail(stage: &mut Stage) -> Told {
    let (participant, team, trail) = (stage.ids.participant, stage.ids.team, stage.ids.trail);
    stage.on("2022-05-31")?;
    let new = NewParticipant {
        name: PersonName::new("ABSURD", "BRANNHYDRANT")?,
        national_id: Some(NUMBER),
        birth_date: Some(BirthDate::parse("1985-12-08")?),
        phone: Some("00000017".parse()?),
        email: Some("absurd@example.com".parse()?),
        protection: Protection::default(),
    };
    stage.spurv(RegisterParticipant { participant, team, new, source: FactSource::Participant }).await?;
    let informed = AttestationKind::RightsInformation {
        notice: "rights".parse()?,
        version: "v2022-05".parse()?,
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    let attestations = vec![
        Attested { attestation: id("right person"), kind: AttestationKind::RightPerson },
        Attested { attestation: id("informed"), kind: informed },
    ];
    let referral = Referral {
        referred_on: "2022-05-27".parse()?,
        unit: Some("Team Salesforce".parse()?),
        counsellor: Some("MILD ORRE".parse()?),
        source: ReferralSource::TreatmentTeam,
        wish: Some("To work with my hands, early in the day.".parse()?),
    };
    stage
        .spurv(OpenTrail {
            trail,
            participant,
            team,
            owner: None,
            method: Method::Ips,
            referral,
            attestations,
            by_referral: None,
            returns: None,
            source_entry: None,
        })
        .await?;
    Ok(())
}

/// The start-up meeting; the career profile, the goal, and how open to be, talked about twice.
pub(crate) async fn map(stage: &mut Stage) -> Told {
    let (trail, bakery) = (stage.ids.trail, stage.ids.bakery);
    let on = stage.on("2022-06-02")?;
    stage.spurv(HoldStartUpMeeting { trail, on }).await?;
    let first_talk = stage.on("2022-06-07")?;
    for (topic, text) in PROFILE {
        let (narrative, former) = (id(topic.code()), id(&format!("{} until now", topic.code())));
        stage.spurv(WriteNarrative { narrative, former, trail, topic, text: text.parse()?, entry: None }).await?;
    }
    let goal = MainGoal { kind: GoalKind::Work, description: "A steady part-time job in a bakery.".parse()? };
    stage.spurv(SetMainGoal { trail, goal }).await?;
    let steps =
        [("2022-06-21", "Visit FJELLVIK BAKERI together."), ("2022-08-15", "Get up at five, three days a week.")];
    for (due, step) in steps {
        let terms = SubGoalTerms { text: step.parse()?, responsible: Responsible::Both, due: Some(due.parse()?) };
        stage.spurv(SetSubGoal { sub_goal: id(step), trail, terms }).await?;
    }
    let agreed_on = stage.on("2022-06-14")?;
    stage.spurv(MoveTo { trail, phase: Phase::JobDevelopment, on: agreed_on }).await?;
    let details =
        EmployerDetails { place: Some("Fjellvik".parse()?), ..EmployerDetails::named("FJELLVIK BAKERI AS".parse()?) };
    let (team, organisation_number) = (stage.ids.team, Some("311002007".parse()?));
    stage.spurv(RegisterEmployer { employer: bakery, team, organisation_number, details }).await?;
    let terms = OpennessTerms {
        agreed_on,
        stance: OpennessStance::NamedEmployers,
        may_contact: [bakery].into(),
        must_not_contact: [].into(),
        may_contact_institutions: [].into(),
        must_not_contact_institutions: [].into(),
        advantages: Some("The bakery can plan the shifts with me.".parse()?),
        drawbacks: Some("They may expect less of me.".parse()?),
        may_share: Some("I need a short break every other hour.".parse()?),
        must_not_share: Some("Diagnosis and benefits.".parse()?),
        occasions: [first_talk, agreed_on].into(),
    };
    stage.spurv(AgreeOpenness { openness: id("openness"), trail, terms }).await?;
    Ok(())
}

/// An employer is met within the thirty days, and a job begins.
pub(crate) async fn find_work(stage: &mut Stage) -> Told {
    let (team, trail, employer, manager) = (stage.ids.team, stage.ids.trail, stage.ids.bakery, stage.ids.manager);
    let on = stage.on("2022-06-21")?;
    let details = ContactPersonDetails {
        name: PersonName::new("BLID", "SURDEIG")?,
        phone: Some("00000021".parse()?),
        email: None,
        role: Some("Daglig leder".parse()?),
    };
    stage.spurv(RegisterContactPerson { contact_person: manager, employer, team, details }).await?;
    let new = NewEmployerContact {
        on,
        way: ContactWay::InPerson,
        held_by: ContactHeldBy::Both,
        met: EmployerMet::DecisionMaker,
        about: ContactAbout::OrdinaryWork,
        summary: Some("Saw the ovens. Welcome back for a trial shift.".parse()?),
        wishes: Some(WishesFollowed::Followed),
    };
    let (employer_contact, contact_person) = (id("first visit"), Some(manager));
    stage.spurv(RegisterEmployerContact { employer_contact, trail, employer, contact_person, new }).await?;
    let (sub_goal, outcome) = (id("Visit FJELLVIK BAKERI together."), SubGoalOutcome::Completed);
    stage.spurv(CloseSubGoal { sub_goal, trail, outcome, on }).await?;

    let first_day = stage.on("2022-08-15")?;
    let job = RegisterJob {
        job: stage.ids.job,
        trail,
        workplace: Workplace::Employer { employer, contact_person },
        title: "Bakermedarbeider".parse()?,
        form: EmploymentForm::Permanent,
        hours: Some(HoursPerWeek::parse("20")?),
        period: Period::from(first_day)?,
        training_reason: None,
        education: None,
        details: JobDetails::default(),
    };
    stage.spurv(job).await?;
    stage.spurv(MoveTo { trail, phase: Phase::Working, on: first_day }).await?;
    let sub_goal = id("Get up at five, three days a week.");
    stage.spurv(CloseSubGoal { sub_goal, trail, outcome, on: first_day }).await?;
    Ok(())
}

/// Less and less follow-up, and the ending with its reason.
pub(crate) async fn step_down_and_end(stage: &mut Stage) -> Told {
    let trail = stage.ids.trail;
    let on = stage.on("2022-11-01")?;
    stage.spurv(MoveTo { trail, phase: Phase::StepDown, on }).await?;
    let on = stage.on("2023-02-28")?;
    let reason = EndReason::Work(WorkEnding::WithoutWageSubsidy);
    stage.spurv(EndTrail { trail, on, reason, exclusion: None, entry: None }).await?;
    Ok(())
}
