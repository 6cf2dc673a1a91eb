//! Payees: their accounts, and the money that goes to them and on to their banks.

pub(crate) mod accounts;
pub(crate) mod payouts;
pub(crate) mod transfers;

use super::Route;
use crate::refused::Answer;
use crate::state::Fake;
use crate::wire::Call;

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    accounts::route(fake, call, route).or_else(|| transfers::route(fake, call, route)).or_else(|| payouts::route(fake, call, route))
}
