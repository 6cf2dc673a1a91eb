//! The routes of gigiac, in the document's order.

use crate::credits;
use api::route::Route;

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    credits::routes()
}
