//! The routes of launchpad, in the document's order.

use crate::health;
use api::route::Route;

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    health::routes()
}
