//! What is in order on a trail, and what is due: notice, guardian's consent, capacity, openness.

use chrono::NaiveDate;

use super::elsewhere::Elsewhere;
use super::{Answered, Page, Question, View};
use crate::access::Right;
use crate::command::{Stop, all_of_person};
use crate::domain::{
    Attestation, AttestationId, CapacityAssessment, CapacityAssessmentId, GuardianConsentStanding, Job, Line, Notice,
    OpennessAgreement, OpennessId, Participant, TeamId, Trail, TrailId,
};
use crate::store::{Limit, PageRequest};

/// The version of a notice that people are informed by today, whole: what is shown before a trail is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentNotice {
    /// The team that asks.
    pub team: TeamId,
    /// Which notice.
    pub name: Line<80>,
}

/// Asks how the participant of a trail stands to what they must know and have agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadConsentStanding {
    /// The trail.
    pub trail: TrailId,
    /// Which notice of rights.
    pub notice: Line<80>,
}

/// How a participant stands to what they must know and have agreed to, today.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsentStanding {
    /// The notice: which version is the present one, and whether information is due (S80). None while none is valid.
    pub notice: Option<NoticeStanding>,
    /// The guardian's written consent, and the person's own that follows it (`DC7`). None while the birth date is
    /// unknown: it is asked for.
    pub guardian: Option<GuardianConsentStanding>,
    /// The assessments of capacity whose day of review has come (S175).
    pub reviews_due: Vec<ReviewDue>,
    /// The openness agreement that counts, and when it is to be talked about again (IPS-25 item 13). None while none
    /// counts.
    pub openness: Option<OpennessStanding>,
}

/// The openness agreement that counts, and when it is to be talked about again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpennessStanding {
    /// Which one.
    pub openness: OpennessId,
    /// From which day on.
    pub renewal_due_on: Option<NaiveDate>,
}

/// How a participant stands to a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeStanding {
    /// The version that people are informed by.
    pub present: Notice,
    /// The newest attestation that the participant was informed.
    pub newest: Option<AttestationId>,
    /// Since when information is due; none for somebody who was informed by the present version.
    pub due_since: Option<NaiveDate>,
}

/// An assessment that is to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewDue {
    /// Which one.
    pub assessment: CapacityAssessmentId,
    /// Since when.
    pub since: NaiveDate,
}

impl Question for PresentNotice {
    type Answer = Option<Notice>;

    const RIGHT: Right = Right::RegisterParticipant;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let versions = versions(view, &self.name);
        let (_, permit) = right?;
        let versions = versions?.items;
        let present = Notice::information(&self.name, &versions, &[], view.today());
        Ok(permit.answer(present.map(|it| it.present.clone())))
    }
}

impl Question for ReadConsentStanding {
    type Answer = ConsentStanding;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let trail = view.get::<Trail>(self.trail)?;
        let right = view.may(trail);
        let participant = view.get::<Participant>(trail.participant());
        let attestations = view.children::<Attestation, Participant>(trail.participant());
        let assessments = view.children::<CapacityAssessment, Participant>(trail.participant());
        let agreements = view.children::<OpennessAgreement, Trail>(self.trail);
        let jobs = view.children::<Job, Trail>(self.trail);
        let versions = versions(view, &self.notice);
        let trails = all_of_person::<Trail>(view, trail.participant());
        let permit = right?;
        let (participant, versions, jobs) = (participant?, versions?, jobs?);
        let agreements = agreements?;
        let openness = OpennessAgreement::present(&agreements, view.now());
        let elsewhere = Elsewhere::than(trail, trails?, permit.role());
        let attestations = elsewhere.leave_out(attestations?, Attestation::made);
        let assessments = elsewhere.leave_out(assessments?, CapacityAssessment::recorded);
        let today = view.today();
        let notice = Notice::information(&self.notice, &versions.items, &attestations, today);
        let guardian = participant.birth_date().map(|born| GuardianConsentStanding::of(born, &attestations, today));
        Ok(permit.answer(ConsentStanding {
            notice: notice.map(|it| NoticeStanding {
                present: it.present.clone(),
                newest: it.newest.map(Attestation::id),
                due_since: it.due_since,
            }),
            guardian,
            reviews_due: CapacityAssessment::reviews_due(&assessments, today)
                .into_iter()
                .map(|(it, since)| ReviewDue { assessment: it.id(), since })
                .collect(),
            openness: openness
                .map(|it| OpennessStanding { openness: it.id(), renewal_due_on: it.renewal_due_on(&jobs) }),
        }))
    }
}

