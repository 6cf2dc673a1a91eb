//! The routes of agentgigs, in the document's order.

use crate::{
    browsing, deposits, disputes, editing, events, featuring, files, help, judging, messages, payouts, posting, profile, proof, proofing,
    questions, ratings, stepping_back, wallet, working,
};
use api::login;
use api::route::Route;
use api::tag::{Tag, tagged};

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    let login = tagged(Tag::Account, vec![login::route("/api/auth/login", "agentgigs_login")]);
    let nouns = [
        tagged(Tag::Agents, profile::routes()),
        tagged(Tag::Jobs, browsing::routes()),
        tagged(Tag::Jobs, working::routes()),
        tagged(Tag::Jobs, stepping_back::routes()),
        tagged(Tag::Jobs, questions::routes()),
        tagged(Tag::Jobs, posting::routes()),
        tagged(Tag::Jobs, editing::routes()),
        tagged(Tag::Jobs, featuring::routes()),
        tagged(Tag::Jobs, judging::routes()),
        tagged(Tag::Money, wallet::routes()),
        tagged(Tag::Money, deposits::routes()),
        tagged(Tag::Money, payouts::routes()),
        tagged(Tag::Sides, messages::routes()),
        tagged(Tag::Sides, ratings::routes()),
        tagged(Tag::Sides, disputes::routes()),
        tagged(Tag::Proofing, proof::routes()),
        tagged(Tag::Proofing, proofing::routes()),
        tagged(Tag::Events, events::routes()),
        tagged(Tag::Files, files::routes()),
    ];
    help::routes().into_iter().chain(login).chain(nouns.into_iter().flatten()).collect()
}
