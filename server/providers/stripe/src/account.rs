//! Connected accounts, to which payouts go.

use super::objects::{Account, Link};
use super::transport::{Ask, Stripe, path_part};
use market::Result;
use market::payment::{AccountNews, AccountRequest};
use std::collections::HashMap;
use stripe_client_core::StripeRequest;
use stripe_connect::account::{
    CreateAccount, CreateAccountCapabilities, CreateAccountCapabilitiesTransfers, CreateAccountController, CreateAccountControllerFees,
    CreateAccountControllerFeesPayer, CreateAccountControllerLosses, CreateAccountControllerLossesPayments,
    CreateAccountControllerStripeDashboard, CreateAccountControllerStripeDashboardType, CreateAccountSettings,
    CreateAccountSettingsPayouts, CreateAccountSettingsPayoutsSchedule, CreateAccountSettingsPayoutsScheduleInterval, RetrieveAccount,
};
use stripe_connect::account_link::{CreateAccountLink, CreateAccountLinkType};

/// Opens an Express account. It is paid out when we say so: a payout of ours and one of Stripe's own schedule would compete for the money.
pub(crate) async fn open(stripe: &Stripe, asked: &AccountRequest) -> Result<String> {
    let controller = CreateAccountController {
        fees: Some(CreateAccountControllerFees { payer: Some(CreateAccountControllerFeesPayer::Application) }),
        losses: Some(CreateAccountControllerLosses { payments: Some(CreateAccountControllerLossesPayments::Application) }),
        stripe_dashboard: Some(CreateAccountControllerStripeDashboard { type_: Some(CreateAccountControllerStripeDashboardType::Express) }),
        ..CreateAccountController::new()
    };
    let transfers = Some(CreateAccountCapabilitiesTransfers { requested: Some(true) });
    let schedule = CreateAccountSettingsPayoutsSchedule {
        interval: Some(CreateAccountSettingsPayoutsScheduleInterval::Manual),
        ..CreateAccountSettingsPayoutsSchedule::new()
    };
    let payouts = CreateAccountSettingsPayouts { schedule: Some(schedule), ..CreateAccountSettingsPayouts::new() };
    let request = CreateAccount::new()
        .email(&asked.email)
        .controller(controller)
        .capabilities(CreateAccountCapabilities { transfers, ..CreateAccountCapabilities::new() })
        .settings(CreateAccountSettings { payouts: Some(payouts), ..CreateAccountSettings::new() })
        .metadata(HashMap::from([("team".to_owned(), asked.team.to_string())]));
    let account: Account = stripe.send(Ask::of(request.build()).once(&format!("account:{}", asked.team))).await?;
    Ok(account.id)
}

/// Opens the page on which a person fills in the forms of an account. Stripe leads to the refresh address when the page's time is over.
pub(crate) async fn page(stripe: &Stripe, account: &str, return_url: &str) -> Result<String> {
    let request = CreateAccountLink::new(account, CreateAccountLinkType::AccountOnboarding)
        .return_url(format!("{return_url}?step=back"))
        .refresh_url(format!("{return_url}?step=again"));
    let link: Link = stripe.send(Ask::of(request.build())).await?;
    Ok(link.url)
}

/// Looks an account up.
pub(crate) async fn find(stripe: &Stripe, account: &str) -> Result<AccountNews> {
    let account = path_part(account, "payout account")?;
    let found: Account = stripe.send(Ask::of(RetrieveAccount::new(account).build())).await?;
    Ok(found.into())
}