/// The versions of a notice: a handful in the life of an organisation.
pub(super) fn versions<'v>(view: &View<'v>, name: &Line<80>) -> Result<Page<&'v Notice>, Stop> {
    view.page::<Notice>(Notice::versions(name), &PageRequest::first(Limit::MAX))
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::Actor;
    use crate::command::samples::trail_id;
    use crate::command::scene::{Scene, everyday, other_team, specialist};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, day, participant_id, team};
    use crate::domain::{AttestationKind, Channel, NoticeId};
    use crate::label::Language;
    use crate::record::samples::{self, id};

    fn name() -> Line<80> {
        samples::notice().name().clone()
    }

    fn informed(number: u128, on: &str) -> Attestation {
        let kind: AttestationKind = samples::notice().informed(Language::Norwegian, Channel::InPerson);
        Attestation::make(AttestationId::new(id(number)), participant_id(), kind, &by_spurv(on)).0
    }

    /// A version that begins on a day, published on it.
    fn version(number: u128, from: &str) -> Notice {
        Notice::publish(NoticeId::new(id(number)), samples::new_notice(from, from), &by_spurv(from)).unwrap().0
    }

    fn standing(scene: Scene, actor: &Actor) -> ConsentStanding {
        let question = ReadConsentStanding { trail: trail_id(), notice: name() };
        block_on(desk(scene.store()).ask(actor, &question)).unwrap()
    }

    #[test]
    fn s80_the_trail_shows_since_when_information_is_due() {
        // Given somebody informed in May by the version of May
        let may = || everyday().with(&informed(0x1F1, "2022-05-31"));
        let before = standing(may(), &specialist()).notice.unwrap();
        assert_eq!((before.newest, before.due_since), (Some(AttestationId::new(id(0x1F1))), None));
        // when one of August is published, and one that lies ahead, then it is due since the one of August
        let later = may().with(&version(0x1F2, "2022-08-15")).with(&version(0x1F3, "2022-09-02"));
        let after = standing(later, &specialist()).notice.unwrap();
        assert_eq!((after.present.id(), after.due_since), (NoticeId::new(id(0x1F2)), Some(day("2022-08-15"))));
    }

    #[test]
    fn s80_the_present_notice_is_shown_before_a_trail_is_opened() {
        let shown = |team: TeamId| {
            let world = everyday().with(&version(0x1F2, "2022-08-15")).with(&version(0x1F3, "2022-09-02")).store();
            block_on(desk(world).ask(&specialist(), &PresentNotice { team, name: name() }))
        };
        assert_eq!(shown(team()).unwrap().map(|notice| notice.id()), Some(NoticeId::new(id(0x1F2))));
        assert!(shown(other_team().id()).is_err(), "of another team");
    }

    #[test]
    fn s175_dc7_reviews_and_the_guardians_consent_stand_beside_it() {
        // Given a finding whose review was due yesterday, and somebody of age
        let finding =
            crate::domain::CapacityFinding { next_review: Some(day("2022-08-31")), ..samples::capacity_finding() };
        let assessment = CapacityAssessmentId::new(id(0x1F4));
        let by = by_spurv("2022-06-01");
        let (found, _) = CapacityAssessment::record(assessment, participant_id(), finding, &by).unwrap();
        let standing = standing(everyday().with(&found), &Actor::participant(participant_id()));
        // then the participant reads both
        assert_eq!(standing.reviews_due, [ReviewDue { assessment, since: day("2022-08-31") }]);
        assert_eq!(standing.guardian, Some(GuardianConsentStanding::None));
        // and the agreement of June, which work training in August does not put off
        let openness = samples::agreed_openness().id();
        let expected = OpennessStanding { openness, renewal_due_on: Some(day("2022-08-10")) };
        assert_eq!(standing.openness, Some(expected));
    }
}
