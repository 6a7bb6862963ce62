//! How something reached a person, or came from them.

use super::coded::coded;

coded! {
    /// The way in which a person was informed, or said something.
    pub enum Channel {
        /// Face to face.
        InPerson = "in_person", "Personlig", "In person";
        /// By phone.
        Phone = "phone", "Telefon", "Phone";
        /// By video.
        Video = "video", "Video", "Video";
        /// On paper.
        Letter = "letter", "Brev", "Letter";
        /// On a page or in an app where the person is known.
        Digital = "digital", "Digitalt", "Digitally";
    }
}
