//! The routes of gagiteck, in the document's order.

use crate::{access, account, keys};
use api::route::Route;

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [account::routes(), keys::routes(), access::routes()].into_iter().flatten().collect()
}
