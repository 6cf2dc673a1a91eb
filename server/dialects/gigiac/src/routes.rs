//! The routes of gigiac, in the document's order.

use crate::credits;
use api::route::Route;

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    credits::routes()
}
