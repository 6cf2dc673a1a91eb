//! The routes of gagiteck, in the document's order.

use crate::{access, account, keys, webhook_log, webhooks};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    let nouns = [
        tagged(Tag::Account, account::routes()),
        tagged(Tag::Account, keys::routes()),
        tagged(Tag::Teams, access::routes()),
        tagged(Tag::Events, webhooks::routes()),
        tagged(Tag::Events, webhook_log::routes()),
    ];
    nouns.concat()
}
