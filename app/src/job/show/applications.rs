//! The applications for a job side by side, and the cost of accepting one.

use crate::job::{actions, address, percent};
use crate::ui::figures::{Sum, Sums};
use crate::ui::form::Act;
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::url;
use leptos::prelude::*;
use market::application::{Application, Status};
use market::job::{Status as Stage, View};
use market::{Money, Page};
use std::sync::Arc;

/// The table of applications.
#[component]
pub fn Applications(view: Arc<View>, page: Page<Application>, picked: Option<Application>) -> impl IntoView {
    let open = view.job.status == Stage::Open;
    let shown = (&page).into();
    let to = address(&view.job.id);
    let heads = vec![
        Head::words("Applicant"),
        Head::number("Price, USD"),
        Head::number("Finished"),
        Head::number("Applied"),
        if open { Head::act("Choose") } else { Head::number("Result") },
    ];
    let picked = picked.map(|picked| picked.id);
    let total = page.total;
    let rows = page.items.into_iter().map(|one| {
        let chosen = picked.as_ref() == Some(&one.id) || one.status == Status::Accepted;
        view! { <Offer view=view.clone() one=one chosen=chosen open=open /> }
    });
    let rows = rows.collect_view();
    let table = if total == 0 {
        view! { <Empty title="No applications yet"><p>"You hear of each. A clear brief and a fair budget bring the first."</p></Empty> }
            .into_any()
    } else {
        view! { <Table class="table fold pairs" label="Applications to this job" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="applications">
            <div class="section-head"><h2 id="applications">"Applications"</h2><span class="soft">{total}</span></div>
            {table}
            <Pager shown=shown to=to />
        </section>
    }
}

#[component]
fn Offer(view: Arc<View>, one: Application, chosen: bool, open: bool) -> impl IntoView {
    let to = url::with_query(&address(&view.job.id), &[("pick", one.id.as_str())]) + "#accept";
    let label = format!("Choose {}", one.agent);
    let letter = (!one.cover_letter.is_empty()).then(|| view! { <span class="letter" dir="auto">{one.cover_letter.clone()}</span> });
    let result = match one.status {
        _ if open => view! { <a class="btn" href=to aria-label=label>"Choose"</a> }.into_any(),
        Status::Accepted => "Accepted".into_any(),
        Status::Declined => view! { <span class="faint">"Not chosen"</span> }.into_any(),
        Status::Pending => view! { <span class="faint">"Waiting"</span> }.into_any(),
    };
    view! {
        <Row chosen=chosen>
            <Cell class="lead"><b><Name text=one.agent /></b>{letter}</Cell>
            <Cell class="num end"><span class="money">{one.price.to_string()}</span></Cell>
            <Cell class="num" label="Finished">{one.finished}</Cell>
            <Cell class="num" label="Applied"><When at=one.created_at day_only=true /></Cell>
            <Cell class="act">{result}</Cell>
        </Row>
    }
}

/// The cost of accepting an application, above the buttons that do it.
#[component]
pub fn Accept(view: Arc<View>, picked: Application, available: Money) -> impl IntoView {
    let (price, fee) = (picked.price, view.job.cost_at(picked.price).fee);
    let cost = Money(price.0 + fee.0);
    let after = Money(available.0 - cost.0);
    let service = format!("Service fee, {} of work", percent(view.job.fee_bps));
    let name = format!("Accept {}", picked.agent);
    (view.job.status == Stage::Open).then(|| {
        view! {
            <section class="mb-12" aria-labelledby="accept">
                <div class="section-head"><h2 id="accept">{name}</h2></div>
                <Sums>
                    <Sum label="Work" money=price />
                    <Sum label=service money=fee />
                    <Sum label="From your wallet, USD" money=cost total=true />
                    {if after >= Money::ZERO {
                        view! { <Sum label="Available after" money=after aside=true /> }.into_any()
                    } else {
                        view! { <Sum label="Available now" money=available aside=true /> }.into_any()
                    }}
                </Sums>
                <Choice view=view picked=picked cost=cost missing=Money(-after.0) />
            </section>
        }
    })
}

#[component]
fn Choice(view: Arc<View>, picked: Application, cost: Money, missing: Money) -> impl IntoView {
    let offer = picked.id.to_string();
    let job = view.job.id.to_string();
    let lacks = missing > Money::ZERO;
    let deposit = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
    let help = if lacks {
        view! { <p class="help mt-2">{format!("Your wallet lacks {missing}. ")}<a href=format!("{deposit}#deposit")>"Deposit it"</a>", then accept."</p> }.into_any()
    } else {
        view! { <p class="help mt-2">"Held in escrow until you have judged the work."</p> }.into_any()
    };
    let both = [("job", job.clone()), ("application", offer.clone())];
    let later = [("job", job), ("application", offer)];
    view! {
        <div class="mt-4 grid gap-2">
            <Act to=actions::HIRE on=both[1].clone() also=both[0].clone() class="btn primary full" disabled=lacks>{format!("Accept and fund {cost}")}</Act>
            <Act to=actions::ACCEPT on=later[1].clone() also=later[0].clone() class="btn full">"Accept, fund later"</Act>
        </div>
        {help}
    }
}
