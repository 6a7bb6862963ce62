//! Bringing an organisation into a store: many people in each batch.

use std::ops::Range;

use worktrail_core::domain::{
    Attestation, AttestationId, AttestationKind, Authorship, BirthDate, Channel, Clearance, Fact, GoalKind, MainGoal,
    Membership, MembershipId, Method, NameEntry, NewParticipant, NewStaff, NewTeam, Opening, Participant, Period,
    PersonName, Protection, Referral, ReferralSource, Role, Staff, Team, Text, Trail,
};
use worktrail_core::label::Language;
use worktrail_core::record::{Recorded, to_record};
use worktrail_core::store::{
    Batch, BatchBuilder, Details, Expect, Happening, RecordKey, Salt, Store, StoreError, Subject, Tenant,
};

use crate::Outcome;
use crate::office::{Case, Office, SPECIALISTS, id, new_id, staff, team};

/// How many trails are brought in by one batch, each with its participant, an attestation and the places in the list of
/// names.
pub const TOGETHER: u64 = 150;

/// Brings the whole organisation in.
///
/// # Errors
/// What the store says.
pub async fn import(store: &dyn Store, office: &Office) -> Outcome {
    teams(store, office).await?;
    trails(store, office, 0..office.trails()).await
}

/// Brings in who works there.
///
/// # Errors
/// What the store says.
pub async fn teams(store: &dyn Store, office: &Office) -> Outcome {
    for number in 0..office.teams() {
        store.commit(team_batch(office, number)?).await?;
    }
    Ok(())
}

/// Brings in some of the trails, by number.
///
/// # Errors
/// What the store says.
pub async fn trails(store: &dyn Store, office: &Office, numbers: Range<u64>) -> Outcome {
    let mut first = numbers.start;
    while first < numbers.end {
        let next = (first + TOGETHER).min(numbers.end);
        store.commit(trails_batch(office, first..next)?).await?;
        first = next;
    }
    Ok(())
}

/// A team with its specialists.
fn team_batch(office: &Office, number: u64) -> Outcome<Batch> {
    let by = Authorship::new(staff(number * SPECIALISTS), office.now());
    let name = format!("IPS NORDLYS {number}").parse()?;
    let (team, fact) = Team::register(team(number), NewTeam { name, method: Method::Ips }, &by);
    let mut batch = Batch::of(Tenant::default());
    batch = told(put(batch, &team)?, &by, team.key(), None, &fact)?;
    for member in number * SPECIALISTS..((number + 1) * SPECIALISTS).min(office.staff()) {
        let name = PersonName::new("KVIKK", &format!("SPURV {}", letters(member)))?;
        let host_identity = format!("kvikk.spurv.{member}").parse()?;
        let (spurv, fact) = Staff::register(staff(member), NewStaff { name, host_identity }, &by);
        batch = told(put(batch, &spurv)?, &by, spurv.key(), None, &fact)?;
        let period = Period::from(by.day())?;
        let membership = MembershipId::new(id(5, member));
        let (membership, fact) = Membership::begin(membership, &team, &spurv, Role::Specialist, period, &by)?;
        batch = told(put(batch, &membership)?, &by, membership.key(), None, &fact)?;
    }
    Ok(batch.build()?)
}

fn trails_batch(office: &Office, numbers: Range<u64>) -> Outcome<Batch> {
    let mut batch = Batch::of(Tenant::default());
    for number in numbers {
        let case = Case::new(number);
        let by = Authorship::new(case.owner(), office.now());
        let (participant, registered) = participant(case, &by)?;
        let (attested, trail, opened) = trail(case, &participant, &by)?;
        let subject = Some(Subject::new(participant.id().as_uuid()));
        batch = put(put(put(batch, &participant)?, &attested)?, &trail)?;
        for entry in NameEntry::all_of(&participant, &trail) {
            batch = put(batch, &entry)?;
        }
        batch = told(batch, &by, participant.key(), subject, &registered)?;
        batch = told(batch, &by, trail.key(), subject, &opened)?;
    }
    Ok(batch.build()?)
}

fn participant(case: Case, by: &Authorship) -> Outcome<(Participant, Fact)> {
    let new = NewParticipant {
        name: PersonName::new("RASK", &format!("TREFNING {}", letters(case.number())))?,
        national_id: None,
        birth_date: Some(BirthDate::parse("1990-01-15")?),
        phone: Some("+47 21 07 00 00".parse()?),
        email: Some(format!("rask.trefning.{}@example.org", case.number()).parse()?),
        protection: Protection::default(),
    };
    Ok(Participant::register(case.participant(), new, by)?)
}

