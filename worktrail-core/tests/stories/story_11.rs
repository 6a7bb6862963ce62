//! Same person, two numbers; two persons, one name.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::Poll;

use worktrail_core::command::{AskWhereOpen, Attested, ChangeNationalId, OpenTrail, RegisterParticipant};
use worktrail_core::desk::Error;
use worktrail_core::domain::{
    AttestationId, AttestationKind, FactSource, HeldNumberId, Method, Moment, Municipality, NameBeginning, NationalId,
    NotNationalId, ParticipantId, PersonNumber, Referral, ReferralSource, Rejection, TeamId, TrailId,
};
use worktrail_core::question::{FindByName, ProbableDuplicates};
use worktrail_core::store::Store;

use crate::stage::{Stage, asker, attested, bærum, elg, id, line, living_in, number, ravn, register, spurv, whole};

const D_NUMBER: &str = "55819010012";
const FROM_2032: &str = "15819010037";
const NAMESAKE: &str = "15819010045";

fn skilpadde(person: u128, team: TeamId, national_id: &str) -> RegisterParticipant {
    register(person, team, ("LUN", "SKILPADDE"), national_id, "1990-01-15")
}

fn open(trail: u128, person: u128, team: TeamId) -> OpenTrail {
    OpenTrail {
        trail: TrailId::new(id(trail)),
        participant: ParticipantId::new(id(person)),
        team,
        owner: None,
        method: Method::Ips,
        referral: Referral {
            referred_on: "2031-11-01".parse().unwrap(),
            unit: Some(line("DPS Kanari")),
            counsellor: None,
            source: ReferralSource::TreatmentTeam,
            wish: None,
        },
        attestations: attested(trail, "v2031-11"),
        by_referral: None,
        returns: None,
        source_entry: None,
    }
}

fn ask(attestation: u128, national_id: &str) -> AskWhereOpen {
    let attestation = AttestationId::new(id(attestation));
    AskWhereOpen {
        team: bærum(),
        number: number(national_id).into(),
        attested: Attested { attestation, kind: AttestationKind::RightPerson },
    }
}

/// Plays the story over a store.
pub(crate) async fn play(store: &dyn Store) {
    let now = Mutex::new(Moment::parse("2031-11-03T09:00:00+01:00").unwrap());
    let stage = Stage::over(store, &now);
    stage.offices("2031-01-01").await;
    two_numbers(&stage).await;
    one_name(&stage).await;
    at_once(&stage).await;
    typed(&stage).await;
    stage.desk.verify().await.unwrap();
}

/// Asker opens on the D-number; Bærum gets a referral with the number of 2032.
async fn two_numbers(stage: &Stage<'_>) {
    let skilpadde_id = ParticipantId::new(id(0x101));
    stage.done(&spurv(), &skilpadde(0x101, asker(), D_NUMBER)).await;
    stage.done(&spurv(), &open(0x201, 0x101, asker())).await;
    stage.done(&spurv(), &living_in(0x201, "ASKER", "3203/2024")).await;

    stage.at("2032-02-03T10:00:00+01:00");
    // The new number is nobody's yet, and of the former one nothing is told by the ordinary ways.
    assert_eq!(stage.found(&elg(), bærum(), FROM_2032).await, None);
    assert_eq!(stage.found(&elg(), bærum(), D_NUMBER).await, None);
    assert_eq!(stage.refused(&elg(), &skilpadde(0x102, bærum(), D_NUMBER)).await, Rejection::CannotOpenHere);
    assert_eq!(stage.refused(&elg(), &ask(0x301, FROM_2032)).await, Rejection::CannotOpenHere);
    // The register says "formerly 55819010012": with that number, and attested, Bærum learns whom to ask.
    assert_eq!(stage.done(&elg(), &ask(0x302, D_NUMBER)).await, asker());

    let change = ChangeNationalId {
        trail: TrailId::new(id(0x201)),
        former: HeldNumberId::new(id(0x401)),
        number: number(FROM_2032),
        from: "2032-01-15".parse().unwrap(),
        source: FactSource::Register,
    };
    stage.done(&ravn(), &change).await;
    for text in [D_NUMBER, FROM_2032] {
        assert_eq!(stage.found(&spurv(), asker(), text).await, Some(skilpadde_id));
        assert_eq!(stage.found(&elg(), bærum(), text).await, None);
        assert_eq!(stage.refused(&elg(), &skilpadde(0x103, bærum(), text)).await, Rejection::CannotOpenHere);
    }
    assert_eq!(stage.done(&elg(), &ask(0x303, FROM_2032)).await, asker());
}

