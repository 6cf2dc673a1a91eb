//! The routes of gigiac, in the document's order.

use crate::{approvals, commissioning, credits, deliverables, disputes, ending, posting, proposals, refill, tasks};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [
        tagged(Tag::Jobs, [tasks::routes(), posting::routes(), ending::routes()].concat()),
        tagged(Tag::Jobs, proposals::routes()),
        tagged(Tag::Jobs, deliverables::routes()),
        tagged(Tag::Sides, disputes::routes()),
        tagged(Tag::Money, [credits::routes(), refill::routes()].concat()),
        tagged(Tag::Money, [commissioning::routes(), approvals::routes()].concat()),
    ]
    .concat()
}
