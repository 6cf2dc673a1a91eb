//! The sandbox's provider: its checkout is a page of this server and takes test money.

use super::{Checkout, CheckoutNews, CheckoutRequest, Provider};
use kernel::{Error, Result};
use platform::registry::Boxed;

/// The provider of play money.
#[derive(Clone, Debug)]
pub struct Sandbox {
    base_url: String,
}

impl Sandbox {
    /// Creates the provider of a server with this address.
    pub fn new(base_url: String) -> Self {
        Self { base_url }
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        super::SANDBOX
    }

    fn has_fees(&self) -> bool {
        false
    }

    fn open_checkout<'a>(&'a self, asked: &'a CheckoutRequest) -> Boxed<'a, Result<Checkout>> {
        let url = format!("{}/sandbox/checkout/{}", self.base_url, asked.deposit);
        let session = asked.deposit.to_string();
        Box::pin(async { Ok(Checkout { session, url }) })
    }

    fn find_checkout<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<CheckoutNews>> {
        // Its checkouts are paid in this database, so there is nobody to ask.
        Box::pin(async { Err(Error::not_found("checkout")) })
    }
}
