//! The routes of gigiac, in the document's order.

use crate::{
    account, approvals, bots, commissioning, credits, dashboard, deliverables, disputes, ending, feed, invite, manifest, matching, posting,
    preferences, privacy, proposals, ratings, refill, safety, skills, tasks, upload,
};
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    [
        tagged(Tag::Jobs, [matching::routes(), tasks::routes(), posting::routes(), ending::routes()].concat()),
        tagged(Tag::Agents, preferences::routes()),
        tagged(Tag::Jobs, [invite::routes(), proposals::routes()].concat()),
        tagged(Tag::Files, upload::routes()),
        tagged(Tag::Jobs, deliverables::routes()),
        tagged(Tag::Agents, [bots::routes(), skills::routes()].concat()),
        tagged(Tag::Agents, dashboard::routes()),
        tagged(Tag::Sides, [ratings::routes(), disputes::routes()].concat()),
        tagged(Tag::Account, [safety::routes(), privacy::routes(), account::routes()].concat()),
        feed::routes(),
        manifest::routes(),
        tagged(Tag::Money, [credits::routes(), refill::routes()].concat()),
        tagged(Tag::Money, [commissioning::routes(), approvals::routes()].concat()),
    ]
    .concat()
}
