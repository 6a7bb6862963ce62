//! The rights that commands and questions name.

use crate::domain::coded::coded;

coded! {
    /// A right. Each command and each question names exactly one.
    pub enum Right {
        /// Found teams and register staff.
        ManageTeams = "manage_teams", "Opprette team og ansatte", "Found teams and register staff";
        /// Admit staff to a team, and name it.
        ManageMembers = "manage_members", "Styre medlemskap i team", "Manage a team's members";
        /// Found offices and cleared teams, and place teams in offices.
        ManageOffices = "manage_offices", "Styre kontorer og klarerte team", "Manage offices and cleared teams";
        /// Appoint staff to roles beyond a team.
        Appoint = "appoint", "Oppnevne til roller utover et team", "Appoint to roles beyond a team";
        /// Declare that one is not impartial towards a participant.
        DeclareConflict = "declare_conflict", "Melde inhabilitet", "Declare a conflict of interest";
        /// Lift the conflict of interest that a member of staff declared.
        LiftConflict = "lift_conflict", "Oppheve inhabilitet", "Lift a conflict of interest";
        /// Register participants, and find them by number or name.
        RegisterParticipant = "register_participant", "Registrere og finne deltakere", "Register and find participants";
        /// Correct what is known of a participant.
        CorrectParticipant = "correct_participant", "Rette deltakeropplysninger", "Correct a participant's data";
        /// Correct who a participant is: national id and birth date of somebody with an open trail, and two who are one.
        CorrectIdentity = "correct_identity", "Rette deltakerens identitet", "Correct a participant's identity";
        /// Choose by which channels a participant is reached: the reservation against text messages.
        ChooseChannels = "choose_channels", "Velge kanaler", "Choose channels";
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
        /// Propose a trail to another specialist, and take the proposal back.
        ProposeTransfer = "propose_transfer", "Foreslå overføring av jobbspor", "Propose a transfer of a trail";
        /// Accept or return a trail that is proposed or assigned.
        AnswerTransfer = "answer_transfer", "Svare på overføring av jobbspor", "Answer a transfer of a trail";
        /// Give a trail to another specialist without asking.
        ReassignTrail = "reassign_trail", "Flytte jobbspor til en annen", "Reassign a trail";
        /// Let others stand in for the owner of a trail.
        GiveCover = "give_cover", "Sette inn vikar", "Let others cover a trail";
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
        /// Merge employers; merge and forget contact persons.
        CurateEmployers = "curate_employers", "Rydde i arbeidsgivere", "Merge employers, forget contact persons";
        /// See one's own portfolio.
        SeePortfolio = "see_portfolio", "Se egen portefølje", "See one's own portfolio";
        /// See a team's portfolio.
        SeeTeam = "see_team", "Se teamets portefølje", "See a team's portfolio";
        /// See which teams one is a member of.
        SeeOwnTeams = "see_own_teams", "Se egne team", "See one's own teams";
        /// Oversee what a team refuses and ends, and what is due for retention.
        OverseeTeam = "oversee_team", "Føre tilsyn med avslag, avslutninger og lagringstid",
            "Oversee exclusions and retention";
        /// Read of a case what a consent names one as the recipient of.
        ReadShared = "read_shared", "Lese det som er delt etter samtykke", "Read what a consent shares";
        /// Confirm a goal or a text, or differ.
        Confirm = "confirm", "Bekrefte mål og planer", "Confirm goals and plans";
        /// Publish versions of the notice of rights.
        PublishNotice = "publish_notice", "Publisere informasjonstekster", "Publish notices";
        /// State the organisation's own lists, and its guidance.
        KeepLists = "keep_lists", "Styre egne lister og veiledning", "Keep lists and guidance";
        /// See which teams are placed in an office.
        SeeTeams = "see_teams", "Se et kontors team", "See an office's teams";
        /// See a team's members.
        SeeMembers = "see_members", "Se et teams medlemmer", "See a team's members";
        /// See figures that tell of nobody in particular.
        SeeFigures = "see_figures", "Se tall", "See figures";
        /// Follow the journal, without its personal part.
        FollowJournal = "follow_journal", "Følge journalen", "Follow the journal";
    }
}
