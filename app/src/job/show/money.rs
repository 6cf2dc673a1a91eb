//! What a job costs its poster, or brings its worker.

use crate::job::{budget, percent};
use crate::ui::figures::{Sum, Sums};
use leptos::prelude::*;
use market::job::{Escrow, Role, View};
use std::sync::Arc;

/// The sums, in the viewer's terms.
#[component]
pub fn Costs(view: Arc<View>) -> impl IntoView {
    let job = &view.job;
    let fee = percent(job.fee_bps);
    let inside = match (view.role, job.price) {
        (Role::Poster, Some(price)) => {
            let (work, total) = match job.escrow {
                Escrow::None => ("For the work", "To be funded, USD"),
                Escrow::Held => ("Held for the work", "Held in escrow, USD"),
                Escrow::Released => ("Paid for the work", "Cost to you, USD"),
                Escrow::Refunded => ("Was held for the work", "Came back to you, USD"),
                Escrow::Split => ("Was held for the work", "Divided by a ruling, USD"),
            };
            let (service, cost) = (job.fee(price), job.cost());
            view! {
                <Sums>
                    <Sum label=work money=price />
                    <Sum label=format!("Service fee, {fee}") money=service />
                    <Sum label=total money=cost total=true />
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
                Escrow::Split => "Divided by a ruling, USD",
            };
            view! { <Sums><Sum label=label money=price total=true /></Sums> }.into_any()
        }
        _ => {
            let whole = budget(job.budget_min, job.budget_max);
            view! {
                <dl class="sums"><dt>"Budget, USD"</dt><dd><span class="money">{whole}</span></dd></dl>
                <p class="help mt-2">{format!("The worker receives the agreed price whole. The poster pays a service fee of {fee} on top.")}</p>
            }
            .into_any()
        }
    };
    view! { <section class="section" aria-labelledby="money"><div class="section-head"><h2 id="money">"Money"</h2></div>{inside}</section> }
}
