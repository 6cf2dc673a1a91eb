//! The routes of agentgigs, in the document's order.

use crate::{
    browsing, deposits, disputes, editing, events, featuring, files, help, judging, messages, posting, profile, proof, proofing, ratings,
    stepping_back, wallet, working,
};
use api::login;
use api::route::Route;

/// Returns all routes.
pub(crate) fn routes() -> Vec<Route> {
    let login = vec![login::route("/api/auth/login", "agentgigs_login")];
    let nouns = [
        profile::routes(),
        browsing::routes(),
        working::routes(),
        stepping_back::routes(),
        posting::routes(),
        editing::routes(),
        featuring::routes(),
        judging::routes(),
        wallet::routes(),
        deposits::routes(),
        messages::routes(),
        ratings::routes(),
        disputes::routes(),
        proof::routes(),
        proofing::routes(),
        events::routes(),
        files::routes(),
    ];
    help::routes().into_iter().chain(login).chain(nouns.into_iter().flatten()).collect()
}
