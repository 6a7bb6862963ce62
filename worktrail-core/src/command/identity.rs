//! Commands about who a participant is: name, birth date and numbers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{relist, who_has};
use super::participant::known_already;
use super::{Command, Decided, OwnRules, Stop, World};
use crate::access::Right;
use crate::domain::{
    BirthDate, Correction, DayOf, FactSource, HeldNumber, HeldNumberId, Line, NameEntry, NationalId, OtherNumber,
    Participant, ParticipantId, Period, PersonName, PersonNumber, Rejection, Thing, Trail, TrailId,
};

/// Corrects the name of the participant of an open trail, with where the right one is from and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectName {
    /// The trail.
    pub trail: TrailId,
    /// The name from now on.
    pub name: PersonName,
    /// From where, and why.
    pub correction: Correction,
}

impl Command for CorrectName {
    type Reply = ();

    const NAME: &'static str = "correct_name";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let listed = world.children::<NameEntry, Participant>(trail.participant());
        let (participant, listed) = (participant?, listed?);
        let (participant, fact) =
            participant.clone().correct_name(self.name.clone(), self.correction.clone(), &world.authorship())?;
        let decision = relist(permit.reply(()), &listed, &participant, Some(trail));
        Ok(decision.tell(&participant, fact).save(participant))
    }
}

/// Corrects the birth date of the participant of an open trail. Before a trail is opened it is stated with
/// [`StateBirthDate`](super::StateBirthDate).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectBirthDate {
    /// The trail.
    pub trail: TrailId,
    /// The birth date from now on.
    pub birth_date: BirthDate,
    /// From where, and why.
    pub correction: Correction,
}

impl Command for CorrectBirthDate {
    type Reply = ();

    const NAME: &'static str = "correct_birth_date";
    const RIGHT: Right = Right::CorrectIdentity;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant())?.clone();
        let (participant, fact) =
            participant.correct_birth_date(self.birth_date, self.correction.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&participant, fact).save(participant))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["birth_date"], |by| self.birth_date.must_not_be_to_come(by).err().into_iter().collect());
    }
}

/// Changes the national id of the participant of an open trail, who has got another number or their first one. The former
/// one is kept, dated, and finds them still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ChangeNationalId {
    /// The trail.
    pub trail: TrailId,
    /// The id under which the former number is kept.
    pub former: HeldNumberId,
    /// The number from now on.
    pub number: NationalId,
    /// The first day of the new number.
    pub from: NaiveDate,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for ChangeNationalId {
    type Reply = ();

    const NAME: &'static str = "change_national_id";
    const RIGHT: Right = Right::CorrectIdentity;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let number = self.number.clone().into();
        let holder = is_free(world, trail, &number);
        let id_is_new = world.is_new::<HeldNumber>(self.former);
        let participant = participant?.clone();
        if participant.national_id() == Some(&self.number) {
            return Err(Rejection::NothingChanges.into());
        }
        holder?;
        id_is_new?;
        let (participant, former, fact) = participant.change_national_id(
            self.former,
            self.number.clone(),
            self.from,
            self.source,
            &world.authorship(),
        )?;
        let decision = permit.reply(()).tell(&participant, fact).save(participant);
        Ok(match former {
            Some(former) => decision.save(former),
            None => decision,
        })
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("from", DayOf::NumberChange, self.from);
    }
}

/// Corrects a national id of the participant of an open trail that was never theirs, or takes it away where the right one
/// is not known. Nothing finds them by the wrong one any more. A number that they had until it was changed by mistake is
/// theirs again, and is no former one. Somebody who got another number has theirs changed, by [`ChangeNationalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectNationalId {
    /// The trail.
    pub trail: TrailId,
    /// Who was merged into the participant, and has the wrong number; none where it is the participant's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<ParticipantId>,
    /// The right number; none where it is not known.
    #[serde(default)]
    pub number: Option<NationalId>,
    /// From where it is known, and why the other one was wrong.
    pub correction: Correction,
}

impl Command for CorrectNationalId {
    type Reply = ();

    const NAME: &'static str = "correct_national_id";
    const RIGHT: Right = Right::CorrectIdentity;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let wrong = self.merged.map(|merged| world.find::<Participant>(merged));
        let former = self.number.as_ref().map(|number| own_former_or_free(world, trail, &number.clone().into()));
        let participant = participant?;
        let wrong = wrong
            .transpose()?
            .map_or(Some(participant), |merged| merged.filter(|merged| participant.stands_for(merged.id())));
        let wrong = wrong.ok_or(Rejection::NotFound { what: Thing::Participant })?.clone();
        if wrong.national_id() == self.number.as_ref() {
            return Err(Rejection::NothingChanges.into());
        }
        let former = former.transpose()?.flatten();
        let (number, correction) = (self.number.clone(), self.correction.clone());
        let (right, fact) = wrong.correct_national_id(number, correction, &world.authorship())?;
        let decision = permit.of_one_person(participant).reply(()).tell(&right, fact).save(right);
        Ok(match former {
            Some(former) => decision.tell(former, former.withdraw(self.correction.reason.clone())).remove(former),
            None => decision,
        })
    }
}

