//! Worktrail: the rules of Individual Placement and Support (IPS), for programs that help people into ordinary work.
//!
//! A program embeds it and brings its own database, its own clock and its own way of knowing who is logged in. This
//! crate has the domain, the commands and questions, the rights, and the contract that a store keeps to. It does no
//! I/O, starts no thread and needs no particular async runtime.
//!
//! # Concepts
//! - A **tenant** is an organisation: the unit of order and of keys. A host with one never has to name it
//!   ([`store::Tenant`]).
//! - A **participant** is helped along a **trail**, from referral through mapping and job development into work, until
//!   it ends with a reason ([`domain::Participant`], [`domain::Trail`]). Narratives, sub-goals, openness agreements,
//!   contacts with employers, jobs and educations belong to a trail, and each is a dated, authored record of its own.
//! - An **actor** is somebody whom the host has identified, with roles and a purpose ([`access::Actor`]). The **rights**
//!   table says how far a role carries a right ([`access::reach`]). A role counts only where the library's own
//!   membership and appointment records bear it out, and a right only for the purposes it is granted for.
//! - A **command** is something that somebody wants done: a plain serde value with a pure decision
//!   ([`command::Command`]). A **question** is something that somebody wants to know ([`question::Question`]). Each
//!   names one right. Refusals are data with stable codes ([`domain::Rejection`]).
//! - The **desk** runs commands and answers questions over a store ([`desk::Desk`]): it loads what a decision looks at,
//!   decides, and commits with a guard on everything that was looked at. If somebody else was first, it does so again.
//! - A **store** keeps records and the journal ([`store::Store`], seven verbs). [`store::MemoryStore`] comes with this
//!   crate; `worktrail-sqlite` keeps them on one file.
//! - The **journal** tells what happened, in commit order and without gaps: history, audit and outbox in one.
//! - **Forgetting** removes what is personal of one participant from records, journal and stamps; that something
//!   happened, and the chain that proves it, remain.
//!
//! # A first day
//! ```
//! use uuid::Uuid;
//! use worktrail_core::access::{Actor, Purpose};
//! use worktrail_core::command::{AdmitMember, FoundTeam, RegisterParticipant, RegisterStaff};
//! use worktrail_core::desk::Desk;
//! use worktrail_core::domain::{
//!     BirthDate, FactSource, Method, Moment, NationalId, NewParticipant, NewStaff, NewTeam, ParticipantId, Period, PersonName,
//!     Protection, Role, StaffId, TeamId,
//! };
//! use worktrail_core::question::FindParticipant;
//! use worktrail_core::store::{CommandId, MemoryStore};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # pollster::block_on(async {
//! // The host's three: a store, a clock, a source of ids.
//! let now = Moment::parse("2026-03-10T09:00:00+01:00")?;
//! let desk = Desk::new(MemoryStore::new(), move || now, Uuid::now_v7);
//! let command_id = || CommandId::new(Uuid::now_v7());
//!
//! // KLOK RAVN, a supervisor, founds a team and admits KVIKK SPURV, a specialist.
//! let (ravn_id, spurv_id) = (StaffId::new(Uuid::now_v7()), StaffId::new(Uuid::now_v7()));
//! let ravn = Actor::staff(ravn_id, [Role::Supervisor], Purpose::Supervision);
//! for (staff, given, family) in [(ravn_id, "KLOK", "RAVN"), (spurv_id, "KVIKK", "SPURV")] {
//!     let new = NewStaff { name: PersonName::new(given, family)?, host_identity: family.parse()? };
//!     desk.run(&ravn, command_id(), &RegisterStaff { staff, new }).await?;
//! }
//! let team = TeamId::new(Uuid::now_v7());
//! let new = NewTeam { name: "IPS Nordlys".parse()?, method: Method::Ips };
//! desk.run(&ravn, command_id(), &FoundTeam { team, membership: Uuid::now_v7().into(), new }).await?;
//! let (membership, period) = (Uuid::now_v7().into(), Period::from(now.day())?);
//! desk.run(&ravn, command_id(), &AdmitMember { membership, team, staff: spurv_id, role: Role::Specialist, period })
//!     .await?;
//!
//! // KVIKK SPURV registers a participant, and finds him by his number, which is shown masked.
//! let spurv = Actor::staff(spurv_id, [Role::Specialist], Purpose::FollowUp);
//! let number = NationalId::parse("15419010046")?;
//! let new = NewParticipant {
//!     name: PersonName::new("RASK", "TREFNING")?,
//!     national_id: Some(number.clone()),
//!     birth_date: Some(BirthDate::parse("1990-01-15")?),
//!     phone: None,
//!     email: None,
//!     protection: Protection::default(),
//! };
//! let participant = ParticipantId::new(Uuid::now_v7());
//! let register = RegisterParticipant { participant, team, new, source: FactSource::Participant };
//! let id = command_id();
//! desk.run(&spurv, id, &register).await?;
//! let card = desk.ask(&spurv, &FindParticipant { team, number: number.into() }).await?.expect("registered");
//! assert_eq!(card.masked_number.as_deref(), Some("*********46"));
//!
//! // The same command again, with the same id, is answered from its stamp: nothing is done twice.
//! let again = desk.run(&spurv, id, &register).await?;
//! assert_eq!(again.receipt.replay(), worktrail_core::store::Replay::Again);
//!
//! // With a new id it is another command, and refused by a rule.
//! let refused = desk.run(&spurv, command_id(), &register).await.expect_err("he is registered already");
//! assert_eq!(refused.rejection().map(|rejection| rejection.code()), Some("already_exists"));
//!
//! // The rights table decides who may what: a supervisor has no portfolio.
//! let question = worktrail_core::question::PortfolioPhases { team };
//! let refused = desk.ask(&ravn, &question).await.expect_err("a right that no role of his carries");
//! assert_eq!(refused.rejection().map(|rejection| rejection.code()), Some("not_allowed"));
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # Time and ids
//! Nothing here reads a clock or draws an id. The host gives the desk a [`desk::Clock`] and a [`desk::IdSource`]; both
//! are implemented for closures. Ids of new things are fields of the command, so that a command can be sent again.
//! What time alone changes (a job becomes ongoing, a membership lapses) is derived from its dates when it is read.
//!
//! # The journal
//! [`desk::Desk::follow`] gives notices after a position: what happened, to which record, by whom and when, and nothing
//! personal. Positions are 1, 2, 3 …, so a program that remembers the last one it dealt with misses nothing.
//! [`question::TrailHistory`] reads the same journal with its details, for those who may read the trail.
//! ```
//! # use uuid::Uuid;
//! # use worktrail_core::access::{Actor, Purpose};
//! # use worktrail_core::command::RegisterStaff;
//! # use worktrail_core::desk::Desk;
//! # use worktrail_core::domain::{ActorId, FactCode, Moment, NewStaff, PersonName, Role, StaffId};
//! # use worktrail_core::store::{CommandId, Limit, MemoryStore, Position};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # pollster::block_on(async {
//! # let now = Moment::parse("2026-03-10T09:00:00+01:00")?;
//! # let desk = Desk::new(MemoryStore::new(), move || now, Uuid::now_v7);
//! # let staff = StaffId::new(Uuid::now_v7());
//! # let ravn = Actor::staff(staff, [Role::Supervisor], Purpose::Supervision);
//! # let new = NewStaff { name: PersonName::new("KLOK", "RAVN")?, host_identity: "klok.ravn".parse()? };
//! # desk.run(&ravn, CommandId::new(Uuid::now_v7()), &RegisterStaff { staff, new }).await?;
//! let program = Actor::program(ActorId::new(Uuid::now_v7()));
//! let mut last = Position::START;
//! for notice in desk.follow(&program, last, Limit::new(100)).await? {
//!     assert_eq!(notice.fact, Some(FactCode::StaffRegistered));
//!     last = notice.position; // remember it together with what was done about it
//! }
//! assert_eq!(desk.follow(&program, last, Limit::new(100)).await?, []);
//!
//! // The whole chain, and every record against its digest and its body.
//! let verified = desk.verify().await?;
//! assert_eq!((verified.records, verified.entries), (1, 1));
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # Forgetting
//! [`command::ForgetParticipant`] forgets one whose trails have all ended. After its commit no call gives a record of
//! the person, the journal has lost the details of what it told of them together with the salts that guarded their
//! digests, and the stamps of commands about them no longer tell what was sent. Codes, ids and times stay, and
//! [`desk::Desk::verify`] still succeeds. How far the *bytes* follow is told by each store.
//!
//! # Writing a store
//! The contract is the numbered list at the top of [`store`]; each sentence of it is checked by name. A store is six
//! verbs: [`info`](store::Store::info), [`commit`](store::Store::commit), [`get`](store::Store::get),
//! [`scan`](store::Store::scan), [`count`](store::Store::count) and [`journal`](store::Store::journal). Whether a batch
//! is accepted need not be worked out anew: [`store::judge`] says what to fetch and what to write. The package
//! `examples/own-store` is a complete store in six steps.
//!
//! # Layout
//! | floor | modules | talks of |
//! | --- | --- | --- |
//! | desk | [`desk`] | running and asking, over a store (async) |
//! | acts | [`command`], [`question`], [`access`] | what people do and want to know, and who may (pure) |
//! | domain | [`domain`], [`label`], [`class`] | values, rules, words, and how sensitive each field is (pure) |
//! | store | [`store`] | records, batches, ranges, journal: the contract (knows no domain type) |
//!
//! [`record`] ties the two lower floors together: one file for each kind, with its fields and indexes.
//!
//! # Feature flags
//! None is on by default.
//! - `conformance`: the contract of a store as executable checks, for whoever writes one, and a simulated store with
//!   faults by a seed.
//!
//! # What is not here
//! Authentication is the host's, as are sending mail or messages, user interfaces, and the choice of a runtime. Of the
//! methods there is IPS. Of the roles, specialist, supervisor and participant are filled; the others may do nothing.

pub mod access;
#[cfg(test)]
mod canaries;
pub mod class;
pub mod command;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod desk;
pub mod domain;
#[cfg(all(test, feature = "conformance"))]
mod hostile;
pub mod label;
pub mod question;
pub mod record;
#[cfg(feature = "conformance")]
pub mod simulation;
pub mod store;
