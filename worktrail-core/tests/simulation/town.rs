//! A small world: one team, three specialists, a few participants and employers, and what they may want next.

mod hands;
mod picking;

use std::collections::BTreeSet;

use chrono::Days;
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::{
    AdmitMember, AdvancePhase, AgreeOpenness, Attest, Attested, ChangeProtection, CloseSubGoal, CorrectContactPoints,
    CorrectName, EndJob, EndTrail, ForgetParticipant, FoundTeam, GiveConsent, HoldStartUpMeeting, MoveTo, OpenTrail,
    PauseTrail, ReassignTrail, RegisterContactPerson, RegisterEmployer, RegisterEmployerContact, RegisterJob,
    RegisterParticipant, RegisterStaff, ReleaseTrails, SetMainGoal, SetSmsStance, SetSubGoal, StateResidence,
    WithdrawConsent, WithdrawOpenness, Workplace, WriteNarrative,
};
use worktrail_core::domain::{
    AddressProtection, AttestationId, AttestationKind, BirthDate, Channel, ConsentClass, ConsentGiver, ConsentId,
    ConsentPurpose, ConsentTerms, ContactAbout, ContactHeldBy, ContactPersonDetails, ContactPersonId, ContactWay,
    Correction, EmailAddress, EmployerContactId, EmployerDetails, EmployerId, EmployerMet, EmploymentForm, EndReason,
    ExclusionNote, FactSource, GoalKind, JobDetails, JobEndReason, JobId, Line, MainGoal, MembershipId, Method,
    Municipality, NarrativeId, NarrativeRevisionId, NationalId, NewEmployerContact, NewParticipant, NewStaff, NewTeam,
    OpennessId, OpennessStance, OpennessTerms, OrganisationNumber, Ownership, ParticipantId, PauseReason, PauseTerms,
    Period, PersonName, Phase, PhoneNumber, Protection, Recipient, Referral, ReferralSource, Residence, Responsible,
    Role, SmsStance, StaffId, StaffShielding, SubGoalId, SubGoalOutcome, SubGoalTerms, TeamId, TextHash, Topic,
    TrailId, TransferId, TransferTerms,
};
use worktrail_core::label::Language;
use worktrail_core::simulation::{Dice, SimClock};

use crate::acts::Act;

/// Invented numbers of the synthetic series.
const NUMBERS: [&str; 4] = ["15819010029", "15819010037", "15819010045", "15819010053"];
/// In March 2026: of age three times in four, or sixteen.
const BIRTH_DATES: [&str; 4] = ["1985-12-08", "1990-01-15", "2001-05-17", "2009-06-01"];
const ORGANISATIONS: [&str; 3] = ["311002007", "311002171", "311002341"];
const TOPICS: [Topic; 3] = [Topic::NoShowPlan, Topic::WorkHistory, Topic::Health];

/// The world as the clerks know it: what was acknowledged, and so can be worked on.
#[derive(Debug)]
pub(crate) struct Town {
    dice: Dice,
    clock: SimClock,
    supervisor: StaffId,
    specialists: [StaffId; 3],
    team: TeamId,
    participants: Vec<ParticipantId>,
    employers: Vec<EmployerId>,
    contact_persons: Vec<(ContactPersonId, EmployerId)>,
    trails: Vec<(TrailId, StaffId)>,
    jobs: Vec<(JobId, TrailId, StaffId)>,
    sub_goals: Vec<(SubGoalId, TrailId, StaffId)>,
    agreements: Vec<(OpennessId, TrailId, StaffId)>,
    consents: Vec<(ConsentId, TrailId, StaffId)>,
    transfers: Vec<(TransferId, TrailId, StaffId)>,
    memberships: Vec<MembershipId>,
}

