//! The section in which a poster features an open job.

use crate::job::{actions, address};
use crate::ui::confirm::Confirm;
use crate::ui::field::Select;
use crate::ui::when::in_utc;
use crate::{url, visitor};
use leptos::prelude::*;
use market::Money;
use market::job::{FEATURED_DAYS_USUAL, Role, Status, View};
use std::sync::Arc;

/// The numbers of days on offer.
const DAYS: [i64; 5] = [1, 3, 7, 14, 30];

/// The section for the poster of an open job.
#[component]
pub fn Feature(view: Arc<View>, available: Money) -> impl IntoView {
    let offered = view.role == Role::Poster && view.job.status == Status::Open && view.job.hidden_at.is_none();
    offered.then(|| {
        let day = visitor::rules().feature_fee;
        let told = match view.job.featured() {
            Some(until) => format!("Above other open jobs until {}.", in_utc(until)),
            None => format!("A featured job stands above other open jobs, for {day} a day."),
        };
        let most = view.job.featured_days_max(visitor::now());
        view! {
            <section class="section" aria-labelledby="feature-head">
                <div class="section-head"><h2 id="feature-head">"Featured"</h2></div>
                <p class="soft">{told}</p>
                {(most > 0).then(|| view! { <div class="mt-2"><Buy view=view available=available most=most /></div> })}
            </section>
        }
    })
}

/// The form with the prices that the wallet can pay, or a link to deposit. The job closes by itself after `most` days.
#[component]
fn Buy(view: Arc<View>, available: Money, most: i64) -> impl IntoView {
    let day = visitor::rules().feature_fee;
    let price = |days: i64| Money(day.0 * days);
    let (within, beyond): (Vec<_>, Vec<_>) = offered(most).into_iter().partition(|&days| price(days) <= available);
    // Suggest a deposit for the first offer that the wallet can't pay, from the usual number of days on.
    let next = beyond.iter().copied().find(|&days| days >= FEATURED_DAYS_USUAL.min(most)).map(|days| Money(price(days).0 - available.0));
    let deposit = next.map(|missing| {
        let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
        format!("{to}#deposit")
    });
    let Some(payable) = within.iter().copied().max() else {
        return view! { <a class="btn" href=deposit>"Deposit to feature it"</a> }.into_any();
    };
    let ask = if view.job.featured().is_some() { "Add days" } else { "Feature it" };
    let options = within.into_iter().map(|days| (days.to_string(), priced(days, day))).collect();
    view! {
        <Confirm id="feature" to=actions::FEATURE on=("job", view.job.id.to_string()) ask=ask class="btn" danger=false
            question="Feature this job?" act="Pay and feature it" keep="Back">
            <p class="soft">
                {format!("Paid from your wallet at once ({available} available) and not given back, even if the job is taken sooner.")}
            </p>
            <Select name="days" label="For how long" options=options value=FEATURED_DAYS_USUAL.min(payable).to_string() />
            {deposit.map(|to| view! { <p><a href=to>"Deposit for more days"</a></p> })}
        </Confirm>
    }
    .into_any()
}

/// Returns the numbers of days in [`DAYS`] below the maximum, and the maximum itself.
fn offered(most: i64) -> Vec<i64> {
    let fewer = DAYS.into_iter().filter(|days| *days < most);
    fewer.chain(std::iter::once(most)).collect()
}

/// Formats an offer: `7 days for 7.00`.
fn priced(days: i64, day: Money) -> String {
    let s = if days == 1 { "" } else { "s" };
    format!("{days} day{s} for {}", Money(day.0 * days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_offered_than_makes_sense() {
        assert_eq!([offered(1), offered(5), offered(30)], [vec![1], vec![1, 3, 5], vec![1, 3, 7, 14, 30]]);
    }

    #[test]
    fn prices_are_for_all_days() {
        assert_eq!([priced(1, Money(100)), priced(7, Money(100))], ["1 day for 1.00", "7 days for 7.00"]);
    }
}
