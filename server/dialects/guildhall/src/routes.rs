//! The routes of the house's own dialect, in the document's order.

use crate::{about, files};
use api::route::Route;

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    [about::routes(), files::routes()].into_iter().flatten().collect()
}
