//! Opening an ended trail again, with a reason (I10).

use serde::{Deserialize, Serialize};

use super::ending::Ended;
use super::{Ending, ExclusionNote, Trail};
use crate::domain::entry_code::EntryCode;
use crate::domain::fact::Fact;
use crate::domain::host_list::ListName;
use crate::domain::kept::kept;
use crate::domain::moment::{Authorship, Moment};
use crate::domain::phase::{Phase, PhaseChange};
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;

/// What a re-opening put behind it: the moves and the ending until then, and why it was opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    #[serde(deserialize_with = "super::moves")]
    moves: Vec<PhaseChange>,
    ending: Ended,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    exclusion: Option<ExclusionNote>,
    #[serde(deserialize_with = "kept")]
    reason: Text<500>,
    authorship: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    entry: Option<EntryCode>,
}

impl Reopening {
    /// The ending that did not hold.
    #[must_use]
    pub const fn ending(&self) -> &Ending {
        self.ending.ending()
    }

    /// The entry of the organisation's own list that the former ending went by.
    #[must_use]
    pub const fn entry(&self) -> Option<&EntryCode> {
        self.entry.as_ref()
    }

    /// Why the trail was opened again.
    #[must_use]
    pub const fn reason(&self) -> &Text<500> {
        &self.reason
    }

    /// Who did it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }

    pub(super) fn moves(&self) -> &[PhaseChange] {
        &self.moves
    }

    pub(super) const fn moves_mut(&mut self) -> &mut Vec<PhaseChange> {
        &mut self.moves
    }

    /// The changes of phase that it put behind it, the ending last.
    pub(super) fn changes(&self) -> impl Iterator<Item = PhaseChange> {
        self.moves.iter().cloned().chain([self.ending.change()])
    }
}

impl Trail {
    /// Every re-opening, the first one first.
    #[must_use]
    pub fn reopenings(&self) -> &[Reopening] {
        &self.reopenings
    }

    /// Whether it was open at a moment: from its opening, and from each re-opening, until the act that ended it.
    #[must_use]
    pub fn was_open_at(&self, at: Moment) -> bool {
        let begun = std::iter::once(&self.opened).chain(self.reopenings.iter().map(Reopening::authorship));
        let ended = self.reopenings.iter().map(|it| Some(it.ending.authorship())).chain([self.ended()]);
        begun.zip(ended).any(|(begun, ended)| begun.at() <= at && ended.is_none_or(|ended| at < ended.at()))
    }

    /// Opens an ended trail again, in a phase, on the day of the act (I10, of transition; row 43). The former ending
    /// is kept. That the person has no other open trail (I2) is for the command, which has looked it up.
    ///
    /// # Errors
    /// [`Rejection::StillOpen`]; [`Rejection::PhaseNotOfMethod`]; [`Rejection::PhaseNotByMove`] for a phase in which one
    /// begins or ends.
    pub fn reopen(mut self, phase: Phase, reason: Text<500>, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let Some(ended) = self.ending.take() else { return Err(Self::still_open()) };
        self.must_be_reached_by_move(phase)?;
        let ending = *ended.ending();
        let again = PhaseChange::new(phase, by.day(), *by);
        let entry = self.entry(ListName::EndReasons).cloned();
        let _ = self.entries.choose(ListName::EndReasons, None, Some(self.id));
        self.reopenings.push(Reopening {
            moves: std::mem::replace(&mut self.moves, vec![again]),
            ending: ended,
            exclusion: self.exclusion.take(),
            reason: reason.clone(),
            authorship: *by,
            entry,
        });
        let fact = Fact::TrailReopened {
            trail: self.id,
            ended_on: ending.on,
            end_reason: ending.reason,
            to: phase,
            on: by.day(),
            reason,
        };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, started};
    use super::*;
    use crate::domain::method::Method;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::thing::Thing;

    fn why() -> Text<500> {
        Text::parse("Avsluttet ved en feil").expect("a text")
    }

    #[test]
    fn i10_a_reopened_trail_is_open_and_its_history_tells_of_the_ending() {
        // given an ended trail
        let trail = ended();
        // when it is opened again
        let by = by_spurv("2023-03-10");
        let (trail, fact) = trail.reopen(Phase::Working, why(), &by).expect("reopened");
        // then it is open, holds the person's one place, and nothing is overwritten
        assert_eq!((trail.phase(), trail.open_for()), (Phase::Working, Some(trail.participant())));
        let steps: Vec<_> = trail.phase_history().iter().map(|step| (step.to(), step.on())).collect();
        let expected = [
            (Phase::Referred, day("2022-05-27")),
            (Phase::Mapping, day("2022-06-02")),
            (Phase::Ended, day("2023-02-28")),
            (Phase::Working, day("2023-03-10")),
        ];
        assert_eq!(steps, expected);
        assert_eq!(trail.reopenings()[0].ending().on, day("2023-02-28"));
        assert!(matches!(fact, Fact::TrailReopened { .. }));
        // and it may end again
        let again = Ending { on: day("2023-03-11"), ..*ended().ending().expect("an ending") };
        let (again, _) = trail.end(again, &[], &by_spurv("2023-03-11")).expect("ended");
        assert_eq!(again.phase_on(day("2023-03-09")), Some(Phase::Ended));
    }

    #[test]
    fn da3_a_trail_was_open_from_its_opening_and_its_reopening_until_each_ending() {
        // given a trail that ended, was opened again, and ended again
        let (trail, _) = ended().reopen(Phase::Working, why(), &by_spurv("2023-03-10")).expect("reopened");
        let again = Ending { on: day("2023-04-01"), ..*ended().ending().expect("an ending") };
        let (twice, _) = trail.clone().end(again, &[], &by_spurv("2023-04-01")).expect("ended");
        // then between the two it was not open, nor before the first or after the last
        let at = |on: &str| by_spurv(on).at();
        let opened = trail.opened().day();
        let before = by_spurv(&opened.pred_opt().expect("a day").to_string()).at();
        let open_at = |trail: &Trail| {
            ["2022-06-02", "2023-03-01", "2023-03-10", "2023-05-01"].map(|on| trail.was_open_at(at(on)))
        };
        assert!(trail.was_open_at(trail.opened().at()) && !trail.was_open_at(before));
        assert_eq!(open_at(&trail), [true, false, true, true]);
        assert_eq!(open_at(&twice), [true, false, true, false]);
        // and the moment of an ending is over
        assert!(!twice.was_open_at(at("2023-04-01")) && !trail.was_open_at(at("2023-02-28")));
    }

    #[test]
    fn i10_never_into_the_first_phase_nor_the_last_nor_a_foreign_one() {
        let by = by_spurv("2023-03-10");
        for phase in [Phase::Referred, Phase::Ended] {
            assert_eq!(ended().reopen(phase, why(), &by).unwrap_err(), Rejection::PhaseNotByMove { phase });
        }
        let foreign = Rejection::PhaseNotOfMethod { method: Method::Ips, phase: Phase::Discovery };
        assert_eq!(ended().reopen(Phase::Discovery, why(), &by).unwrap_err(), foreign);
        let open = started("2022-05-27", "2022-06-02").reopen(Phase::Working, why(), &by);
        assert_eq!(open.unwrap_err(), Rejection::StillOpen { what: Thing::Trail });
    }
}
