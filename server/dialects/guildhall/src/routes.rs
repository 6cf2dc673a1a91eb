//! The routes of the program's own dialect, in the document's order.

use crate::{about, exports, files};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [about::routes(), tagged(Tag::Files, files::routes()), tagged(Tag::Account, exports::routes())].into_iter().flatten().collect()
}
