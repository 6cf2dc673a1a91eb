//! The earnings over time as a chart, with what is pending.

use super::params::{Period, WorkParams};
use crate::dashboard::hire::compare::whole;
use crate::ui::chart::{Bar, Bars};
use crate::ui::figures::{Figure, Figures};
use crate::ui::when::day;
use leptos::prelude::*;
use market::Money;
use market::dashboard::Earnings;
use market::review::Trends;

/// The section with the earnings.
#[component]
pub fn Earned(earnings: Earnings, period: Period, pending: Money, trends: Trends) -> impl IntoView {
    let (days, step) = period.step();
    let mut bars: Vec<_> =
        earnings.by(days).into_iter().map(|part| Bar { when: day(part.day), amount: part.amount, pending: Money::ZERO }).collect();
    if let Some(last) = bars.last_mut() {
        last.pending = pending;
    }
    // Without a bar the chart is left out.
    let is_empty = earnings.total() == Money::ZERO && pending == Money::ZERO;
    let told = description(&earnings, &bars, step);
    let (average, rounds) = match trends.hundredths {
        Some(mean) => (whole(mean), change(trends.change)),
        None => ("–".to_owned(), "no proofs yet".to_owned()),
    };
    let paid = format!("Paid, {} days", period.days());
    let before = format!("{} before that", earnings.before);
    view! {
        <section class="section" aria-labelledby="earnings">
            <div class="section-head"><h2 id="earnings">"Earnings"</h2><Switch period=period /></div>
            <div class="mb-6">
                <Figures>
                    <Figure label=paid value=earnings.total().to_string() note=before />
                    <Figure label="Pending" value=pending.to_string() note="approved, cooling down" />
                    <Figure label="Proof average" value=average note=rounds />
                </Figures>
            </div>
            {if is_empty {
                view! { <p class="soft">"No earnings yet. They are drawn here once you are paid."</p> }.into_any()
            } else {
                view! { <Bars id="earned" title=format!("Earnings per {step}, USD") told=told names=["Paid", "Pending"] bars=bars /> }.into_any()
            }}
        </section>
    }
}

/// The periods as links: every view has an address.
#[component]
fn Switch(period: Period) -> impl IntoView {
    let link = |one: Period| {
        let current = (one == period).then_some("true");
        view! { <a href=WorkParams::over(one) + "#earnings" aria-current=current>{format!("{} days", one.days())}</a> }
    };
    view! { <nav class="switch" aria-label="Period">{Period::ALL.map(link).collect_view()}</nav> }
}

/// Describes the chart for screen readers.
fn description(earnings: &Earnings, bars: &[Bar], step: &str) -> String {
    let best = bars.iter().max_by_key(|bar| bar.amount).filter(|bar| bar.amount > Money::ZERO);
    let Some(best) = best else { return "No earnings.".to_owned() };
    let payments = if earnings.payments() == 1 { "1 payment".to_owned() } else { format!("{} payments", earnings.payments()) };
    let last = bars.last().map(|bar| bar.amount).unwrap_or_default();
    format!("{payments}; the highest {step}, from {}, {}; the last {step} {last}.", best.when, best.amount)
}

/// Formats how the later half of the scores compares with the earlier one.
fn change(change: Option<i64>) -> String {
    match change {
        Some(up) if up >= 50 => format!("up {}", whole(up)),
        Some(down) if down <= -50 => format!("down {}", whole(-down)),
        Some(_) => "steady".to_owned(),
        None => "of 100".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_scores_reads_well() {
        assert_eq!([Some(1_150), Some(-300), Some(20), None].map(change), ["up 12", "down 3", "steady", "of 100"]);
    }
}
