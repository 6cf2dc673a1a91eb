//! The routes of launchpad, in the document's order.

use crate::health;
use api::route::Route;

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    health::routes()
}
