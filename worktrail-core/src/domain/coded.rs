//! Closed lists: each value with its code and its two labels on one line.

/// Makes a closed enum whose variants each carry a stable code (also the serde name) and two labels.
///
/// Gives `ALL`, `code`, `label` and `from_code`. Written `/// doc` `Variant = "code", "norsk", "English";`. Where the
/// value itself is personal it is a `pub silent enum`, whose `Debug` shows the name of the type only.
macro_rules! coded {
    ( $(#[$meta:meta])* pub silent enum $name:ident { $($variants:tt)+ } ) => {
        $crate::domain::coded::coded! { @ $(#[$meta])* pub enum $name { $($variants)+ } }
        $crate::domain::redacted::redacted_debug!($name);
    };
    ( $(#[$meta:meta])* pub enum $name:ident { $($variants:tt)+ } ) => {
        $crate::domain::coded::coded! { @ $(#[$meta])* #[derive(Debug)] pub enum $name { $($variants)+ } }
    };
    (
        @ $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal, $nb:literal, $en:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every value, in its natural order.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// The stable code, the same as in serde.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What a person reads.
            #[must_use]
            pub const fn label(self) -> $crate::label::Label {
                match self { $(Self::$variant => $crate::label::Label::new($nb, $en),)+ }
            }

            /// The value with this code, if there is one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use coded;
