//! The routes of the program's own dialect, in the document's order.

use crate::{about, files};
use api::route::Route;

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [about::routes(), files::routes()].into_iter().flatten().collect()
}