/// Withdraws a former, another country's or register's number that was never the participant's, nor that of whoever was
/// merged into them. It is not kept, and finds whoever it is given to next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawNumber {
    /// An open trail of the participant.
    pub trail: TrailId,
    /// The number.
    pub held_number: HeldNumberId,
    /// Why.
    pub reason: Line<300>,
}

impl Command for WithdrawNumber {
    type Reply = ();

    const NAME: &'static str = "withdraw_number";
    const RIGHT: Right = Right::CorrectIdentity;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let held = world.find::<HeldNumber>(self.held_number);
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let (held, participant) = (held?, participant?);
        let held = held.filter(|held| participant.stands_for(held.participant()));
        let held = held.ok_or(Rejection::NotFound { what: Thing::HeldNumber })?;
        let decision = permit.of_one_person(participant).reply(());
        Ok(decision.tell(held, held.withdraw(self.reason.clone())).remove(held))
    }
}

/// Notes another country's or register's number of the participant of an open trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct NoteNumber {
    /// The trail.
    pub trail: TrailId,
    /// The id under which the number is kept.
    pub held_number: HeldNumberId,
    /// The number.
    pub number: OtherNumber,
    /// When it was or is theirs, where that is known.
    #[serde(default)]
    pub period: Option<Period>,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "FactSource::is_other")]
    pub source: FactSource,
}

impl Command for NoteNumber {
    type Reply = HeldNumberId;

    const NAME: &'static str = "note_number";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<HeldNumberId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let number = self.number.clone().into();
        let holder = is_free(world, trail, &number);
        world.is_new::<HeldNumber>(self.held_number)?;
        holder?;
        let by = world.authorship();
        let (held, fact) =
            HeldNumber::note(self.held_number, trail.participant(), self.number.clone(), self.period, self.source, &by);
        Ok(permit.reply(self.held_number).tell(&held, fact).save(held))
    }
}

/// Refuses a number that somebody has or had: each finds one person. Of whom the team may not find, nothing is told
/// (`DA3`).
fn is_free(world: &World<'_>, trail: &Trail, number: &PersonNumber) -> Result<(), Stop> {
    let team = world.get::<crate::domain::Team>(trail.team());
    match who_has(world, number)? {
        None => Ok(()),
        Some(holder) => Err(known_already(world, team?, holder)?.into()),
    }
}