impl Town {
    /// The world of a seed.
    pub(crate) fn new(mut dice: Dice, clock: SimClock) -> Self {
        let mut staff = || StaffId::new(Uuid::from_u128(dice.wide()));
        let (supervisor, specialists) = (staff(), [staff(), staff(), staff()]);
        let team = TeamId::new(Uuid::from_u128(dice.wide()));
        Self {
            dice,
            clock,
            supervisor,
            specialists,
            team,
            participants: Vec::new(),
            employers: Vec::new(),
            contact_persons: Vec::new(),
            trails: Vec::new(),
            jobs: Vec::new(),
            sub_goals: Vec::new(),
            agreements: Vec::new(),
            consents: Vec::new(),
            transfers: Vec::new(),
            memberships: Vec::new(),
        }
    }

    /// What has to be done before anybody can work: in order, by the supervisor.
    pub(crate) fn foundation(&mut self) -> Vec<(Act, Actor)> {
        let mut acts: Vec<Act> = Vec::new();
        for (place, staff) in [self.supervisor].into_iter().chain(self.specialists).enumerate() {
            let name = PersonName::new("FLINK", "SPURV").expect("a name");
            let new = NewStaff { name, host_identity: line(&format!("host-{place}")) };
            acts.push(RegisterStaff { staff, new }.into());
        }
        let new = NewTeam { name: line("Team Vest"), method: Method::Ips };
        acts.push(FoundTeam { team: self.team, membership: MembershipId::new(self.id()), new }.into());
        let from = self.today().checked_sub_days(Days::new(2)).expect("a day");
        let period = Period::from(from).expect("a period");
        for staff in self.specialists {
            let (membership, role) = (MembershipId::new(self.id()), Role::Specialist);
            acts.push(AdmitMember { membership, team: self.team, staff, role, period }.into());
        }
        let supervisor = self.supervisor();
        acts.into_iter().map(|act| (act, supervisor.clone())).collect()
    }

    /// The team, and somebody who works in it, for a question.
    pub(crate) fn asker(&mut self) -> (TeamId, Actor) {
        (self.team, self.anybody())
    }

    /// A trail, and who owns it, for a question.
    pub(crate) fn some_trail(&mut self) -> Option<(TrailId, Actor)> {
        let (trail, owner) = self.trail()?;
        Some((trail, specialist(owner)))
    }

    /// What somebody wants next.
    pub(crate) fn next(&mut self) -> (Act, Actor) {
        loop {
            let which = self.dice.below(100);
            let next = match which {
                _ if self.dice.happens(150) => self.change_hands(),
                0..6 => Some(self.register_participant()),
                6..13 => self.open_trail(),
                13..16 => Some(self.register_employer()),
                16..18 => self.register_contact_person(),
                18..21 => self.about_protection(),
                21..22 => self.forget(),
                _ => self.follow(which),
            };
            if let Some(next) = next {
                return next;
            }
        }
    }

    /// Learns from a command that was acknowledged.
    pub(crate) fn learn(&mut self, act: &Act, actor: &Actor) {
        let by = StaffId::new(actor.id().as_uuid());
        match act {
            Act::RegisterParticipant(it) => self.participants.push(it.participant),
            Act::ForgetParticipant(it) => self.participants.retain(|participant| *participant != it.participant),
            Act::RegisterEmployer(it) => self.employers.push(it.employer),
            Act::RegisterContactPerson(it) => self.contact_persons.push((it.contact_person, it.employer)),
            Act::EndTrail(it) if self.dice.happens(800) => self.trails.retain(|(trail, _)| *trail != it.trail),
            Act::OpenTrail(it) => self.trails.push((it.trail, it.owner.unwrap_or(by))),
            Act::ReassignTrail(it) => {
                self.trails
                    .iter_mut()
                    .filter(|(trail, _)| *trail == it.trail)
                    .for_each(|(_, owner)| *owner = it.to.owner);
            }
            Act::RegisterJob(it) => self.jobs.push((it.job, it.trail, by)),
            Act::SetSubGoal(it) => self.sub_goals.push((it.sub_goal, it.trail, by)),
            Act::AgreeOpenness(it) => self.agreements.push((it.openness, it.trail, by)),
            Act::GiveConsent(it) => self.consents.push((it.consent, it.trail, by)),
            _ => self.learn_of_hands(act),
        }
    }
}

