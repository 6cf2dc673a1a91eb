//! The provider of this server, if it has one.

use super::{Provider, SANDBOX, errors};
use kernel::Result;
use std::sync::Arc;

/// The payment provider that this server uses; production without one takes no payments. Cheap to clone.
#[derive(Clone)]
pub struct Payments(Option<Arc<dyn Provider>>);

impl Payments {
    /// Payments by this provider.
    pub fn by(provider: impl Provider + 'static) -> Self {
        Self(Some(Arc::new(provider)))
    }

    /// No payments.
    pub fn off() -> Self {
        Self(None)
    }

    /// Returns true if payments are taken.
    pub fn are_taken(&self) -> bool {
        self.0.is_some()
    }

    /// Returns true if the sandbox pretends them: whoever opens a checkout pays it by one press.
    pub fn are_pretended(&self) -> bool {
        self.0.as_ref().is_some_and(|provider| provider.name() == SANDBOX)
    }

    /// Returns true if real fees are taken on top of a deposit.
    pub fn have_fees(&self) -> bool {
        self.0.as_ref().is_some_and(|provider| provider.has_fees())
    }

    /// Returns the provider; a refusal if there is none.
    pub fn provider(&self) -> Result<&dyn Provider> {
        self.0.as_deref().ok_or_else(errors::no_payment_provider)
    }
}
