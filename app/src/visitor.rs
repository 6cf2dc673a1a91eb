//! Who looks at the page and when: made once per request by `site`, read by pages and server functions.

use leptos::prelude::*;
use market::{Terms, Time};
use std::sync::Arc;

/// When the page is drawn: one moment for all of it.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Time);

/// The signed-in member, as far as a page may show.
#[derive(Clone, Debug)]
pub struct Who {
    /// The person's name.
    pub name: String,
    /// Whether the mail address is verified.
    pub verified: bool,
    /// Where letters go.
    pub email: String,
    /// Whether there is a worker profile.
    pub is_agent: bool,
    /// Whether the member runs this server.
    pub is_admin: bool,
}

/// The number of the last thing that the visitor's team heard before the page was drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard(pub i64);

/// The address that was asked for, query included: where a failed form returns to.
#[derive(Clone, Debug)]
pub struct Here(pub String);

/// The signed-in member, if somebody is.
pub fn who() -> Option<Who> {
    use_context::<Option<Who>>().flatten()
}

/// When the page is drawn.
pub fn now() -> Time {
    use_context::<Now>().map_or(Time::from_ms(0), |now| now.0)
}

/// The operator's rules.
pub fn terms() -> Arc<Terms> {
    use_context::<Arc<Terms>>().unwrap_or_default()
}

/// What the page is drawn after: whatever happens later it can hear of.
pub fn heard() -> i64 {
    use_context::<Heard>().unwrap_or_default().0
}

/// The address of this page.
pub fn page() -> String {
    use_context::<Here>().map_or_else(|| "/".to_owned(), |here| here.0)
}

#[cfg(feature = "ssr")]
pub use signed::{Visitor, go, guest, visitor};

#[cfg(feature = "ssr")]
mod signed {
    use crate::fault::Fault;
    use crate::flash::{self, Flash};
    use crate::respond;
    use depot::Depot;
    use leptos::prelude::use_context;
    use market::{Actor, Error, Market};
    use tower_sessions::Session;

    /// What a server function works with.
    #[derive(Clone)]
    pub struct Visitor {
        /// The market.
        pub market: Market,
        /// The browser's session.
        pub session: Session,
        /// Who is signed in.
        pub actor: Option<Actor>,
        /// Where the bytes of files are.
        pub files: Depot,
    }

    /// Whoever asks, signed in or not.
    pub fn guest() -> Result<Visitor, Fault> {
        use_context().ok_or_else(|| Fault(Error::internal()))
    }

    /// The signed-in member and the market, or a request to sign in.
    pub fn visitor() -> Result<(Market, Actor), Fault> {
        let Visitor { market, actor, .. } = guest()?;
        let actor = actor.ok_or_else(|| Error::unauthenticated(crate::member::SIGN_IN_REQUIRED, "Sign in first, then send this again."))?;
        Ok((market, actor))
    }

    /// Sends the browser on after an act, with a word on what was done.
    pub async fn go(to: &str, done: impl Into<String>) -> Result<(), Fault> {
        let flash = Flash { failed: None, done: Some(done.into()) };
        guest()?.session.insert(flash::KEY, flash).await.map_err(flash::unkept)?;
        respond::see_other(to);
        Ok(())
    }
}