/// The namesake with the same birth date gets a trail at once.
async fn one_name(stage: &Stage<'_>) {
    stage.done(&spurv(), &skilpadde(0x104, asker(), NAMESAKE)).await;
    stage.done(&spurv(), &open(0x202, 0x104, asker())).await;
    stage.done(&spurv(), &living_in(0x202, "SANDVIKA", "3201/2024")).await;

    let beginning = NameBeginning::parse("lun skil").unwrap();
    let by_name = |team| FindByName { team, beginning: beginning.clone(), page: whole() };
    let mut hits = stage.desk.ask(&spurv(), &by_name(asker())).await.unwrap().items;
    hits.sort_by_key(|card| card.id);
    let told: Vec<_> = hits
        .iter()
        .map(|card| (card.birth_year, card.municipality.map(Municipality::number), card.masked_number.clone()))
        .collect();
    let (one, other) = (Some("3203".to_owned()), Some("3201".to_owned()));
    let masked = |text: &str| Some(format!("*********{text}"));
    assert_eq!(told, [(Some(1990), one, masked("37")), (Some(1990), other, masked("45"))]);
    assert!(stage.desk.ask(&elg(), &by_name(bærum())).await.unwrap().items.is_empty());

    // They look like one person, and a supervisor who sees the municipalities leaves them two.
    let question = ProbableDuplicates { team: asker(), participant: ParticipantId::new(id(0x101)) };
    let alike = stage.desk.ask(&ravn(), &question).await.unwrap();
    assert_eq!(alike.iter().map(|card| card.id).collect::<Vec<_>>(), [ParticipantId::new(id(0x104))]);
}

/// 32 callers open a trail for one person at once.
async fn at_once(stage: &Stage<'_>) {
    let blyant = register(0x105, asker(), ("TAPPER", "BLYANT"), "04839810046", "1998-03-04");
    stage.done(&spurv(), &blyant).await;
    let commands: Vec<_> = (0..32).map(|caller| (stage.command(), open(0x210 + caller, 0x105, asker()))).collect();
    let actor = spurv();
    let calls = commands.iter().map(|(id, open)| stage.desk.run(&actor, *id, open)).collect();
    let outcomes = join(calls).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(matches!(refused, Error::Rejected(Rejection::CannotOpenHere)), "{refused:?}");
    }
}

/// What is typed and is no number is refused with its own error, before anything is asked of a store.
async fn typed(stage: &Stage<'_>) {
    use NotNationalId::{Character, Day, Length, Month, NpidAsDNumber};

    let before = stage.told().await;
    let sevens = "7".repeat(10_000_000);
    let faults = [
        ("1581 901003", Length),
        ("１５８１９０１００３７", Character),
        ("158190100370", Length),
        ("1581901003a", Character),
        ("15809010037", Month),
        ("72819010037", Day),
        ("55619010032", NpidAsDNumber),
        ("1581901003\0", Character),
        (&sevens, Length),
    ];
    for (text, fault) in faults {
        assert_eq!(NationalId::parse(text), Err(fault));
        let mut body = serde_json::to_value(skilpadde(0x106, asker(), NAMESAKE)).unwrap();
        body["new"]["national_id"] = text.into();
        let refused = serde_json::from_value::<RegisterParticipant>(body).unwrap_err().to_string();
        assert!(refused.len() < 200 && !refused.contains("1581"), "{refused}");
    }
    for text in ["158190 10037", "158190\u{a0}10037"] {
        assert_eq!(stage.found(&spurv(), asker(), text).await, Some(ParticipantId::new(id(0x101))));
        assert_eq!(PersonNumber::from(number(text)).value(), FROM_2032);
    }
    assert_eq!(stage.told().await, before, "nothing was written");
}

/// Runs futures side by side until all are done.
async fn join<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<(Pin<Box<_>>, Option<T>)> = futures.into_iter().map(|it| (Box::pin(it), None)).collect();
    poll_fn(|context| {
        for (future, outcome) in &mut running {
            if outcome.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *outcome = Some(ready);
            }
        }
        if running.iter().all(|(_, outcome)| outcome.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
