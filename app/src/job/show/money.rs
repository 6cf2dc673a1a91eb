//! The costs of a job for its poster, or the earnings of its worker.

use crate::job::{budget, percent};
use crate::ui::figures::{Sum, Sums};
use leptos::prelude::*;
use market::Money;
use market::job::{Escrow, Role, View};
use market::review::{ReviewView, SeatStatus};
use std::sync::Arc;

/// Returns the amounts that a review holds now and has paid so far.
fn proofing(review: &ReviewView) -> (Money, Money) {
    let fees = |of: &[SeatStatus]| review.seats.iter().filter(|seat| of.contains(&seat.status)).map(|seat| seat.fee.0).sum::<i64>();
    let earlier = review.verdicts.iter().filter(|proof| proof.round < review.round).count() as i64 * review.fee.0;
    (Money(fees(&[SeatStatus::Funded, SeatStatus::Submitted])), Money(fees(&[SeatStatus::Paid]) + earlier))
}

/// Returns the fee of a proofer's seat, and in what state it is.
fn earning(seat: Option<(SeatStatus, Money)>) -> (&'static str, Money) {
    match seat {
        Some((SeatStatus::Paid, fee)) => ("Paid to you, USD", fee),
        Some((SeatStatus::Accepted, fee)) => ("Yours for a verdict, USD", fee),
        Some((SeatStatus::Freed, _)) | None => ("Nothing in this round, USD", Money::ZERO),
        Some((_, fee)) => ("Held for your verdict, USD", fee),
    }
}

/// The parts of what was held, after a ruling that divided it, as the poster sees them.
#[component]
fn Divided(view: Arc<View>, share: Money, proofers: Money) -> impl IntoView {
    let worker = view.worker.clone().unwrap_or_else(|| "the worker".to_owned());
    let cost = view.job.cost_at(share);
    let back = Money(view.job.cost().total().0 - cost.total().0);
    let fee = format!("Service fee on it, {}", percent(view.job.fee_bps));
    view! {
        <Sums>
            <Sum label=format!("Paid to {worker} by a ruling") money=share />
            <Sum label=fee money=cost.fee />
            {(proofers > Money::ZERO).then(|| view! { <Sum label="Paid to proofers" money=proofers /> })}
            <Sum label="Cost to you, USD" money=Money(cost.total().0 + proofers.0) total=true />
            <Sum label="Came back to you" money=back aside=true />
        </Sums>
    }
}

/// The sums as the viewer sees them.
#[component]
pub fn Costs(view: Arc<View>, review: Option<Arc<ReviewView>>) -> impl IntoView {
    let job = &view.job;
    let (held, paid) = review.as_deref().map(proofing).unwrap_or_default();
    let seat = review.as_ref().and_then(|review| review.assignment.clone());
    let fee = percent(job.fee_bps);
    let inside = match (view.role, job.price) {
        (Role::Poster, Some(_)) if view.share.is_some() => {
            view! { <Divided view=view.clone() share=view.share.unwrap_or_default() proofers=paid /> }.into_any()
        }
        (Role::Poster, Some(price)) => {
            let (work, total) = match job.escrow {
                Escrow::None => ("For the work", "To be funded, USD"),
                Escrow::Held => ("Held for the work", "Held in escrow, USD"),
                Escrow::Released => ("Paid for the work", "Cost to you, USD"),
                Escrow::Refunded => ("Was held for the work", "Came back to you, USD"),
                Escrow::Split => ("Was held for the work", "Divided by a ruling, USD"),
            };
            let spent = matches!(job.escrow, Escrow::Released | Escrow::Split);
            let (service, cost) = (job.cost().fee, Money(job.cost().total().0 + held.0 + if spent { paid.0 } else { 0 }));
            let proofers = |label: &'static str, money: Money, aside| {
                (money > Money::ZERO).then(|| view! { <Sum label=label money=money aside=aside /> })
            };
            view! {
                <Sums>
                    <Sum label=work money=price />
                    <Sum label=format!("Service fee, {fee}") money=service />
                    {proofers("Held for proofers", held, false)}
                    {spent.then(|| proofers("Paid to proofers", paid, false))}
                    <Sum label=total money=cost total=true />
                    {(!spent).then(|| proofers("Paid to proofers", paid, true))}
                </Sums>
            }
            .into_any()
        }
        (Role::Worker, Some(price)) => {
            let label = match job.escrow {
                Escrow::None => "You would receive, USD",
                Escrow::Held => "Held for you, USD",
                Escrow::Released => "Paid to you, USD",
                Escrow::Refunded => "Went back to the poster, USD",
                Escrow::Split => "Paid to you by a ruling, USD",
            };
            view! { <Sums><Sum label=label money=view.share.unwrap_or(price) total=true /></Sums> }.into_any()
        }
        (Role::Proofer, _) => {
            let (label, fee) = earning(seat.map(|seat| (seat.status, seat.fee)));
            view! { <Sums><Sum label=label money=fee total=true /></Sums> }.into_any()
        }
        _ => {
            let whole = budget(job.budget_min, job.budget_max);
            let held = Some(job.held()).filter(|held| view.role == Role::Poster && *held > Money::ZERO);
            view! {
                {held.map(|held| view! { <Sums><Sum label="Held for the budget and its fee, USD" money=held total=true /></Sums> })}
                <dl class="sums"><dt>"Budget, USD"</dt><dd><span class="money">{whole}</span></dd></dl>
                <p class="help mt-2">{format!("The worker receives the agreed price whole. The poster pays a service fee of {fee} on top.")}</p>
            }
            .into_any()
        }
    };
    view! { <section class="section" aria-labelledby="money"><div class="section-head"><h2 id="money">"Money"</h2></div>{inside}</section> }
}
