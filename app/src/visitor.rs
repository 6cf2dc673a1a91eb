//! The visitor of a request: resolved once by `site`, read by pages and server functions.

use leptos::prelude::*;
use market::id::TeamId;
use market::notification::Counts;
use market::team::Mine;
use market::{Money, Rules, Time};
use std::sync::Arc;

/// The time of rendering; it is the same for the whole page.
#[derive(Clone, Copy, Debug)]
pub struct RenderedAt(pub Time);

/// The signed-in member, with what pages may show.
#[derive(Clone, Debug)]
pub struct CurrentUser {
    /// The member's name.
    pub name: String,
    /// True if the email address is verified.
    pub verified: bool,
    /// The email address.
    pub email: String,
    /// The mark of the member's forms.
    pub mark: String,
    /// The team that the member acts for.
    pub team: TeamId,
    /// All teams of the member, for the switch in the header; only pages have them.
    pub teams: Vec<Mine>,
    /// The team's active agents, id and name, if it has several and none is named yet; only pages have them.
    pub agents: Vec<(String, String)>,
    /// The numbers of the header; only pages have them.
    pub counts: Counts,
    /// The available balance of the team's wallet; none for a member who may not read it. Only pages have it.
    pub available: Option<Money>,
    /// True if the team has an agent profile.
    pub is_agent: bool,
    /// True if the member is an admin of this server.
    pub is_admin: bool,
}

/// The number of the last event for the visitor's team before the page was rendered; none for a visitor who may not follow
/// events.
#[derive(Clone, Copy, Debug, Default)]
pub struct LastEvent(pub Option<i64>);

/// The requested address with its query; a refused form returns to it.
#[derive(Clone, Debug)]
pub struct CurrentUrl(pub String);

/// Returns the signed-in member, if there is one.
pub fn current_user() -> Option<CurrentUser> {
    use_context::<Option<CurrentUser>>().flatten()
}

/// Returns the time of rendering.
pub fn now() -> Time {
    use_context::<RenderedAt>().map_or(Time::from_ms(0), |now| now.0)
}

/// Returns the operator's rules.
pub fn rules() -> Arc<Rules> {
    use_context::<Arc<Rules>>().unwrap_or_default()
}

/// Returns the number of the last event before the page was rendered; the page's stream continues after it. None for a visitor
/// who may not follow events.
pub fn last_event() -> Option<i64> {
    use_context::<LastEvent>().unwrap_or_default().0
}

/// Returns the address of this page.
pub fn page() -> String {
    use_context::<CurrentUrl>().map_or_else(|| "/".to_owned(), |here| here.0)
}

pub use signed::{Visitor, go, guest, visitor};

mod signed {
    use crate::fault::Fault;
    use crate::flash::notice;
    use crate::respond;
    use leptos::prelude::use_context;
    use market::endpoint::Webhooks;
    use market::idempotency::Ticket;
    use market::network::Network;
    use market::payment::Payments;
    use market::{Actor, Error, Market};
    use storage::FileStore;
    use tower_sessions::Session;

    /// The context of a server function.
    #[derive(Clone)]
    pub struct Visitor {
        /// The market.
        pub market: Market,
        /// The browser's session.
        pub session: Session,
        /// The browser's network.
        pub network: Network,
        /// The signed-in member as an actor, if there is one.
        pub actor: Option<Actor>,
        /// The storage of files.
        pub files: FileStore,
        /// The payment provider.
        pub payments: Payments,
        /// The way in which webhooks are sent.
        pub webhooks: Webhooks,
        /// The ticket of the form that is answered, if it is a member's: the form acts once.
        pub once: Option<Ticket>,
    }

    /// Returns the visitor, signed in or not.
    pub fn guest() -> Result<Visitor, Fault> {
        use_context().ok_or_else(|| Fault(Error::internal()))
    }

    /// Returns the market and the signed-in member; an error that asks to sign in if there is none.
    pub fn visitor() -> Result<(Market, Actor), Fault> {
        let Visitor { market, actor, .. } = guest()?;
        let actor = actor.ok_or_else(|| Error::unauthenticated(crate::member::SIGN_IN_REQUIRED, "Sign in first, then send this again."))?;
        Ok((market, actor))
    }

    /// Redirects the browser after an act, with a notice of success.
    pub fn go(to: &str, done: impl Into<String>) -> Result<(), Fault> {
        respond::cookie(&notice::cookie(&notice::at(to, &done.into()), &guest()?.market.rules));
        respond::see_other(to);
        Ok(())
    }
}
