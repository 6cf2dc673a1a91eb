//! The cost of a job to its poster: the price and the service fee on it.

use super::{Card, Escrow, Job};
use kernel::Money;

/// The cost of a job to its poster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The agreed price, which the worker receives whole.
    pub price: Money,
    /// The service fee on top.
    pub fee: Money,
}

impl Cost {
    /// Computes the cost of a price with a fee in basis points.
    pub fn new(price: Money, fee_bps: i64) -> Self {
        Self { price, fee: price.share(fee_bps) }
    }

    /// Returns the sum, which funding locks.
    pub const fn total(self) -> Money {
        Money(self.price.0 + self.fee.0)
    }
}

impl Job {
    /// Computes the cost at the agreed price; nothing before an application was accepted.
    pub fn cost(&self) -> Cost {
        self.price.map_or_else(Cost::default, |price| self.cost_at(price))
    }

    /// Returns what is held for the work and its fee: for the highest budget until an application is accepted, then for its price.
    pub fn held(&self) -> Money {
        match self.escrow {
            Escrow::Held => self.cost_at(self.price.unwrap_or(self.budget_max)).total(),
            _ => Money::ZERO,
        }
    }

    /// Computes the cost at a price.
    pub fn cost_at(&self, price: Money) -> Cost {
        Cost::new(price, self.fee_bps)
    }
}

impl Card {
    /// Computes the cost at the agreed price; none before an application was accepted.
    pub fn cost(&self) -> Option<Cost> {
        self.price.map(|price| Cost::new(price, self.fee_bps))
    }
}
