//! How a person is protected: two axes that never undo each other (`DA4`).

use serde::{Deserialize, Serialize};

use super::coded::coded;

coded! {
    /// The grade of a person's address in the register, the weakest first.
    #[derive(Default)]
    pub silent enum AddressProtection {
        /// No grade.
        #[default]
        Ungraded = "ungraded", "Ugradert", "Ungraded";
        /// Confidential ("code 7").
        Confidential = "confidential", "Fortrolig", "Confidential";
        /// Strictly confidential ("code 6").
        StrictlyConfidential = "strictly_confidential", "Strengt fortrolig", "Strictly confidential";
        /// Strictly confidential, living abroad.
        StrictlyConfidentialAbroad =
            "strictly_confidential_abroad", "Strengt fortrolig utland", "Strictly confidential abroad";
    }
}

coded! {
    /// Whether a person is shielded as own staff, or as one close to own staff.
    #[derive(Default)]
    pub silent enum StaffShielding {
        /// Not shielded.
        #[default]
        None = "none", "Ikke skjermet", "Not shielded";
        /// Shielded.
        OwnStaff = "own_staff", "Egen ansatt", "Own staff";
    }
}

/// The protection of a person.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{AddressProtection, Protection, StaffShielding};
///
/// let protection = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
/// assert!(protection.is_strict());
/// assert!(!Protection::default().withholds_address());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Protection {
    address: AddressProtection,
    staff: StaffShielding,
}

impl Protection {
    /// Puts the two axes together.
    #[must_use]
    pub const fn new(address: AddressProtection, staff: StaffShielding) -> Self {
        Self { address, staff }
    }

    /// The grade of the address.
    #[must_use]
    pub const fn address(self) -> AddressProtection {
        self.address
    }

    /// The shielding as own staff.
    #[must_use]
    pub const fn staff(self) -> StaffShielding {
        self.staff
    }

    /// The stronger of two on each axis: what neither of two registrations loses that turn out to be one person's (`DA4`).
    #[must_use]
    pub fn stronger(self, other: Self) -> Self {
        Self { address: self.address.max(other.address), staff: self.staff.max(other.staff) }
    }

    /// Whether the address is strictly confidential: a cleared unit only (`I3`, `DA4`).
    #[must_use]
    pub const fn is_strict(self) -> bool {
        matches!(self.address, AddressProtection::StrictlyConfidential | AddressProtection::StrictlyConfidentialAbroad)
    }

    /// Whether the address is withheld: at any grade, and of own staff.
    #[must_use]
    pub const fn withholds_address(self) -> bool {
        !matches!((self.address, self.staff), (AddressProtection::Ungraded, StaffShielding::None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axes_are_independent() {
        // Given own staff with a strictly confidential address, when the grade falls, then the shielding stands.
        let strict = Protection::new(AddressProtection::StrictlyConfidentialAbroad, StaffShielding::OwnStaff);
        let fallen = Protection::new(AddressProtection::Ungraded, strict.staff());
        assert!(strict.is_strict() && !fallen.is_strict());
        assert_eq!(fallen.staff(), StaffShielding::OwnStaff);
        assert!(fallen.withholds_address());
    }

    #[test]
    fn da4_neither_axis_ever_undoes_the_other() {
        // Given every protection, when one axis changes to anything, then the other is what it was, the address stays
        // withheld for as long as either asks for it, and only the grade makes it strict.
        for address in AddressProtection::ALL {
            for staff in StaffShielding::ALL {
                let before = Protection::new(address, staff);
                for to in AddressProtection::ALL {
                    let after = Protection::new(to, before.staff());
                    assert_eq!(after.staff(), staff);
                    assert!(after.withholds_address() || staff == StaffShielding::None);
                }
                for to in StaffShielding::ALL {
                    let after = Protection::new(before.address(), to);
                    assert_eq!((after.address(), after.is_strict()), (address, before.is_strict()));
                    assert!(after.withholds_address() || address == AddressProtection::Ungraded);
                }
            }
        }
    }

    #[test]
    fn da4_the_stronger_of_two_is_found_on_each_axis() {
        let graded = Protection::new(AddressProtection::Confidential, StaffShielding::None);
        let shielded = Protection::new(AddressProtection::Ungraded, StaffShielding::OwnStaff);
        let both = Protection::new(AddressProtection::Confidential, StaffShielding::OwnStaff);
        assert_eq!([graded.stronger(shielded), shielded.stronger(graded)], [both, both]);
        assert_eq!(both.stronger(Protection::default()), both);
    }

    #[test]
    fn confidential_is_not_strict_and_withholds_the_address() {
        let confidential = Protection::new(AddressProtection::Confidential, StaffShielding::None);
        assert!(!confidential.is_strict());
        assert!(confidential.withholds_address());
    }

    #[test]
    fn the_strictest_grade_is_the_greatest() {
        let worst = [AddressProtection::StrictlyConfidential, AddressProtection::Confidential].into_iter().max();
        assert_eq!(worst, Some(AddressProtection::StrictlyConfidential));
    }
}
