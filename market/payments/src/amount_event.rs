//! Events about an amount of a team's money.

/// Declares an event about an amount, which the team's own readers of the wallet receive: its name in Rust, its name on the wire, a line for
/// the catalogue, and a sentence for its documentation.
macro_rules! amount_event {
    ($name:ident, $type:literal, $says:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(::serde::Serialize)]
        pub(crate) struct $name {
            pub(crate) amount: ::kernel::Money,
        }

        impl ::platform::event::EventType for $name {
            const SPEC: ::platform::event::Spec = {
                use ::platform::event::{OWN, Spec, View, fields};
                Spec::new(
                    $type,
                    &[View::new(OWN, $type, concat!($says, "; a key needs `wallet:read`"), fields!($name: amount)).needing("wallet:read")],
                )
            };
        }
    };
}

pub(crate) use amount_event;