/// People and employers.
impl Town {
    fn register_participant(&mut self) -> (Act, Actor) {
        let number = self.one_of(&NUMBERS);
        let birth_date = self.one_of(&BIRTH_DATES);
        let new = NewParticipant {
            name: PersonName::new("ABSURD", "BRANNHYDRANT").expect("a name"),
            national_id: Some(NationalId::parse(number).expect("a number")),
            birth_date: Some(BirthDate::parse(birth_date).expect("a date")),
            phone: None,
            email: None,
            protection: Protection::default(),
        };
        let participant = ParticipantId::new(self.id());
        (RegisterParticipant { participant, team: self.team, new, source: FactSource::Other }.into(), self.anybody())
    }

    fn register_employer(&mut self) -> (Act, Actor) {
        let number = OrganisationNumber::parse(self.one_of(&ORGANISATIONS)).expect("a number");
        let details = EmployerDetails::named(line("FJELLVIK"));
        let employer = EmployerId::new(self.id());
        (
            RegisterEmployer { employer, team: self.team, organisation_number: Some(number), details }.into(),
            self.anybody(),
        )
    }

    fn register_contact_person(&mut self) -> Option<(Act, Actor)> {
        let employer = self.employer()?;
        let name = PersonName::new("RUND", "PARAPLY").expect("a name");
        let details = ContactPersonDetails { name, phone: None, email: None, role: None };
        let contact_person = ContactPersonId::new(self.id());
        let act = RegisterContactPerson { contact_person, employer, team: self.team, details };
        Some((act.into(), self.anybody()))
    }

    fn about_protection(&mut self) -> Option<(Act, Actor)> {
        let (participant, team) = (self.participant()?, self.team);
        let act = match self.dice.below(4) {
            0 => {
                let protection = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
                ChangeProtection { participant, team, protection }.into()
            }
            1 | 2 => ChangeProtection { participant, team, protection: Protection::default() }.into(),
            _ => ReleaseTrails { participant, team }.into(),
        };
        Some((act, self.supervisor()))
    }

    fn forget(&mut self) -> Option<(Act, Actor)> {
        let act = ForgetParticipant { participant: self.participant()?, team: self.team };
        Some((act.into(), self.supervisor()))
    }
}

/// Trails.
impl Town {
    fn open_trail(&mut self) -> Option<(Act, Actor)> {
        let participant = self.participant()?;
        let owner = self.one_of(&self.specialists.clone());
        let referral = Referral {
            referred_on: self.days_ago(5),
            unit: Some(line("DPS Vest")),
            counsellor: None,
            source: ReferralSource::TreatmentTeam,
            wish: None,
        };
        // Now and then something that must be attested is lacking; a guardian's consent is at hand half of the time.
        let mut attestations = vec![AttestationKind::RightPerson, rights_information()];
        attestations.retain(|_| self.dice.happens(970));
        let guardian = AttestationKind::GuardianConsent { document: line("sak 7"), reference: None };
        attestations.extend(self.dice.happens(500).then_some(guardian));
        let attest = |kind| Attested { attestation: AttestationId::new(self.id()), kind };
        let attestations = attestations.into_iter().map(attest).collect();
        let act = OpenTrail {
            trail: TrailId::new(self.id()),
            participant,
            team: self.team,
            owner: Some(owner),
            method: Method::Ips,
            referral,
            attestations,
            by_referral: None,
            returns: None,
            source_entry: None,
        };
        Some((act.into(), specialist(owner)))
    }

