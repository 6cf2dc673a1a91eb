//! The routes of gagiteck, in the document's order.

use crate::{access, account, keys};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [tagged(Tag::Account, account::routes()), tagged(Tag::Account, keys::routes()), tagged(Tag::Teams, access::routes())]
        .into_iter()
        .flatten()
        .collect()
}
