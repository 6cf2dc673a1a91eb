//! The routes of gigiac, in the document's order.

use crate::{credits, refill};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    tagged(Tag::Money, [credits::routes(), refill::routes()].concat())
}