    fn follow(&mut self, which: u64) -> Option<(Act, Actor)> {
        let (trail, owner) = self.trail()?;
        let actor = if self.dice.happens(950) { owner } else { self.one_of(&self.specialists.clone()) };
        let on = self.today();
        let act = match which {
            22..27 => HoldStartUpMeeting { trail, on: self.days_ago(3) }.into(),
            27..29 => AdvancePhase { trail, on }.into(),
            29..32 => {
                let first = on + Days::new(self.dice.below(30));
                let period = Period::between(first, first + Days::new(self.dice.below(10))).expect("a period");
                let terms = PauseTerms { period, reason: PauseReason::Travel, note: None, follow_up_on: None };
                PauseTrail { trail, terms }.into()
            }
            32..38 => {
                let phases = [Phase::Mapping, Phase::JobDevelopment, Phase::Working, Phase::StepDown];
                MoveTo { trail, phase: self.one_of(&phases), on }.into()
            }
            38..43 => {
                let goal = MainGoal { kind: GoalKind::Work, description: self.words() };
                SetMainGoal { trail, goal }.into()
            }
            43..46 => {
                let reasons = EndReason::ALL;
                let reason = self.one_of(&reasons);
                let note = ExclusionNote { reason: self.words(), help_again_on: on };
                let exclusion = reason.raises_zero_exclusion_flag().then_some(note);
                EndTrail { trail, on, reason, exclusion, entry: None }.into()
            }
            46..60 => {
                let narrative = NarrativeId::new(self.id());
                let former = NarrativeRevisionId::new(self.id());
                WriteNarrative {
                    narrative,
                    former,
                    trail,
                    topic: self.one_of(&TOPICS),
                    text: self.words(),
                    entry: None,
                }
                .into()
            }
            60..66 => {
                let terms = SubGoalTerms { text: self.words(), responsible: Responsible::Both, due: None };
                SetSubGoal { sub_goal: SubGoalId::new(self.id()), trail, terms }.into()
            }
            66..71 => {
                let (sub_goal, trail, owner) = self.recent(&self.sub_goals.clone())?;
                let act = CloseSubGoal { sub_goal, trail, outcome: SubGoalOutcome::Completed, on };
                return Some((act.into(), specialist(owner)));
            }
            71..82 => self.about_jobs(trail)?,
            82..92 => return self.about_consent(trail, owner),
            92..94 => return Some(self.reassign(trail)),
            94..95 => {
                let attestation = AttestationId::new(self.id());
                Attest { trail, attested: Attested { attestation, kind: rights_information() } }.into()
            }
            _ => self.about_person(trail),
        };
        Some((act, specialist(actor)))
    }

    fn about_person(&mut self, trail: TrailId) -> Act {
        let source = FactSource::Participant;
        match self.dice.below(5) {
            0 => {
                let given = self.one_of(&["ABSURD", "LUN", "SEDAT"]);
                let name = PersonName::new(given, "MULDVARP").expect("a name");
                let correction = Correction { source: FactSource::Register, reason: line("Feil skrevet") };
                CorrectName { trail, name, correction }.into()
            }
            1 => {
                let municipality = Municipality::parse(self.one_of(&["3201/2024", "3203/2024"])).ok();
                let residence = Residence { municipality, ..Residence::default() };
                StateResidence { trail, residence, source }.into()
            }
            2 => SetSmsStance { trail, to: self.one_of(&SmsStance::ALL), source }.into(),
            _ => {
                let phone = self.dice.happens(500).then(|| PhoneNumber::parse("00000017").expect("a number"));
                let email =
                    self.dice.happens(500).then(|| EmailAddress::parse("absurd@example.com").expect("an address"));
                CorrectContactPoints { trail, phone, email, source }.into()
            }
        }
    }

    fn reassign(&mut self, trail: TrailId) -> (Act, Actor) {
        let owner = self.one_of(&self.specialists.clone());
        let terms = TransferTerms { note: Some(self.words()), reason: None, answer_by: self.today() };
        let transfer = TransferId::new(self.id());
        let to = Ownership { team: self.team, owner };
        (ReassignTrail { transfer, trail, to, terms }.into(), self.supervisor())
    }

