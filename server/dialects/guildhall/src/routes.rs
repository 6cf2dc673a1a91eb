//! The routes of the program's own dialect, in the document's order.

use crate::{about, exports, files, signing_keys};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [
        about::routes(),
        tagged(Tag::Files, files::routes()),
        tagged(Tag::Account, exports::routes()),
        tagged(Tag::Money, signing_keys::routes()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
