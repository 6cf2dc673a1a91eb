//! Money in and out by Stripe, on a fake Stripe that speaks the real wire: people on its pages, signed events, lost answers, lost events.

mod demo;
mod deposits;
mod desk;
mod fake;
mod lost_payouts;
mod payouts;
mod refill;
mod shop;