    fn about_jobs(&mut self, trail: TrailId) -> Option<Act> {
        let first = self.days_ago(4);
        let ahead = first.checked_add_days(Days::new(self.dice.below(8))).expect("a day");
        Some(match self.dice.below(4) {
            0 | 1 => {
                let at_work = self.employer().map(|employer| Workplace::Employer { employer, contact_person: None });
                let (workplace, form) = match at_work {
                    Some(workplace) => (workplace, EmploymentForm::Permanent),
                    None => (Workplace::SelfEmployed, EmploymentForm::SelfEmployed),
                };
                let job = RegisterJob {
                    job: JobId::new(self.id()),
                    trail,
                    workplace,
                    title: line("Lagermedarbeider"),
                    form,
                    hours: None,
                    period: Period::from(ahead).expect("a period"),
                    training_reason: None,
                    education: None,
                    details: JobDetails::default(),
                };
                job.into()
            }
            2 => {
                let (job, trail, _) = self.recent(&self.jobs.clone())?;
                EndJob { job, trail, on: self.today(), reason: JobEndReason::Resigned }.into()
            }
            _ => {
                let (contact_person, employer) = match self.recent(&self.contact_persons.clone()) {
                    Some((person, employer)) => (Some(person), employer),
                    None => (None, self.employer()?),
                };
                let new = NewEmployerContact {
                    on: first,
                    way: ContactWay::InPerson,
                    held_by: ContactHeldBy::Both,
                    met: EmployerMet::DecisionMaker,
                    about: ContactAbout::OrdinaryWork,
                    summary: None,
                    wishes: None,
                };
                let employer_contact = EmployerContactId::new(self.id());
                RegisterEmployerContact { employer_contact, trail, employer, contact_person, new }.into()
            }
        })
    }

    fn about_consent(&mut self, trail: TrailId, owner: StaffId) -> Option<(Act, Actor)> {
        Some(match self.dice.below(6) {
            0 | 4 | 5 => {
                let terms = OpennessTerms {
                    agreed_on: self.today(),
                    stance: OpennessStance::Open,
                    may_contact: BTreeSet::new(),
                    must_not_contact: BTreeSet::new(),
                    advantages: None,
                    drawbacks: None,
                    may_share: None,
                    must_not_share: None,
                    occasions: BTreeSet::new(),
                    may_contact_institutions: BTreeSet::new(),
                    must_not_contact_institutions: BTreeSet::new(),
                };
                let openness = OpennessId::new(self.id());
                (AgreeOpenness { openness, trail, terms }.into(), specialist(owner))
            }
            1 => {
                let (openness, trail, owner) = self.recent(&self.agreements.clone())?;
                (WithdrawOpenness { openness, trail }.into(), specialist(owner))
            }
            2 => {
                let terms = ConsentTerms {
                    purpose: ConsentPurpose::ShowInterest,
                    recipients: vec![Recipient::MarketTeam],
                    classes: vec![ConsentClass::Name],
                    text_version: line("v1"),
                    text_hash: TextHash::parse(&"ab".repeat(32)).expect("a hash"),
                    given_by: self.one_of(&ConsentGiver::ALL),
                    channel: Channel::InPerson,
                    document: None,
                    mandate: None,
                    guideline: None,
                };
                (GiveConsent { consent: ConsentId::new(self.id()), trail, terms }.into(), specialist(owner))
            }
            _ => {
                let (consent, trail, owner) = self.recent(&self.consents.clone())?;
                (WithdrawConsent { consent, trail, channel: Channel::InPerson }.into(), specialist(owner))
            }
        })
    }
}

fn specialist(id: StaffId) -> Actor {
    Actor::staff(id, [Role::Specialist], Purpose::FollowUp)
}

fn rights_information() -> AttestationKind {
    AttestationKind::RightsInformation {
        notice: line("rights"),
        version: line("v2022-05"),
        language: Language::Norwegian,
        channel: Channel::InPerson,
    }
}

fn line<const N: usize>(text: &str) -> Line<N> {
    Line::parse(text).expect("a line")
}
