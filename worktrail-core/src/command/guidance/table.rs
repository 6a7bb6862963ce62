//! What a specialist who is unsure of the routine is told at each command.

use crate::label::Label;

/// Makes the table: a command's name, then what is told in Norwegian and in English.
macro_rules! guidance {
    ($($name:literal: $nb:literal, $en:literal;)+) => {
        /// What is told at each of the library's commands, by name (S106).
        pub const COMMAND_GUIDANCE: &[(&str, Label)] = &[$(($name, Label::new($nb, $en))),+];

        /// What is told at a command of this name (S106), if it is one of the library's.
        ///
        /// ```
        /// use worktrail_core::command::{Command, OpenTrail, command_guidance};
        ///
        /// let told = command_guidance(OpenTrail::NAME).expect("there is such a command");
        /// assert!(told.en.contains("The wish to work is enough."));
        /// ```
        #[must_use]
        pub fn command_guidance(name: &str) -> Option<Label> {
            COMMAND_GUIDANCE.iter().find(|(command, _)| *command == name).map(|(_, told)| *told)
        }
    };
}

guidance! {
    "register_staff":
        "Registrer medarbeideren med navn og identiteten fra vertens innlogging, én gang.",
        "Register the member of staff by name and by the identity from the host's log-in, once.";
    "found_team":
        "Velg metoden med omhu: teamet har den for alltid. Du blir selv metodeveileder i teamet.",
        "Choose the method with care: the team has it for good. You become its supervisor yourself.";
    "found_cleared_team":
        "Bare for deltakere med strengt fortrolig adresse. Teamet er klarert fra første dag, eller aldri.",
        "Only for the strictly protected. A team is cleared from its first day, or never.";
    "rename_team":
        "Et nytt navn endrer ingenting annet; det gamle står i historikken.",
        "Another name changes nothing else; the old one stays in the history.";
    "admit_member":
        "Oppgi rolle og første dag. Den som kommer tilbake, får det samme medlemskapet i en ny periode.",
        "Give the role and the first day. Who comes back has the same membership in a new term.";
    "end_membership":
        "Se først hvilke jobbspor som står igjen: de må få en ny eier. Gjelder det fra i dag og var en feil, oppgi gårsdagen.",
        "Look first which trails are left behind: they need another owner. If it was a mistake as of today, give yesterday.";
    "set_team_variant":
        "Varianten gjelder jobbspor som åpnes fra nå av; de som er åpne, beholder sin.",
        "The variant counts for trails opened from now on; those that are open keep theirs.";
    "set_trail_variant":
        "Si hvilken variant av metoden deltakeren følger; fasene er de samme.",
        "Say which variant of the method the participant follows; the phases are the same.";
    "change_role":
        "Rollen styrer hva medarbeideren ser. Teamet skal alltid ha en metodeveileder.",
        "The role decides what the member of staff sees. A team always has a supervisor.";
    "set_position":
        "Oppgi stillingsandel og fra hvilken dag. Den brukes til å regne arbeidstid, ikke til å måle folk.",
        "Give the share of a full post and its first day. It is for working time, not for measuring people.";
    "register_absence":
        "Oppgi perioden og om det er ferie, permisjon eller fravær. Aldri hvorfor noen er borte.",
        "Give the days and whether it is holiday, leave or absence. Never why somebody is away.";
    "end_absence":
        "Oppgi dagen medarbeideren er tilbake; da slutter fraværet dagen før.",
        "Give the day on which the member of staff is back; the absence ends the day before.";
    "found_office":
        "Plasser kontoret under det kontoret som leder det, eller øverst.",
        "Place the office below the one that leads it, or at the top.";
    "rename_office":
        "Et nytt navn endrer ingenting annet; det gamle står i historikken.",
        "Another name changes nothing else; the old one stays in the history.";
    "move_office":
        "Alt som ligger under kontoret, følger med, og dermed hvem som ser teamene der.",
        "All that lies below the office comes along, and so does who sees the teams there.";
    "place_team":
        "Plasseringen avgjør hvem utenfor teamet som har ansvar for det.",
        "Where a team is placed decides who beyond it is responsible for it.";
    "appoint_staff":
        "For roller utover et team. Fagansvarlig og leder oppnevnes til et kontor, andre til hele organisasjonen.",
        "For roles beyond a team: leads and line managers for an office, others for the organisation.";
    "end_appointment":
        "Oppgi siste dag; rettighetene varer til og med den. Gjelder den fra i dag og var en feil, oppgi gårsdagen.",
        "Give the last day; the rights last until the end of it. If it was a mistake as of today, give yesterday.";
    "declare_conflict":
        "Meld deg inhabil straks du ser hvem det gjelder. Saken blir borte for deg, også i lister.",
        "Declare a conflict as soon as you see whom it is about. The case is gone for you, from lists too.";
    "lift_conflict":
        "Bare når bindingen er borte, og av en annen enn den som meldte den.",
        "Only when the tie is gone, and by somebody else than who declared it.";
    "register_participant":
        "Søk på nummeret først. Før bare det du trenger, og hvor du vet det fra.",
        "Search by the number first. Write only what you need, and from where you know it.";
    "correct_contact_points":
        "Rett telefon og e-post sammen med deltakeren, og si hvor de er fra.",
        "Correct phone and e-mail together with the participant, and say from where they are.";
    "state_birth_date":
        "Uten fødselsdato åpnes ikke noe jobbspor. Spør deltakeren; gjett aldri ut fra nummeret.",
        "Without a birth date no trail is opened. Ask the participant; never guess from the number.";
    "change_protection":
        "Før adressesperre straks den er kjent. Ved streng sperre forsvinner saken for alle uten klarering.",
        "Write it down as soon as it is known. When it is strict, the case is gone for all who are not cleared.";
    "release_trails":
        "Bare når sperren er opphevet, og etter at du har snakket med deltakeren.",
        "Only once the protection has fallen, and after you have talked with the participant.";
    "forget_participant":
        "Sletting kan ikke angres. Se etter at ingen plikt til å ta vare på noe står i veien.",
        "Forgetting cannot be undone. See to it that no duty to keep anything stands in its way.";
    "correct_name":
        "Skriv navnet slik det står i registeret eller slik deltakeren ønsker, og hvorfor det rettes.",
        "Write the name as the register has it or as the participant wishes, and why it is corrected.";
    "correct_birth_date":
        "Oppgi kilden og grunnen. Alderen regnes på nytt, og med den hvem som må samtykke.",
        "Give the source and the reason. The age is worked out anew, and with it who must consent.";
    "change_national_id":
        "Nytt nummer, ikke rettelse: det gamle beholdes, og deltakeren finnes med begge.",
        "Another number, no correction: the old one is kept, and the participant is found by both.";
    "correct_national_id":
        "Bare når nummeret aldri var deltakerens: det gale beholdes ikke. Oppgi kilden og grunnen.",
        "Only when the number was never the participant's: the wrong one is not kept. Give the source and the reason.";
    "withdraw_number":
        "Bare når nummeret aldri var deltakerens. Skriv hvorfor.",
        "Only when the number was never the participant's. Write why.";
    "note_number":
        "Før et nummer som deltakeren har eller har hatt ved siden av, også fra et annet land.",
        "Note a number that the participant has or had beside the present one, of another country too.";
    "state_residence":
        "Sted og kommune er nok til de fleste formål. Vises ikke ved adressesperre.",
        "Place and municipality are enough for most purposes. Not shown under protection.";
    "set_language":
        "Spør hvilket språk deltakeren helst bruker, og om tolk trengs.",
        "Ask which language the participant prefers, and whether an interpreter is needed.";
    "set_sms_stance":
        "Deltakeren bestemmer selv. Spør igjen hvis det er lenge siden.",
        "The participant decides. Ask again if it was long ago.";
    "ask_where_open":
        "Spør bare når du er sikker på personen: svaret er helseopplysninger, og det noteres at du fikk det.",
        "Ask only when you are sure of the person: the answer is health data, and that you had it is noted.";
    "merge_participants":
        "Se nøye etter at det er én person. En sammenslåing tas ikke tilbake.",
        "Make sure that it is one person. A merging is not taken back.";
    "propose_transfer":
        "Snakk med deltakeren og den nye jobbspesialisten først. Skriv det som må vites, ikke mer.",
        "Talk with the participant and the new specialist first. Write what must be known, and no more.";
    "withdraw_transfer":
        "Ta forslaget tilbake før det er besvart, og si fra til den som fikk det.",
        "Take the proposal back before it is answered, and tell whoever had it.";
    "accept_transfer":
        "Jobbsporet blir ditt med alt som hører til. Ta kontakt med deltakeren med det samme.",
        "The trail becomes yours with all that hangs on it. Get in touch with the participant at once.";
    "return_transfer":
        "Skriv hvorfor, uten å legge noe til deltakeren.",
        "Write why, without putting it down to the participant.";
    "reassign_trail":
        "For jobbspor som ikke kan vente på svar. Si fra til deltakeren og begge jobbspesialistene.",
        "For trails that cannot wait for an answer. Tell the participant and both specialists.";
    "give_cover":
        "Oppgi siste dag. Si til deltakeren hvem som er der imens.",
        "Give the last day. Tell the participant who is there meanwhile.";
    "end_cover":
        "Vikariatet slutter i dag. Sørg for at det som er avtalt, blir fulgt opp.",
        "The cover ends today. See to it that what was agreed on is followed up.";
    "open_trail":
        "Bekreft at det er riktig person, og informer om rettigheter først. Ønsket om arbeid er nok.",
        "Confirm that it is the right person, and inform of rights, first. The wish to work is enough.";
    "attest":
        "Bekreft bare det du selv har gjort eller sett, og si hvordan.",
        "Attest only what you did or saw yourself, and say in which way.";
    "hold_start_up_meeting":
        "Oppgi dagen møtet ble holdt. Fra den dagen teller de 30 dagene til første arbeidsgiver.",
        "Give the day on which the meeting was held. From it count the 30 days to the first employer.";
    "move_to":
        "Fasen følger det som skjer, ikke omvendt. Den kan gå opp og ned.",
        "The phase follows what happens, and not the other way round. It may go up and down.";
    "advance_phase":
        "Ferdig med dette steget: jobbsporet går til neste fase i metoden.",
        "Done with this step: the trail goes to the next phase of the method.";
    "take_over_phases":
        "For jobbspor som kommer fra et annet system: fasene i rekkefølge, med første dag i hver.",
        "For a trail that comes from another system: its phases in order, each with its first day.";
    "set_main_goal":
        "Skriv målet med deltakerens ord, og sett det på nytt når det endrer seg.",
        "Write the goal in the participant's words, and set it anew when it changes.";
    "end_trail":
        "Se gjennom det som er åpent, og tilby lettere støtte først. Deltakeren kan alltid komme tilbake.",
        "Look through what is open, and offer lighter support first. The participant can always come back.";
    "correct_start":
        "Oppgi riktig dag og hvorfor. Det som stod før, blir i historikken.",
        "Give the right day and why. What stood before stays in the history.";
    "correct_referral":
        "Rett det som ble ført feil, og skriv hvorfor. Det som stod før, blir i historikken.",
        "Correct what was written wrongly, and say why. What stood before stays in the history.";
    "correct_ending":
        "Kan rettes i 30 dager, deretter av brukerstøtte. Skriv hvorfor.",
        "It can be corrected for 30 days, and by user support after that. Say why.";
    "reopen_trail":
        "Bare når avslutningen var en feil. Den som kommer tilbake, får et nytt jobbspor.",
        "Only when the ending was a mistake. Who comes back has a new trail.";
    "pause_trail":
        "Avtal når du tar kontakt igjen. En pause er ingen avslutning.",
        "Agree on when you get in touch again. A pause is no ending.";
    "revise_pause":
        "Hold slutten og neste kontakt i takt med det dere avtaler.",
        "Keep its end and the next contact in line with what you agree on.";
    "remove_pause":
        "Bare en pause som ikke har begynt, kan fjernes; en som er i gang, avsluttes.",
        "Only a pause that has not begun can be removed; one that is going on is ended.";
    "receive_referral":
        "Skriv ønsket om arbeid med personens ord. Klar for arbeid er den som vil arbeide.",
        "Write the wish to work in the person's words. Ready for work is whoever wants to work.";
    "close_referral":
        "Ingen avvises for symptomer, rus eller fordi noen ikke tror de er klare. Oppgi den virkelige grunnen.",
        "Nobody is turned away for symptoms, substance use or seeming not ready. Give the true reason.";
    "answer_referral":
        "Noter dagen svaret ble sendt; den som henviste, skal vite hvordan det gikk.",
        "Note the day on which the reply was sent; whoever referred is to know how it went.";
    "enter_programme":
        "Oppgi første dag. Jobbsporet avsluttes ikke før programmet er forlatt.",
        "Give the first day. The trail is not ended before the programme is left.";
    "leave_programme":
        "Oppgi siste dag og hva det førte til. Til den dagen er over, kan det sies på nytt.",
        "Give the last day and what it led to. Until that day is over, it can be said anew.";
    "correct_leaving":
        "Oppgi hvilken periode, riktig siste dag og utfall, og hvorfor. Det som stod før, blir i historikken.",
        "Give which period, the right last day and outcome, and why. What stood before stays in the history.";
    "withdraw_enrolment":
        "For den som ble meldt inn og ikke begynte.",
        "For somebody who was enrolled and did not begin.";
    "write_narrative":
        "Les hva temaet er for. Skriv behov, ikke diagnose, og ingen navn på andre.",
        "Read what the topic is for. Write needs, no diagnosis, and no names of others.";
    "agree_plan":
        "Gå gjennom planen sammen. Det dere blir enige om, får et nummer og en dag.",
        "Go through the plan together. What you agree on has a number and a day.";
    "state_wishes":
        "La deltakeren skrive selv om det går. Ønsker er ikke krav til deltakeren.",
        "Let the participant write if it can be done. Wishes are not demands on the participant.";
    "register_collaborator":
        "Uten samtykke fra den det gjelder: bare rolle og arbeidssted, ikke navn.",
        "Without the consent of whoever it is: only role and place of work, no name.";
    "revise_collaborator":
        "Endre det som er nytt. Et navn krever at den det gjelder, har samtykket.",
        "Change what is new. A name takes the consent of whoever bears it.";
    "mark_collaborator_former":
        "Oppgi dagen samarbeidet sluttet; det som var, blir stående.",
        "Give the day on which the cooperation ended; what was there stays.";
    "unname_collaborator":
        "Når samtykket trekkes: navnet slettes, rollen blir stående.",
        "When the consent is withdrawn: the name is erased, the role stays.";
    "set_sub_goal":
        "Små steg, med hvem som gjør det og når. Deltakeren skal eie dem.",
        "Small steps, with who does them and when. The participant is to own them.";
    "revise_sub_goal":
        "Juster når det trengs; det som stod før, blir i historikken.",
        "Adjust it when needed; what stood before stays in the history.";
    "report_progress":
        "Si hvor det står. Det er lov at noe tar lengre tid.",
        "Say where it stands. Things may take longer.";
    "close_sub_goal":
        "Oppgi dagen og hvordan det gikk. Et mål som ikke passer lenger, er ikke et nederlag.",
        "Give the day and how it went. A goal that no longer fits is no defeat.";
    "reopen_sub_goal":
        "Når det viser seg at steget ikke er ferdig.",
        "When the step turns out not to be done.";
    "agree_openness":
        "Drøft fordeler og ulemper, gjerne to ganger. Åpenhet kreves aldri. Skriv hvilke ord som kan brukes.",
        "Discuss for and against, preferably twice. Openness is never required. Write which words may be used.";
    "withdraw_openness":
        "Gjelder fra nå av. Si fra til arbeidsgivere du var i kontakt med at du ikke ringer mer, uten å si hvorfor.",
        "It counts from now on. Tell employers whom you were in touch with that you will not call, and not why.";
    "give_consent":
        "Si hva som deles, med hvem og hvorfor, og at det kan trekkes når som helst. Et nei er et svar.",
        "Say what is shared, with whom and why, and that it can be withdrawn at any time. A no is an answer.";
    "withdraw_consent":
        "Det skal være like lett å trekke som å gi. Delingen stopper med det samme.",
        "Withdrawing is to be as easy as giving. Sharing stops at once.";
    "assess_capacity":
        "Samtykkekompetanse forutsettes. Vurder bare det det gjelder, og sett dag for ny vurdering.",
        "Capacity is presumed. Assess only the matter at hand, and set a day for looking again.";
    "publish_notice":
        "En ny versjon gjør at alle må informeres på nytt fra første dag.",
        "A new version makes everybody due to be informed anew from its first day.";
    "state_host_list":
        "Egne valg står for en fast verdi, som regler og tall går etter. En kode får aldri ny betydning.",
        "Entries of your own stand for a fixed value, which rules and figures go by. A code never changes its meaning.";
    "state_guidance":
        "Skriv det en ny kollega trenger å vite ved akkurat dette steget, på begge språk.",
        "Write what a new colleague needs to know at just this step, in both languages.";
    "register_guardian":
        "Se papiret før du registrerer. Vergen samtykker innenfor mandatet og leser ikke saken.",
        "See the paper before you register. A guardian consents within the mandate, and reads no case.";
    "end_guardianship":
        "Oppgi siste dag. Vergen for en mindreårig slutter av seg selv på 18-årsdagen.",
        "Give the last day. That of a minor ends by itself on the eighteenth birthday.";
    "file_document":
        "Originalen ligger i arkivet; her står hvor, og hvem som har skrevet under.",
        "The original lies in the archive; here stands where, and who signed.";
    "confirm":
        "Les det som gjelder nå, før du sier deg enig. Den som er uenig, sier hvordan.",
        "Read what counts now before you confirm. Who differs says how.";
    "register_benefits_counselling":
        "Snakk om ytelser før en jobb begynner og når timene endres, med en som kan reglene.",
        "Talk about benefits before a job begins and when the hours change, with somebody who knows the rules.";
    "register_employer":
        "Søk på nummer og navn først. Virksomheten, ikke selskapet over den, er det du besøker.",
        "Search by number and name first. What you visit is the unit, not the company above it.";
    "correct_employer":
        "Rett det som er feil om virksomheten; ingenting om deltakere hører hjemme her.",
        "Correct what is wrong about the employer; nothing about participants belongs here.";
    "state_organisation_number":
        "Hent nummeret fra registeret. Det settes én gang.",
        "Take the number from the register. It is set once.";
    "set_employer_preferences":
        "Noter hva arbeidsgiveren har bedt om, og til når. Kolleger ser det før de tar kontakt.",
        "Note what the employer has asked for, and until when. Colleagues see it before they get in touch.";
    "warn_of_employer":
        "Bare saklige forhold som kolleger må vite om, og bare så lenge det trengs.",
        "Only plain matters that colleagues must know of, and only for as long as needed.";
    "merge_employers":
        "Se etter at det er samme virksomhet. Velg den med riktig nummer som den som blir.",
        "Make sure that it is the same unit. Keep the one with the right number.";
    "register_contact_person":
        "Den du fører, skal få vite det innen en måned. Før bare det som gjelder jobben.",
        "Whom you register is to be told within a month. Write only what concerns their work.";
    "correct_contact_person":
        "Rett navn, telefon eller rolle når kontaktpersonen sier fra.",
        "Correct name, phone or role when the contact person says so.";
    "mark_contact_person_former":
        "Oppgi dagen vedkommende sluttet, så ringer ingen dit.",
        "Give the day on which they left, so that nobody calls there.";
    "inform_contact_person":
        "Noter dagen og måten kontaktpersonen fikk vite hva som er lagret.",
        "Note the day and the way in which the contact person was told what is kept.";
    "merge_contact_persons":
        "To oppføringer av samme person: den ene slettes med det samme.",
        "Two records of one person: one of them is forgotten at once.";
    "forget_contact_person":
        "Når noen ber om det, eller når de ikke lenger trengs. Det kan ikke angres.",
        "When somebody asks for it, or when they are not needed any more. It cannot be undone.";
    "register_employer_contact":
        "Se hva deltakeren har sagt ja til, før du tar kontakt. En tidligere arbeidsgiver krever åpenhet.",
        "See what the participant has agreed to before you get in touch. A former employer takes openness.";
    "register_round":
        "En linje for hver arbeidsgiver du besøkte. Er noe feil, lagres ingen av dem.",
        "One line for each employer that you visited. If one is wrong, none is kept.";
    "correct_employer_contact":
        "Rett dag, måte eller hvem du traff; klokka til første arbeidsgiver regnes på nytt.",
        "Correct the day, the way or whom you met; the clock to the first employer is set anew.";
    "register_general_contacts":
        "For besøk som ikke gjelder noen deltaker. Skriv ingenting som peker på en.",
        "For visits that concern no participant. Write nothing that points to one.";
    "register_job":
        "Før den jobben deltakeren har fått, også om den ikke har begynt. Arbeidstrening er ikke jobb.",
        "Register the job that the participant has got, also before it begins. Work training is no job.";
    "correct_job":
        "Før jobben slik den skulle vært ført, hele.",
        "Write the job as it should have been told, all of it.";
    "end_job":
        "Oppgi siste dag og grunn. Er jobben tapt, bruk heller «mistet arbeid».",
        "Give the last day and the reason. If the work was lost, use that instead.";
    "correct_job_ending":
        "Oppgi hvordan jobben sluttet, eller at den ikke gjorde det, og hvorfor. Det som stod før, blir i historikken.",
        "Give how the job ended, or that it did not, and why. What stood before stays in the history.";
    "withdraw_job":
        "For en jobb som ikke ble noe av. En som har begynt, avsluttes.",
        "For a job that came to nothing. One that has begun is ended.";
    "change_hours":
        "Oppgi fra hvilken dag. Snakk om ytelser når timene endrer seg.",
        "Give the first day. Talk about benefits when the hours change.";
    "lose_work":
        "Ta kontakt innen tre dager, og tilby hjelp til å finne noe nytt.",
        "Get in touch within three days, and offer help to find something new.";
    "confirm_tenure":
        "Bekreft at deltakeren fortsatt er i jobben, på dagen du fikk vite det.",
        "Confirm that the participant is still in the job, on the day you learned it.";
    "note_job_experience":
        "Skriv hva som virket og hva som ikke gjorde det, til nytte for neste jobb.",
        "Write what worked and what did not, for the good of the next job.";
    "give_reference":
        "Spør den som gir referansen om det er greit at den brukes. Den samme føres én gang.",
        "Ask whoever gives the reference whether it may be used. The same one is kept once.";
    "step_down_support":
        "I deltakerens takt, med en plan for hvem som er der etterpå.",
        "At the participant's pace, with a plan for who is there afterwards.";
    "decline_support":
        "Deltakeren kan takke nei, og ombestemme seg.",
        "The participant may decline, and think better of it.";
    "register_education":
        "Ordinær utdanning med retning og form. En læreplass er en jobb som hører til utdanningen.",
        "Ordinary education with its track and form. An apprentice's place is a job that belongs to it.";
    "correct_education":
        "Før utdanningen slik den skulle vært ført, hele.",
        "Write the education as it should have been told, all of it.";
    "abort_education":
        "Oppgi siste dag. Snakk om hva som trengs nå, ikke om hva som gikk galt.",
        "Give the last day. Talk about what is needed now, not about what went wrong.";
    "correct_education_ending":
        "Oppgi riktig siste dag, eller at utdanningen ikke ble avbrutt, og hvorfor. Det som stod før, blir i historikken.",
        "Give the right last day, or that it was not broken off, and why. What stood before stays in the history.";
    "withdraw_education":
        "For en utdanning som ikke ble noe av. En som har begynt, avbrytes eller fullføres.",
        "For an education that came to nothing. One that has begun is broken off or completed.";
    "note_education_experience":
        "Skriv hva som virket og hva som ikke gjorde det.",
        "Write what worked and what did not, for the good of what comes next.";
    "register_support_contact":
        "Én linje etter hver kontakt. Med arbeidsgiver bare der åpenheten tillater det.",
        "One line after each contact. With the employer only where openness allows it.";
    "agree_with_employer":
        "Skriv bare det deltakeren har sagt ja til at arbeidsgiveren får vite.",
        "Write only what the participant has agreed that the employer may know.";
}
