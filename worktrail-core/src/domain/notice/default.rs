//! The notice that the library brings along: its own words, for a host to begin with.

use chrono::NaiveDate;

use super::{InBothLanguages, NewNotice, NoticeParts};
use crate::domain::email::EmailAddress;
use crate::domain::phone::PhoneNumber;
use crate::domain::text::{Line, NotText, Text};

/// Who answers for the data (GDPR art. 4(7)), and where people reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controller {
    /// The name of the organisation.
    pub name: Line<200>,
    /// Its e-mail address for questions about personal data.
    pub email: EmailAddress,
    /// Its phone number.
    pub phone: Option<PhoneNumber>,
}

/// The default notice of rights, addressed to the participant. What the host does otherwise than it says is for a notice
/// of the host's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultNotice;

impl DefaultNotice {
    /// The name under which it is published.
    pub const NAME: &'static str = "rights";
    /// The version of these words.
    pub const VERSION: &'static str = "default-1";

    /// The notice for a controller, to be published with validity from a day.
    ///
    /// # Errors
    /// [`NotText`] never occurs: the words and the longest controller together stay below the bound.
    ///
    /// # Examples
    /// ```
    /// use worktrail_core::domain::{Controller, DefaultNotice, EmailAddress, Line, NoticePart};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let controller = Controller {
    ///     name: Line::parse("Fjellbekken arbeidsstøtte")?,
    ///     email: EmailAddress::parse("personvern@example.com")?,
    ///     phone: None,
    /// };
    /// let first_day = "2026-12-01".parse().expect("a day");
    /// let new = DefaultNotice::of(&controller, first_day)?;
    /// assert!(new.parts.part(NoticePart::Controller).en.as_str().starts_with("Fjellbekken arbeidsstøtte answers"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn of(controller: &Controller, valid_from: NaiveDate) -> Result<NewNotice, NotText> {
        let Controller { name, email, phone } = controller;
        let reached = |or: &str| {
            let phone = phone.as_ref().map(|phone| format!(" {or} {}", phone.as_str())).unwrap_or_default();
            format!("{}{phone}", email.as_str())
        };
        let (name, nb, en) = (name.as_str(), reached("eller"), reached("or"));
        let parts = NoticeParts {
            controller: both(
                &format!(
                    "{name} er ansvarlig for opplysningene om deg. Det er vi som bestemmer hva de brukes til og hvordan \
                     de tas vare på. Har du spørsmål, når du oss på {nb}."
                ),
                &format!(
                    "{name} answers for the data about you. We decide what they are used for and how they are looked \
                     after. If you have questions, you reach us at {en}."
                ),
            )?,
            purposes: both(
                "Vi bruker opplysningene til å hjelpe deg med å finne og beholde vanlig arbeid eller utdanning: å bli \
                 kjent med hva du ønsker og kan, å ta kontakt med arbeidsgivere slik vi har avtalt, og å følge deg opp \
                 i jobben. Vi bruker dem også til å se om hjelpen virker, i tall der ingen kan kjennes igjen. Ingen \
                 avgjørelse om deg blir tatt av en maskin alene.",
                "We use the data to help you find and keep ordinary work or education: to learn what you want and can \
                 do, to contact employers as we have agreed, and to support you on the job. We also use them to see \
                 whether the help works, in figures in which nobody can be recognised. No decision about you is made \
                 by a machine alone.",
            )?,
            sources: both(
                "Det meste forteller du oss selv. Den som henviste deg, forteller at du ønsker hjelp til å komme i \
                 arbeid, og hvordan vi når deg. Navn, fødselsdato og om adressen din er beskyttet, kan vi få fra \
                 offentlige registre. Behandlere, arbeidsgivere og andre spør vi bare når du har sagt ja til det. Du \
                 kan alltid spørre oss hvor en opplysning kommer fra.",
                "Most of it you tell us yourself. Whoever referred you tells us that you want help to get into work, \
                 and how to reach you. Your name, your birth date and whether your address is protected we may get \
                 from public registers. Clinicians, employers and others we ask only when you have agreed to it. You \
                 can always ask us where a piece of information comes from.",
            )?,
            disclosure: both(
                "Vi gir ikke opplysninger om deg til arbeidsgivere, behandlere, utdanningssteder, din Nav-veileder \
                 eller nettverket ditt uten at du har sagt ja til hvem som får vite hva, og hvorfor. Du kan trekke et \
                 ja tilbake når som helst, like enkelt som du ga det, og det får ingen følger for hjelpen du får. Uten \
                 ditt ja gir vi opplysninger videre bare når en lov pålegger oss det.",
                "We give no data about you to employers, clinicians, places of education, your Nav counsellor or your \
                 network unless you have agreed to who is told what, and why. You can withdraw a yes at any time, as \
                 easily as you gave it, and the help you get does not depend on it. Without your yes we pass data on \
                 only where a law obliges us to.",
            )?,
            rights: both(
                "Du har rett til å se hva vi har skrevet om deg, å få rettet det som er feil, og å få slettet det som \
                 vi ikke lenger trenger eller ikke skulle ha hatt. Noe må vi ta vare på fordi en lov krever det; da \
                 forklarer vi hvorfor. Si fra til jobbspesialisten din eller til oss. Er du uenig i svaret, kan du \
                 klage til Datatilsynet.",
                "You have the right to see what we have written about you, to have what is wrong corrected, and to \
                 have erased what we no longer need or should not have had. Some of it we must keep because a law \
                 says so; then we explain why. Tell your employment specialist or us. If you disagree with the \
                 answer, you can complain to the Norwegian Data Protection Authority.",
            )?,
        };
        Ok(NewNotice { name: Line::parse(Self::NAME)?, version: Line::parse(Self::VERSION)?, valid_from, parts })
    }
}

fn both(nb: &str, en: &str) -> Result<InBothLanguages, NotText> {
    Ok(InBothLanguages { nb: Text::parse(nb)?, en: Text::parse(en)? })
}
