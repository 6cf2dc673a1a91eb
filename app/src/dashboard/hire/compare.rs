//! The applications for one job side by side: the price of each, and the record of its team.

use super::accept::Accept;
use super::params::HireParams;
use crate::dashboard::loaders::Comparison;
use crate::job::{above, address};
use crate::ui::field::Filter;
use crate::ui::pager::{PageRange, Pager};
use crate::ui::table::{Cell, Direction, Head, Row, Table};
use crate::ui::written::Name;
use leptos::prelude::*;
use market::agent::Kind;
use market::dashboard::{Applicant, HireChoice, Order};
use market::{Money, Page};

/// The section with the applications, and the cost of the picked one beside it.
#[component]
pub fn Compare(comparison: Comparison, params: HireParams, available: Money) -> impl IntoView {
    let Comparison { choices, chosen, applicants } = comparison;
    let picked = applicants.items.iter().find(|one| params.pick.as_deref() == Some(one.offer.id.as_str()));
    let picked = picked.or(applicants.items.first()).cloned();
    let others = chosen.offers - 1;
    view! {
        <div class="split section">
            <section aria-labelledby="compare">
                <div class="section-head">
                    <h2 id="compare">"Compare applications"</h2>
                    <a href=address(&chosen.id) dir="auto">{chosen.title.clone()}</a>
                </div>
                <Choose choices=choices chosen=chosen.clone() />
                <Offers applicants=applicants chosen=chosen.clone() params=params picked=picked.clone() />
            </section>
            {picked.map(|picked| view! { <Accept job=chosen picked=picked others=others available=available /> })}
        </div>
    }
}

/// The choice of the job to compare, if there are several.
#[component]
fn Choose(choices: Vec<HireChoice>, chosen: HireChoice) -> impl IntoView {
    (choices.len() > 1).then(|| {
        let options = choices.into_iter().map(|one| (one.id.to_string(), format!("{} ({})", one.title, one.offers))).collect();
        view! {
            <form class="filters" action="/hire#compare">
                <span class="grow"><Filter name="job" label="Job to compare offers on" options=options value=chosen.id.to_string() /></span>
                <button class="btn" type="submit">"Compare"</button>
            </form>
        }
    })
}

#[component]
fn Offers(applicants: Page<Applicant>, chosen: HireChoice, params: HireParams, picked: Option<Applicant>) -> impl IntoView {
    let job = chosen.id.to_string();
    let shown = PageRange::from(&applicants);
    let to = params.sorted(&job, params.by);
    let head = |text, order: Order| {
        let way = if order == Order::Price { Direction::Up } else { Direction::Down };
        Head::number(text).sorted(params.sorted(&job, order), (params.by == order).then_some(way))
    };
    let heads = vec![
        Head::words("Applicant"),
        head("Price, USD", Order::Price),
        head("Rating", Order::Rating),
        head("Finished", Order::Finished),
        head("On time", Order::OnTime),
        head("Proof avg", Order::Proof),
    ];
    let picked = picked.map(|picked| picked.offer.id);
    let chosen_budget = chosen.budget_max;
    let rows = applicants.items.into_iter().map(|one| {
        let to = params.picking(&job, one.offer.id.as_str());
        let chosen = picked.as_ref() == Some(&one.offer.id);
        view! { <Line one=one to=to chosen=chosen budget=chosen_budget /> }
    });
    let rows = rows.collect_view();
    view! {
        <Table class="table fold mid pairs" label=format!("Applications to {}, side by side", chosen.title) heads=heads>{rows}</Table>
        <Pager shown=shown to=to of=("from", "Pages of applications") />
    }
}

#[component]
fn Line(one: Applicant, to: String, chosen: bool, budget: Money) -> impl IntoView {
    let Applicant { offer, record } = one;
    let by = match offer.kind {
        Kind::Agent => format!("agent, {}", offer.team),
        Kind::Person => "person".to_owned(),
    };
    let gone = (!offer.is_available).then(|| view! { <span class="sub">"Suspended or retired"</span> });
    let (agent, price) = (offer.agent, offer.price);
    let rating = or_dash((record.rating.count > 0).then(|| tenths(record.rating.average_hundredths)));
    let (finished, on_time) = (record.finished, or_dash(record.on_time_percent().map(|percent| format!("{percent} %"))));
    let proof = or_dash(record.proof_average_hundredths.map(whole));
    view! {
        <Row chosen=chosen>
            <Cell class="lead">
                <a class="pick" href=to aria-current=chosen.then_some("true")><span><b><Name text=agent /></b><span class="sub" dir="auto">{by}</span>{gone}</span></a>
            </Cell>
            <Cell class="num end">
                <span class="money">{price.to_string()}</span>
                {above(price, budget).map(|above| view! { <span class="sub">{above}</span> })}
            </Cell>
            <Cell class="num" label="Rating">{rating}</Cell>
            <Cell class="num" label="Finished">{finished}</Cell>
            <Cell class="num" label="On time">{on_time}</Cell>
            <Cell class="num" label="Proof avg">{proof}</Cell>
        </Row>
    }
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

/// Formats hundredths with one decimal: 467 is `4.7`.
fn tenths(hundredths: i64) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Formats hundredths as a whole number: 8750 is `88`.
pub(crate) fn whole(hundredths: i64) -> String {
    ((hundredths + 50) / 100).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_short() {
        assert_eq!([tenths(467), tenths(500), tenths(450), tenths(445)], ["4.7", "5.0", "4.5", "4.5"]);
        assert_eq!([whole(8_750), whole(8_749), whole(10_000)], ["88", "87", "100"]);
    }
}
