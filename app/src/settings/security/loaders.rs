//! The reads and form actions of the second factor.

use crate::act::act;
use crate::fault::Fault;
use crate::member::session::begin;
use crate::settings::secret::RECOVERY_CODES;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::second_factor::{self, SecondFactor};

/// The page of the second factor.
const PAGE: &str = "/settings/security";

/// Loads the second factor.
#[server(prefix = "/_fn", endpoint = "settings/second-factor/show")]
pub async fn of_member() -> Result<SecondFactor, Fault> {
    let (market, actor) = visitor()?;
    Ok(second_factor::show(&market, &actor).await?)
}

/// Begins to set a second factor up.
#[server(prefix = "/_fn", endpoint = "settings/second-factor")]
pub async fn begin_second_factor(current_password: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    second_factor::begin(&market, &actor, &current_password).await?;
    go(PAGE, "Add Guildhall to your app, then type its first code here.")
}

/// Gives a set-up up.
#[server(prefix = "/_fn", endpoint = "settings/second-factor/stop")]
pub async fn stop_second_factor() -> Result<(), Fault> {
    act!(|tx, actor| second_factor::give_up(tx, actor).await, |()| (
        PAGE,
        "The set-up is given up. You can delete Guildhall from your app."
    ))
}

/// Turns the second factor on by the app's first code. The recovery codes are sent in a cookie that only the next page reads.
#[server(prefix = "/_fn", endpoint = "settings/second-factor/confirm")]
pub async fn confirm_second_factor(code: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    match second_factor::confirm(&market, &actor, &code).await {
        Ok((member, codes)) => {
            begin(&guest()?.session, &member).await?;
            RECOVERY_CODES.hand_over(&codes.join("."), &market.rules);
        }
        // A second press can't show the codes, which are kept nowhere.
        Err(error) if error.code == second_factor::errors::second_factor_on().code => {
            return go(PAGE, "Your second factor is on since your first press. If you missed the recovery codes, make new ones.");
        }
        Err(error) => return Err(error.into()),
    }
    go(PAGE, "Your second factor is on, and your other browsers are signed out. From now on signing in asks for a code.")
}

/// Turns the second factor off.
#[server(prefix = "/_fn", endpoint = "settings/second-factor/off")]
pub async fn turn_second_factor_off(code: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    second_factor::turn_off(&market, &actor, &code).await?;
    go(PAGE, "Your second factor is off. The password alone signs you in.")
}

/// Makes new recovery codes.
#[server(prefix = "/_fn", endpoint = "settings/second-factor/codes")]
pub async fn renew_recovery_codes(code: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let codes = second_factor::renew_codes(&market, &actor, &code).await?;
    RECOVERY_CODES.hand_over(&codes.join("."), &market.rules);
    go(PAGE, "Your recovery codes are new. The earlier ones no longer work.")
}
