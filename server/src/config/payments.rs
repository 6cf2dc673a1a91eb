//! The payment provider's settings.

use super::{Mode, Refusal};
use clap::Args;
use stripe::{Mode as KeyMode, StripeSettings};

/// Stripe's keys; without them the sandbox plays with test money, and production takes no deposits.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Payments")]
pub struct PaymentSettings {
    /// Takes deposits by Stripe: the secret key, sk_live_… in production, sk_test_… in the sandbox
    #[arg(long, env = "GUILDHALL_STRIPE_KEY", value_name = "KEY", hide_env_values = true, global = true)]
    pub stripe_key: Option<String>,
    /// The secrets of the webhook endpoints at Stripe that post to BASE_URL/stripe/webhook, separated by commas: whsec_…,whsec_…
    #[arg(long, env = "GUILDHALL_STRIPE_WEBHOOK_SECRET", value_name = "TEXT", hide_env_values = true, global = true)]
    pub stripe_webhook_secret: Option<String>,
    /// Another address than https://api.stripe.com, for a proxy or a test
    #[arg(long, env = "GUILDHALL_STRIPE_URL", value_name = "URL", global = true)]
    pub stripe_url: Option<String>,
}

impl PaymentSettings {
    /// Checks that the settings go together and fit the mode; none without a key.
    pub(super) fn check(self, mode: Mode) -> Result<Option<StripeSettings>, Refusal> {
        let given = |value: Option<String>| value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let url = given(self.stripe_url);
        if url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(Refusal("GUILDHALL_STRIPE_URL must begin with https:// or http://".into()));
        }
        let (key, webhook_secret) = match (given(self.stripe_key), given(self.stripe_webhook_secret)) {
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err(Refusal("GUILDHALL_STRIPE_WEBHOOK_SECRET is set, and GUILDHALL_STRIPE_KEY is missing".into())),
            (Some(_), None) => {
                let message = "GUILDHALL_STRIPE_KEY is set, and GUILDHALL_STRIPE_WEBHOOK_SECRET is missing: make a webhook endpoint for \
                     BASE_URL/stripe/webhook at Stripe, and set it to the endpoint's signing secret, whsec_…";
                return Err(Refusal(message.into()));
            }
            (Some(key), Some(secret)) => (key, secret),
        };
        let settings = StripeSettings { key, webhook_secret, url };
        match (settings.mode(), mode) {
            (Some(KeyMode::Live), Mode::Production) | (Some(KeyMode::Test), Mode::Sandbox) => Ok(Some(settings)),
            (Some(KeyMode::Test), Mode::Production) => {
                Err(Refusal("GUILDHALL_STRIPE_KEY is a test key, and production takes real money: set the live key, sk_live_…".into()))
            }
            (Some(KeyMode::Live), Mode::Sandbox) => Err(Refusal(
                "GUILDHALL_STRIPE_KEY is a live key, and the sandbox plays with test money: set the test key, sk_test_…".into(),
            )),
            (None, _) => Err(Refusal(
                "GUILDHALL_STRIPE_KEY is no secret key of Stripe's: it begins with sk_live_, sk_test_, rk_live_ or rk_test_".into(),
            )),
        }
    }
}
