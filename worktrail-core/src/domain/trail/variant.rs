//! The variant of its method that a trail follows (S101).

use super::Trail;
use crate::domain::fact::Fact;
use crate::domain::programme_variant::ProgrammeVariant;
use crate::domain::rejection::Rejection;

impl Trail {
    /// Says which variant of its method it follows, or that it is none (S101, of transition): at first its team's.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::VariantNotOfMethod`]; [`Rejection::NothingChanges`].
    pub fn set_variant(mut self, variant: Option<ProgrammeVariant>) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        variant.map_or(Ok(()), |variant| variant.must_be_of(self.method))?;
        let from = std::mem::replace(&mut self.variant, variant);
        if from == variant {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::TrailVariantSet { trail: self.id, from, to: variant };
        Ok((self, fact))
    }

    /// The variant of its method that it follows (S101).
    #[must_use]
    pub const fn variant(&self) -> Option<ProgrammeVariant> {
        self.variant
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, started, started_by_method};
    use super::*;
    use crate::domain::method::Method;

    const YOUNG: Option<ProgrammeVariant> = Some(ProgrammeVariant::IpsUng);

    #[test]
    fn s101_an_open_trail_follows_a_variant_of_its_own_method_or_none() {
        let trail = started("2022-05-27", "2022-06-02");
        let (set, fact) = trail.clone().set_variant(YOUNG).expect("set");
        assert_eq!((set.variant(), fact.code()), (YOUNG, "trail_variant_set"));
        assert_eq!(set.clone().set_variant(YOUNG).unwrap_err(), Rejection::NothingChanges);
        assert_eq!(set.set_variant(None).expect("set").0, trail);
        let method = Method::SupportedEmployment;
        let supported = started_by_method(method, "2022-05-27", "2022-06-02");
        let refused = Rejection::VariantNotOfMethod { method, variant: ProgrammeVariant::IpsUng };
        assert_eq!(supported.set_variant(YOUNG).unwrap_err(), refused);
    }

    #[test]
    fn i10_the_variant_of_an_ended_trail_is_frozen() {
        let ended = ended();
        let refused = Rejection::TrailEnded { trail: ended.id() };
        assert_eq!(ended.set_variant(YOUNG).unwrap_err(), refused);
    }
}