/// The former number of the participant of a trail, or of whoever was merged into them, that a number is; none for one that
/// is free. Any other is refused, as [`is_free`] does.
fn own_former_or_free<'w>(
    world: &World<'w>,
    trail: &Trail,
    number: &PersonNumber,
) -> Result<Option<&'w HeldNumber>, Stop> {
    let held = world.find_by(&HeldNumber::by_number(number));
    let participant = world.get::<Participant>(trail.participant());
    let (held, participant) = (held?, participant?);
    match held.filter(|held| participant.stands_for(held.participant())) {
        Some(own) => Ok(Some(own)),
        None => is_free(world, trail, number).map(|()| None),
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::super::samples::{
        change_national_id, correct_birth_date, correct_name, correct_national_id, ended_trail_id, fresh_trail_id,
        merge_participants, note_number, register_participant, trail_id, withdraw_number,
    };
    use super::super::scene::{decide, everyday, free, person, specialist, supervisor, told};
    use super::*;
    use crate::command::{MergeParticipants, Picture, RegisterParticipant};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, day, participant_id};
    use crate::domain::{Datum, NewParticipant, NumberScheme};
    use crate::question::ReadTrail;
    use crate::record::from_record;
    use crate::record::samples::{self, id};
    use crate::store::CommandId;

    #[test]
    fn s15_a_name_is_corrected_and_found_anew() {
        // given the participant in the list of names; when the name is corrected, then the list follows
        let decision = decide(&everyday().picture(), &specialist(), &correct_name()).unwrap();
        assert_eq!(told(&decision), ["name_corrected"]);
        assert_eq!(decision.saved().len(), 1 + correct_name().name.words().count());
        // and nothing is corrected on an ended trail
        let ended = CorrectName { trail: ended_trail_id(), ..correct_name() };
        let frozen = Rejection::TrailEnded { trail: ended_trail_id() };
        assert_eq!(decide(&everyday().picture(), &specialist(), &ended).unwrap_err(), frozen);
    }

    #[test]
    fn s15_a_wrong_birth_date_is_corrected_by_a_supervisor_while_the_trail_is_open() {
        let picture = everyday().picture();
        let command = correct_birth_date();
        assert_eq!(told(&decide(&picture, &supervisor(), &command).unwrap()), ["birth_date_corrected"]);
        let not_theirs = Rejection::NotAllowed { right: "correct_identity" };
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), not_theirs);
        let same = CorrectBirthDate { birth_date: samples::birth_date(), ..command };
        assert_eq!(decide(&picture, &supervisor(), &same).unwrap_err(), Rejection::NothingChanges);
    }

    #[test]
    fn a_number_that_changes_keeps_the_former_one() {
        let decision = decide(&everyday().picture(), &supervisor(), &change_national_id()).unwrap();
        assert_eq!((told(&decision), decision.saved().len()), (vec!["national_id_changed"], 2));
        let same = ChangeNationalId { number: NationalId::DEMONSTRATION, ..change_national_id() };
        let refused = decide(&everyday().picture(), &supervisor(), &same).unwrap_err();
        assert_eq!(refused, Rejection::NothingChanges);
    }

    #[test]
    fn a_wrong_number_is_corrected_and_leaves_nothing_behind() {
        // given a number that was typed wrongly
        let picture = everyday().picture();
        let decision = decide(&picture, &supervisor(), &correct_national_id()).unwrap();
        // then the participant has the right one, and no former one is kept
        assert_eq!((told(&decision), decision.saved().len()), (vec!["national_id_corrected"], 1));
        let saved: Participant = from_record(&decision.saved()[0].to_record().unwrap()).unwrap();
        assert_eq!(saved.national_id(), correct_national_id().number.as_ref());
        assert_eq!(saved.stated(Datum::NationalId).source(), correct_national_id().correction.source);
        // nor one at all, where the right one is not known
        let none = CorrectNationalId { number: None, ..correct_national_id() };
        let decision = decide(&picture, &supervisor(), &none).unwrap();
        let saved: Participant = from_record(&decision.saved()[0].to_record().unwrap()).unwrap();
        assert_eq!(saved.national_id(), None);
        // and the same one, one that somebody has, and an ended trail are refused
        let refused =
            |command: &CorrectNationalId, picture: &Picture| decide(picture, &supervisor(), command).unwrap_err();
        let same = CorrectNationalId { number: Some(NationalId::DEMONSTRATION), ..correct_national_id() };
        assert_eq!(refused(&same, &picture), Rejection::NothingChanges);
        let new = NewParticipant { national_id: correct_national_id().number, ..samples::new_participant() };
        let (has, _) = Participant::register(ParticipantId::new(id(0x1E1)), new, &by_spurv("2022-05-31")).unwrap();
        let taken = Rejection::AlreadyExists { what: Thing::Participant };
        assert_eq!(refused(&correct_national_id(), &everyday().with(&has).picture()), taken);
        let ended = CorrectNationalId { trail: ended_trail_id(), ..correct_national_id() };
        assert_eq!(refused(&ended, &picture), Rejection::TrailEnded { trail: ended_trail_id() });
        let not_merged = CorrectNationalId { merged: Some(free()), ..correct_national_id() };
        assert_eq!(refused(&not_merged, &picture), Rejection::NotFound { what: Thing::Participant });
    }

    #[test]
    fn a_number_that_was_changed_by_mistake_is_theirs_again_and_no_former_one() {
        // given a number that was changed, by mistake
        let desk = desk(everyday().store());
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC1)), &change_national_id())).unwrap();
        let numbers = || {
            let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap();
            let present = file.participant.unwrap().national_id().cloned();
            let former = NationalId::DEMONSTRATION.into();
            (present, file.held_numbers.iter().any(|held| *held.number() == former))
        };
        assert_eq!(numbers(), (Some(change_national_id().number), true));
        // when it is corrected to what it was
        let back = CorrectNationalId { number: Some(NationalId::DEMONSTRATION), ..correct_national_id() };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC2)), &back)).unwrap();
        // then it is the present one, and nothing is left of the mistake: the other one is somebody else's to have
        assert_eq!(numbers(), (Some(NationalId::DEMONSTRATION), false));
        let new = NewParticipant { national_id: Some(change_national_id().number), ..samples::new_participant() };
        let register = RegisterParticipant { new, ..register_participant() };
        block_on(desk.run(&specialist(), CommandId::new(id(0xC3)), &register)).unwrap();
    }

    #[test]
    fn s30_a_wrong_number_that_came_by_a_duplicate_is_put_right_on_the_open_trail() {
        // given somebody who was registered once more, with a wrong national id and another wrong number, and merged
        let (twin, by) = (ParticipantId::new(id(0x1F7)), by_spurv("2022-06-10"));
        let wrong = register_participant().new.national_id;
        let new = NewParticipant { national_id: wrong, ..samples::new_participant() };
        let (twin, _) = Participant::register(twin, new, &by).unwrap();
        let (held, other) = (HeldNumberId::new(id(0x1F8)), samples::other_number());
        let (held, _) = HeldNumber::note(held, twin.id(), other, None, FactSource::Participant, &by);
        let desk = desk(everyday().with(&twin).with(&held).store());
        let merge = MergeParticipants { merged: twin.id(), ..merge_participants() };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC1)), &merge)).unwrap();
        let holder = || block_on(desk.run(&specialist(), CommandId::new(id(0xC4)), &register_participant()));
        let taken = Rejection::AlreadyExists { what: Thing::Participant };
        assert_eq!(holder().unwrap_err().rejection(), Some(&taken));
        // when both are put right on the trail of the one who stands for both, where both are told of
        let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap();
        assert!(file.held_numbers.iter().any(|it| it.id() == held.id()));
        let correct = CorrectNationalId { merged: Some(twin.id()), number: None, ..correct_national_id() };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC2)), &correct)).unwrap();
        let withdraw = WithdrawNumber { held_number: held.id(), ..withdraw_number() };
        block_on(desk.run(&supervisor(), CommandId::new(id(0xC3)), &withdraw)).unwrap();
        // then they are registered whose number it is
        holder().unwrap();
    }

    #[test]
    fn a_number_that_was_never_theirs_is_withdrawn_and_goes() {
        let picture = everyday().picture();
        let decision = decide(&picture, &supervisor(), &withdraw_number()).unwrap();
        assert_eq!(told(&decision), ["number_withdrawn"]);
        assert_eq!(decision.removed().len(), 1);
        // another one's, one that is not there, and one of an ended trail's participant are refused
        let missing = Rejection::NotFound { what: Thing::HeldNumber };
        let nowhere = WithdrawNumber { held_number: HeldNumberId::new(id(0xEE)), ..withdraw_number() };
        let anothers = WithdrawNumber { trail: fresh_trail_id(), ..withdraw_number() };
        for command in [nowhere, anothers] {
            assert_eq!(decide(&picture, &supervisor(), &command).unwrap_err(), missing);
        }
        let ended = WithdrawNumber { trail: ended_trail_id(), ..withdraw_number() };
        let frozen = Rejection::TrailEnded { trail: ended_trail_id() };
        assert_eq!(decide(&picture, &supervisor(), &ended).unwrap_err(), frozen);
    }

    #[test]
    fn a_number_is_one_persons_whether_it_is_present_or_former() {
        // given somebody else who has the number, and somebody else who had it
        let new = NewParticipant { national_id: Some(change_national_id().number), ..samples::new_participant() };
        let other = ParticipantId::new(id(0x1E1));
        let (has, _) = Participant::register(other, new, &by_spurv("2022-05-31")).unwrap();
        let (had, former, _) = has
            .clone()
            .change_national_id(
                HeldNumberId::new(id(0x1F1)),
                NationalId::parse("15819010045").unwrap(),
                day("2022-06-01"),
                FactSource::Register,
                &by_spurv("2022-06-01"),
            )
            .unwrap();
        let taken = Rejection::AlreadyExists { what: Thing::Participant };
        for picture in [everyday().with(&has).picture(), everyday().with(&had).with(&former.unwrap()).picture()] {
            assert_eq!(decide(&picture, &supervisor(), &change_national_id()).unwrap_err(), taken);
        }
    }

    #[test]
    fn a_foreign_number_is_noted_once() {
        let decision = decide(&everyday().picture(), &specialist(), &note_number()).unwrap();
        assert_eq!(told(&decision), ["number_noted"]);
        let (held, _) = HeldNumber::note(
            HeldNumberId::new(id(0x1F1)),
            person(participant_id()).id(),
            note_number().number,
            None,
            FactSource::Other,
            &by_spurv("2022-06-01"),
        );
        let again = decide(&everyday().with(&held).picture(), &specialist(), &note_number()).unwrap_err();
        assert_eq!(again, Rejection::AlreadyExists { what: Thing::Participant });
        assert_eq!(note_number().trail, trail_id());
        // and not in the place of another number
        let number = OtherNumber::new(NumberScheme::parse("kanari").unwrap(), "KANARI-8").unwrap();
        let by = by_spurv("2022-06-01");
        let (held, _) =
            HeldNumber::note(note_number().held_number, participant_id(), number, None, FactSource::Other, &by);
        let taken = decide(&everyday().with(&held).picture(), &specialist(), &note_number()).unwrap_err();
        assert_eq!(taken, Rejection::AlreadyExists { what: Thing::HeldNumber });
    }
}