/// A trail as it stands after some weeks: started, with a goal, in the second phase.
pub(crate) fn trail(case: Case, participant: &Participant, by: &Authorship) -> Outcome<(Attestation, Trail, Fact)> {
    let informed = AttestationKind::RightsInformation {
        notice: "rights".parse()?,
        version: "v2026-01".parse()?,
        language: Language::Norwegian,
        channel: Channel::InPerson,
    };
    let attested =
        |sort, kind| Attestation::make(AttestationId::new(id(sort, case.number())), case.participant(), kind, by).0;
    let (right, informed) = (attested(6, AttestationKind::RightPerson), attested(7, informed));
    let referral = Referral {
        referred_on: by.day(),
        unit: Some("Team Nordlys, avdeling for psykisk helse og rus".parse()?),
        counsellor: Some("MILD ORRE".parse()?),
        source: ReferralSource::TreatmentTeam,
        wish: Some(Text::parse(WISH)?),
    };
    let opening = Opening {
        method: Method::Ips,
        referral,
        team: case.team(),
        clearance: Clearance::Ordinary,
        owner: case.owner(),
    };
    let (trail, opened) = Trail::open(case.trail(), opening, participant, &[&right, &informed], by)?;
    let (trail, _) = trail.hold_start_up_meeting(by.day(), by)?;
    let goal = MainGoal { kind: GoalKind::Work, description: Text::parse(GOAL)? };
    let (trail, _) = trail.set_main_goal(goal, by)?;
    Ok((right, trail, opened))
}

/// Somebody's trail, for decisions without a store.
///
/// # Errors
/// None, as long as the domain takes the people of the office.
pub fn somebody(office: &Office, case: Case) -> Outcome<(Participant, Trail)> {
    let by = Authorship::new(case.owner(), office.now());
    let (participant, _) = participant(case, &by)?;
    let (_, trail, _) = trail(case, &participant, &by)?;
    Ok((participant, trail))
}

const WISH: &str = "Jeg vil jobbe i et bakeri eller på et lager, helst nær der jeg bor, noen timer hver dag til å begynne \
    med. Jeg har kjørt truck før, og jeg liker å stå tidlig opp. Jeg vil ikke at sjefen skal vite alt om meg, men det er \
    greit at dere er med på det første møtet. Det viktigste er at jeg har noe å gå til, og at jeg tjener mine egne penger.";

const GOAL: &str = "En fast stilling på minst 50 prosent som lagermedarbeider eller bakeriassistent innen et år, med tariffbestemt \
    lønn og en arbeidsplass som jeg kan gå til. På veien dit: ett arbeidsgivermøte i uken, og truckførerbeviset fornyet.";

fn put<T: Recorded>(batch: BatchBuilder, value: &T) -> Result<BatchBuilder, StoreError> {
    Ok(batch.put(to_record(value)?, Expect::Absent))
}

fn told(
    batch: BatchBuilder,
    by: &Authorship,
    about: RecordKey,
    subject: Option<Subject>,
    fact: &Fact,
) -> Outcome<BatchBuilder> {
    let happening = Happening::new(fact.code(), about, by.by().as_uuid(), by.at().instant()).of(subject);
    let salt = Salt::new(new_id().into_bytes());
    Ok(batch.tell(happening.with(Details::new(salt, serde_json::to_vec(fact)?))))
}

/// A number in capital letters, since names hold no digits.
fn letters(mut number: u64) -> String {
    let mut text = Vec::new();
    loop {
        // The remainder is below 26.
        text.push(b'A' + u8::try_from(number % 26).unwrap_or(0));
        number /= 26;
        if number == 0 {
            return text.into_iter().rev().map(char::from).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_batch_is_within_its_bounds() {
        let office = Office::with(1_000).unwrap();
        let batch = trails_batch(&office, 0..TOGETHER).unwrap();
        assert!(batch.writes().len() <= Batch::MAX_WRITES && batch.writes().len() > Batch::MAX_WRITES / 2);
        assert!(team_batch(&office, 0).is_ok());
    }

    #[test]
    fn numbers_have_letters_of_their_own() {
        assert_eq!([0, 25, 26, 27].map(letters), ["A", "Z", "BA", "BB"]);
    }
}
