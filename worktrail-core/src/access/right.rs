//! The rights that commands and questions name.

use crate::domain::coded::coded;

coded! {
    /// A right. Each command and each question names exactly one.
    pub enum Right {
        /// Found teams and register staff.
        ManageTeams = "manage_teams", "Opprette team og ansatte", "Found teams and register staff";
        /// Admit staff to a team.
        ManageMembers = "manage_members", "Styre medlemskap i team", "Manage a team's members";
        /// Register participants, and find them by their number.
        RegisterParticipant = "register_participant", "Registrere og finne deltakere", "Register and find participants";
        /// Correct what is known of a participant.
        CorrectParticipant = "correct_participant", "Rette deltakeropplysninger", "Correct a participant's data";
        /// Change a participant's protection.
        ProtectParticipant = "protect_participant", "Endre skjerming", "Change a participant's protection";
        /// Forget a participant (GDPR art. 17).
        ForgetParticipant = "forget_participant", "Slette en deltaker", "Forget a participant";
        /// Receive referrals, answer them, and see who waits.
        ReceiveReferrals = "receive_referrals", "Ta imot henvisninger", "Receive referrals";
        /// Open a trail.
        OpenTrail = "open_trail", "Opprette jobbspor", "Open a trail";
        /// Read a trail, whole, and its history.
        ReadTrail = "read_trail", "Lese jobbspor", "Read a trail";
        /// Do the work of a trail: mapping, goals, employers, jobs, phases.
        FollowTrail = "follow_trail", "Følge opp jobbspor", "Follow up a trail";
        /// End a trail.
        EndTrail = "end_trail", "Avslutte jobbspor", "End a trail";
        /// State a participant's wishes for work.
        StateWishes = "state_wishes", "Føre ønsker", "State wishes";
        /// Correct what was registered wrongly on a trail.
        CorrectTrail = "correct_trail", "Rette jobbspor", "Correct a trail";
        /// Open an ended trail again.
        ReopenTrail = "reopen_trail", "Gjenåpne jobbspor", "Reopen a trail";
        /// Give or withdraw a consent, agree on openness or withdraw it.
        Consent = "consent", "Samtykke og åpenhet", "Consent and disclosure";
        /// Register employers and their contact persons, and find them.
        KeepEmployers = "keep_employers", "Registrere arbeidsgivere", "Keep employers";
        /// See one's own portfolio.
        SeePortfolio = "see_portfolio", "Se egen portefølje", "See one's own portfolio";
        /// See a team's portfolio.
        SeeTeam = "see_team", "Se teamets portefølje", "See a team's portfolio";
        /// See which teams one is a member of.
        SeeOwnTeams = "see_own_teams", "Se egne team", "See one's own teams";
        /// Follow the journal, without its personal part.
        FollowJournal = "follow_journal", "Følge journalen", "Follow the journal";
    }
}
